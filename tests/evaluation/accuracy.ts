/** Everything that docs/accuracy.md shows, measured: our sets, the baselines on the same folds, and what the quotes carry. */
import { defaultArtefact } from '../../shared/classify/artefact.ts';
import type { Judged } from '../../shared/classify/train/metrics.ts';
import { type Answer, answersOf, judge } from './answers.ts';
import { BASELINES } from './baseline-methods.ts';
import { crossValidated, type NamedSet, transferred } from './baselines.ts';
import { type Half, prepareCorpus } from './corpus.ts';
import { type Deletion, deletionOf } from './evidence-deletion.ts';
import type { Prepared } from './gold.ts';
import { foldsBySeed, SEEDS } from './learn.ts';

/** `repeats` is how often each document stands among the answers. */
export interface MeasuredSet {
  readonly name: string;
  readonly seen: string;
  readonly answers: readonly Answer[];
  readonly repeats: number;
}

export interface Comparison {
  readonly set: string;
  readonly ours: readonly Judged[];
  readonly baselines: readonly { readonly name: string; readonly judged: readonly Judged[] }[];
}

export interface Measured {
  readonly artefact: string;
  readonly hasGold: boolean;
  readonly hasCorpus: boolean;
  readonly sets: readonly MeasuredSet[];
  /** Those whose calibration and yield are drawn; each is one or more of the sets above. */
  readonly pooled: readonly MeasuredSet[];
  readonly detailed: readonly MeasuredSet[];
  readonly comparisons: readonly Comparison[];
  readonly deletions: readonly { readonly set: string; readonly deletion: Deletion }[];
}

/** Gold as evaluate.ts has judged it already. */
export interface JudgedGold {
  readonly documents: readonly Prepared[];
  readonly titles: readonly Prepared[];
  readonly byHand: readonly Answer[];
  readonly folds: readonly Answer[];
  readonly shipped: readonly Answer[];
  /** Samples of the corpus that were learnt from in the same folds, each text held out. */
  readonly beside: readonly MeasuredSet[];
}

export const SEEN = {
  byHand: 'gold; rules mended on it, nothing fitted',
  folds: 'gold; rules mended on it, coefficients and calibration held out',
  shipped: 'gold; rules mended on it and everything fitted on it',
  papers: 'invented papers; rules mended on them, fit held out',
  A: 'real corpus; rules mended on it, fit held out',
  B: 'real corpus; nobody looked at its mistakes, nothing fitted on it',
  C: 'real corpus; rules mended on it, fit held out',
  D: 'real corpus; no rule mended on it, fit held out',
};

export const NAMES = ['documents', 'titles'] as const;

const goldSets = (gold: JudgedGold): readonly MeasuredSet[] =>
  NAMES.flatMap((name) => {
    const own = new Set(gold[name]);
    const cut = (answers: readonly Answer[]): readonly Answer[] =>
      answers.filter(({ one }) => own.has(one));
    return [
      {
        name: `gold ${name}, nothing trained`,
        seen: SEEN.byHand,
        answers: cut(gold.byHand),
        repeats: 1,
      },
      {
        name: `gold ${name}, cross-validated`,
        seen: SEEN.folds,
        answers: cut(gold.folds),
        repeats: SEEDS.length,
      },
      { name: `gold ${name}, shipped`, seen: SEEN.shipped, answers: cut(gold.shipped), repeats: 1 },
    ];
  });

const corpusSets = async (halves: readonly Half[]): Promise<readonly MeasuredSet[]> => {
  const sets: MeasuredSet[] = [];
  for (const half of halves)
    for (const name of NAMES) {
      const prepared = await prepareCorpus(name, half);
      if (prepared === null) return [];
      sets.push({
        name: `corpus ${half} ${name}`,
        seen: SEEN[half],
        answers: answersOf(prepared),
        repeats: 1,
      });
    }
  return sets;
};

const pool = (name: string, sets: readonly MeasuredSet[]): readonly MeasuredSet[] => {
  const [first] = sets;
  return first === undefined
    ? []
    : [{ ...first, name, answers: sets.flatMap(({ answers }) => answers) }];
};

const preparedOf = (sets: readonly MeasuredSet[], named: string): readonly Prepared[] =>
  sets.find(({ name }) => name === named)?.answers.map(({ one }) => one) ?? [];

const judgedOf = (sets: readonly MeasuredSet[], named: string): readonly Judged[] =>
  sets.find(({ name }) => name === named)?.answers.map(judge) ?? [];

/** Gold: cross-validated on our folds. Half B of the corpus: trained on all gold, thresholds too. Papers: their own folds. */
const compare = (
  sets: readonly MeasuredSet[],
  gold: JudgedGold | null,
  papers: readonly Prepared[],
): readonly Comparison[] => {
  const row = (
    set: string,
    ours: readonly Judged[],
    judgedBy: readonly ReadonlyMap<string, readonly Judged[]>[],
  ): Comparison => ({
    set,
    ours,
    baselines: BASELINES.map(({ name }, at) => {
      const judged = NAMES.concat().find((one) => set.endsWith(one)) ?? 'papers';
      return { name, judged: judgedBy[at]?.get(judged) ?? [] };
    }),
  });
  const alone: readonly NamedSet[] = [{ name: 'papers', prepared: papers }];
  const onPapers = BASELINES.map((one) => crossValidated(one, alone, foldsBySeed(papers)));
  const last = row('papers', judgedOf(sets, 'papers'), onPapers);
  if (gold === null) return [last];
  const own: readonly NamedSet[] = NAMES.map((name) => ({ name, prepared: gold[name] }));
  const folds = foldsBySeed(own.flatMap(({ prepared }) => prepared));
  const onGold = BASELINES.map((one) => crossValidated(one, own, folds));
  const rows = NAMES.map((name) =>
    row(`gold ${name}`, judgedOf(sets, `gold ${name}, cross-validated`), onGold),
  );
  const fresh: readonly NamedSet[] = NAMES.map((name) => ({
    name,
    prepared: preparedOf(sets, `corpus B ${name}`),
  }));
  if (fresh.some(({ prepared }) => prepared.length === 0)) return [...rows, last];
  const from = { sets: own, folds: folds[0] ?? [] };
  const onFresh = BASELINES.map((one) => transferred(one, from, fresh));
  return [
    ...rows,
    ...NAMES.map((name) => row(`corpus B ${name}`, judgedOf(sets, `corpus B ${name}`), onFresh)),
    last,
  ];
};

const deletions = async (sets: readonly MeasuredSet[]): Promise<Measured['deletions']> => {
  const long = sets.filter(({ name }) =>
    ['gold documents, shipped', 'corpus B documents', 'papers'].includes(name),
  );
  const measured: { set: string; deletion: Deletion }[] = [];
  for (const { name, answers } of long)
    measured.push({ set: name, deletion: await deletionOf(answers) });
  return measured;
};

/** Without gold, and without the corpus, what is left is measured all the same. */
export const measureAccuracy = async (
  gold: JudgedGold | null,
  papers: readonly Answer[],
): Promise<Measured> => {
  const fresh = await corpusSets(['B']);
  const corpus = [...(gold?.beside ?? (await corpusSets(['A', 'C', 'D']))), ...fresh];
  const own: MeasuredSet = { name: 'papers', seen: SEEN.papers, answers: papers, repeats: 1 };
  const sets = [...(gold === null ? [] : goldSets(gold)), ...corpus, own];
  const named = (start: string, end = ''): readonly MeasuredSet[] =>
    sets.filter(({ name }) => name.startsWith(start) && name.endsWith(end));
  return {
    artefact: defaultArtefact.id,
    hasGold: gold !== null,
    hasCorpus: corpus.length > 0,
    sets,
    pooled: [
      ...pool('gold, cross-validated', named('gold', 'cross-validated')),
      ...pool('corpus D, cross-validated', named('corpus D', 'cross-validated')),
      ...pool('gold and corpus A, C, D, cross-validated', named('', 'cross-validated')),
      ...pool('corpus B', named('corpus B')),
      own,
    ],
    detailed: [
      ...named('gold', 'cross-validated'),
      ...pool('corpus D', named('corpus D')),
      ...pool('corpus B', named('corpus B')),
      own,
    ],
    comparisons: compare(
      sets,
      gold,
      papers.map(({ one }) => one),
    ),
    deletions: await deletions(sets),
  };
};
