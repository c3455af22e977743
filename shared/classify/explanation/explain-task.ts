/** Why one task was proposed or not: its step in the form table, rules, words, sentences, and every part of its score. */
import type { Catalogue, Task } from '../../domain/catalogue.ts';
import type { Tag } from '../../domain/classification.ts';
import type {
  MatchExplained,
  Part,
  ScoreParts,
  Sentence,
  TaskExplanation,
} from '../../domain/explanation.ts';
import { type Artefact, SIGNALS } from '../artefact.ts';
import type { Assessment } from '../classify.ts';
import { factsTowards, stepsTowards } from '../form-table.ts';
import { lineOf } from '../fuse.ts';
import { gainsOf, weightsOf } from '../label-match.ts';
import { chooseTasks, coefficientsOf, POSSIBLE, packsOf, type ScoredTask } from '../tasks.ts';
import { hitsOfFacts, weighedRules, weighedSentences } from './explain-rules.ts';
import { type LabelField, matchedWords } from './matched-words.ts';
import { decimal, say, sayOfFacts, schemeTitle, signed } from './say.ts';

export interface Ground {
  readonly assessed: Assessment;
  readonly catalogue: Catalogue;
  readonly artefact: Artefact;
}

const fieldsOf = (task: Task): LabelField[] => [
  { from: 'title', text: task.title },
  { from: 'requirement', text: task.requirement },
  { from: 'scope', text: task.scope },
  ...task.typicalEvidence.map((text) => ({ from: 'evidence', text })),
  ...task.notThis.map((text) => ({ from: 'notThis', text })),
];

/** Bias, one part a signal, residual: added in the order in which the margin was. */
const scoreParts = (task: ScoredTask, artefact: Artefact): ScoreParts => {
  const { bias, weights } = coefficientsOf(task.pack, artefact);
  const parts = SIGNALS.slice(0, weights.length).map((name, at): Part => {
    const signal = task.signals[at] ?? 0;
    const coefficient = weights[at] ?? 0;
    return { ...say('parts', name), signal, coefficient, adds: signal * coefficient };
  });
  const base = { ...say('parts', 'bias'), signal: 1, coefficient: bias, adds: bias };
  const learnt = {
    ...say('parts', 'residual'),
    signal: 1,
    coefficient: task.residual,
    adds: task.residual,
  };
  const { slope, offset } = lineOf(artefact.calibration, task.margin);
  return {
    parts: [base, ...parts, learnt],
    margin: task.margin,
    slope,
    offset,
    calibrated: artefact.calibration.outOfFold,
    score: task.score,
  };
};

const formValues = ({ assessed }: Ground): Record<string, string> => {
  const form = assessed.view.form.code;
  return { form, formName: schemeTitle(form) };
};

/** The task that a pack is bound to in this catalogue, as people call it. */
const taskOfPack = (pack: string | null, { catalogue }: Ground): Sentence => {
  if (pack === null) return say('others', 'NO_TASK');
  const packs = packsOf(catalogue);
  const task = catalogue.tasks.find(({ code }) => packs.get(code)?.pack === pack);
  if (task === undefined) return say('others', 'UNBOUND', { label: pack });
  return { code: task.code, zh: `${shown(task.code)} ${task.title}`, en: shown(task.code) };
};

const shown = (code: string): string => code.slice(code.indexOf(':') + 1);

/** A sentence that names another task, in each language by its own words. */
const sayOfTask = (code: string, other: Sentence, values: Record<string, string>): Sentence => ({
  code,
  zh: say('against', code, { ...values, other: other.zh }).zh,
  en: say('against', code, { ...values, other: other.en }).en,
});

/** Why no step led here from this form. */
const stepsAgainst = (task: ScoredTask, ground: Ground): Sentence[] => {
  const { view, weighed } = ground.assessed;
  if (task.taken !== null || task.pack === null) return [];
  const { primary } = weighed.decision;
  const none =
    primary.pack === null ? [say('against', 'NO_TASK_FORM', { step: primary.step })] : [];
  const steps = stepsTowards(view.form.code, task.pack.pack, view.facts);
  if (steps.length === 0) return [...none, say('against', 'FORM_WITHOUT_STEP', formValues(ground))];
  return [
    ...none,
    ...steps.flatMap((step) => {
      if (step.missing.length > 0) return [sayOfFacts('STEP_MISSING', step.id, step.missing)];
      if (step.blocking.length > 0) return [sayOfFacts('STEP_BLOCKED', step.id, step.blocking)];
      if (step.kind === 'addable') return [];
      const other = taskOfPack(primary.pack, ground);
      return [sayOfTask('STEP_PRECEDED', other, { step: step.id, first: primary.step })];
    }),
  ];
};

const SCARCE = 0.05;
const FEW = 6;

const wordsIn = (words: MatchExplained['words']): string =>
  words
    .slice(0, FEW)
    .map(({ word }) => word)
    .join('、');

const partOf = (parts: readonly Part[], code: string): number =>
  parts.find((part) => part.code === code)?.adds ?? 0;

interface Seen {
  readonly task: ScoredTask;
  readonly tag: Tag | null;
  readonly rank: number;
  readonly match: MatchExplained;
  readonly parts: readonly Part[];
}

/** Why a task that scored as it did is not among the proposed. */
const notChosen = ({ task, tag, rank }: Seen, { assessed }: Ground): Sentence[] => {
  if (tag !== null) return [];
  const { size, chosen } = chooseTasks(assessed.weighed.scored);
  const values = { score: decimal(task.score), floor: decimal(POSSIBLE), rank: String(rank) };
  const sentences: Sentence[] = [];
  if (task.score < POSSIBLE) sentences.push(say('against', 'BELOW_FLOOR', values));
  if (size === 0) sentences.push(say('against', 'EMPTY_SET'));
  else if (rank > size)
    sentences.push(say('against', 'BEYOND_SET', { ...values, size: String(size) }));
  if (chosen.includes(task)) sentences.push(say('reasons', 'NO_EVIDENCE'));
  return sentences;
};

const againstOf = (seen: Seen, ground: Ground): Sentence[] => {
  const { task, match, parts } = seen;
  const { primary } = ground.assessed.weighed.decision;
  const sentences = [...notChosen(seen, ground), ...stepsAgainst(task, ground)];
  const veto = partOf(parts, 'vetoed');
  if (veto !== 0) sentences.push(say('against', 'VETO', { adds: signed(veto) }));
  const other = partOf(parts, 'against');
  if (other < 0)
    sentences.push(
      sayOfTask('NOT_FIRST', taskOfPack(primary.pack, ground), { adds: signed(other) }),
    );
  if (match.against.length > 0) {
    const adds = signed(match.against.reduce((sum, word) => sum + word.adds, match.moreAgainst));
    sentences.push(say('against', 'NOT_THIS', { words: wordsIn(match.against), adds }));
  }
  if (match.score < SCARCE) sentences.push(say('against', 'NO_WORDS'));
  if (task.residual < 0)
    sentences.push(say('against', 'LEARNT_AGAINST', { adds: signed(task.residual) }));
  if (task.pack === null && seen.tag === null) sentences.push(say('reasons', 'UNTRAINED_LABEL'));
  return sentences;
};

const forOf = ({ task, tag, match, parts }: Seen, ground: Ground): Sentence[] => {
  const sentences: Sentence[] = [];
  if (task.taken !== null) {
    const code = task.isPrimary ? 'STEP_PRIMARY' : 'STEP_ADDED';
    sentences.push(say('for', code, { ...formValues(ground), step: task.taken.step }));
    const count = task.taken.hits.length;
    if (count > 0) sentences.push(say('for', 'RULES_FIRED', { count: String(count) }));
  }
  if (match.words.length > 0)
    sentences.push(say('for', 'WORDS_FOUND', { words: wordsIn(match.words) }));
  if (partOf(parts, 'best') > 0) sentences.push(say('for', 'BEST_MATCH'));
  const near = parts.find(({ code }) => code === 'cosine');
  if (near !== undefined && near.adds > 0)
    sentences.push(
      say('for', 'NEAR_MEANING', { cosine: decimal(near.signal), adds: signed(near.adds) }),
    );
  if (task.residual > 0) sentences.push(say('for', 'LEARNT_FOR', { adds: signed(task.residual) }));
  if (tag !== null) {
    const { size } = chooseTasks(ground.assessed.weighed.scored);
    const values = { score: decimal(task.score), floor: decimal(POSSIBLE), size: String(size) };
    sentences.push(say('for', 'CHOSEN', values));
  }
  return sentences;
};

/** To a proposed task the best that was not; to another the first that was proposed, else the best of the others. */
const nearestTo = (
  task: ScoredTask,
  tag: Tag | null,
  ground: Ground,
): TaskExplanation['nearest'] => {
  const { weighed, classification } = ground.assessed;
  const proposed = new Set(classification.tasks.map(({ code }) => code));
  const others = weighed.scored.filter((one) => one.code !== task.code);
  const first = classification.tasks[0]?.code;
  const near =
    tag === null && first !== undefined
      ? others.find(({ code }) => code === first)
      : others.find(({ code }) => !proposed.has(code));
  if (near === undefined) return null;
  const title = ground.catalogue.tasks.find(({ code }) => code === near.code)?.title ?? '';
  return { code: near.code, title, score: near.score, proposed: proposed.has(near.code) };
};

/** Null for a code that the catalogue does not have. */
export const explainTask = (code: string, ground: Ground): TaskExplanation | null => {
  const { view, weighed, classification } = ground.assessed;
  const place = weighed.scored.findIndex((one) => one.code === code);
  const task = weighed.scored[place];
  const label = ground.catalogue.tasks.find((one) => one.code === code);
  if (task === undefined || label === undefined) return null;
  const tag = classification.tasks.find((one) => one.code === code) ?? null;
  const match = matchedWords(
    fieldsOf(label),
    gainsOf(weighed.vector, weighed.index, code),
    view.reading,
  );
  const score = scoreParts(task, ground.artefact);
  const hits = hitsOfFacts(view.facts, task.pack === null ? [] : factsTowards(task.pack.pack));
  const seen: Seen = { task, tag, rank: place + 1, match, parts: score.parts };
  return {
    code,
    title: label.title,
    requirement: label.requirement,
    proposed: tag !== null,
    rank: place + 1,
    band: tag?.band ?? 'none',
    step: task.taken?.step ?? null,
    evidence: tag?.evidence ?? [],
    for: forOf(seen, ground),
    against: againstOf(seen, ground),
    reasons: (tag?.reasons ?? []).map((reason) => say('reasons', reason)),
    rules: weighedRules(hits),
    match,
    sentences: weighedSentences(
      view.reading,
      task.taken?.hits ?? hits.map(({ hit }) => hit),
      weightsOf(weighed.index, code),
    ),
    score,
    nearest: nearestTo(task, tag, ground),
  };
};
