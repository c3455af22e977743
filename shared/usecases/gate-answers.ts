/** What two releases say of the same documents, in the form that the gate judges. */
import { classify } from '../classify/classify.ts';
import { type GoldenExample, goldenSet } from '../classify/gate/golden-set.ts';
import type { Answered, JudgedDocument, MustNotOutcome } from '../classify/gate/judged.ts';
import { mustNotCases, outcomeOf } from '../classify/gate/must-not.ts';
import { type SharedCodes, sharedCodes } from '../classify/gate/shared-codes.ts';
import type { Classification } from '../domain/classification.ts';
import type { ReviewEvent } from '../domain/review-event.ts';
import type { CanonicalText } from '../domain/text.ts';
import { recognise } from '../gongwen/recognise.ts';
import { readTxt } from '../text/read-txt.ts';
import type { LoadedRelease } from './release-in-force.ts';

/** A candidate beside the release in force, and the codes in which both can be held against each other. */
export interface Contest {
  readonly candidate: LoadedRelease;
  readonly active: LoadedRelease;
  readonly codes: SharedCodes;
}

/** A table that both have is one object, so that its index is made once. */
export const contestOf = (loaded: LoadedRelease, active: LoadedRelease): Contest => {
  const { catalogueId, version } = active.catalogue;
  const same = loaded.catalogue.catalogueId === catalogueId && loaded.catalogue.version === version;
  const candidate = same ? { ...loaded, catalogue: active.catalogue } : loaded;
  return { candidate, active, codes: sharedCodes(candidate.catalogue, active.catalogue) };
};

const said = (text: CanonicalText, { catalogue, artefact }: LoadedRelease): Classification =>
  classify({ text, elements: recognise(text) }, catalogue, artefact);

export const answerOf = (text: CanonicalText, release: LoadedRelease): Answered => {
  const { tasks, candidates, categories } = said(text, release);
  const scored = (rows: readonly { readonly code: string; readonly score: number | null }[]) =>
    rows.map(({ code, score }) => ({ code, score: score ?? 0 }));
  return {
    tags: scored(tasks),
    scores: scored(candidates),
    category: categories[0]?.code ?? null,
  };
};

export const answerOfActive = (text: CanonicalText, { active, codes }: Contest): Answered =>
  codes.fromActive(answerOf(text, active));

/** A text that ships with the product, read as an uploaded txt is. */
const readShipped = async (text: string): Promise<CanonicalText> => {
  const read = await readTxt(new TextEncoder().encode(text));
  if (!read.ok) throw new Error('A text that ships was refused', { cause: read.error });
  return read.value;
};

const judgedExample = async (one: GoldenExample, contest: Contest): Promise<JudgedDocument> => {
  const text = await readShipped(one.text);
  const { ofPack, apart, unknown } = contest.codes;
  const named = (packs: readonly string[]): readonly string[] =>
    packs.flatMap((pack) => ofPack.get(pack) ?? []);
  return {
    gold: named(one.tasks),
    optional: [...named(one.optional), ...apart, ...unknown],
    categories: one.categories,
    own: false,
    candidate: answerOf(text, contest.candidate),
    active: answerOfActive(text, contest),
  };
};

/** The examples that ship, in their order. */
export const shippedExamples = async (contest: Contest): Promise<readonly JudgedDocument[]> => {
  const judged: JudgedDocument[] = [];
  for (const one of goldenSet()) judged.push(await judgedExample(one, contest));
  return judged;
};

/** Of the candidate alone: what is in force is not on trial. */
export const mustNotOutcomes = async ({
  candidate,
}: Contest): Promise<readonly MustNotOutcome[]> => {
  const outcomes: MustNotOutcome[] = [];
  for (const one of mustNotCases()) {
    const text = await readShipped(one.text);
    outcomes.push(outcomeOf(one, said(text, candidate), candidate.catalogue));
  }
  return outcomes;
};

/** What a review decided is what is right; tasks that only one of both catalogues has count neither way. */
export const judgedReview = (
  review: ReviewEvent,
  { codes }: Contest,
  answers: Pick<JudgedDocument, 'candidate' | 'active'>,
): JudgedDocument => {
  const final = (scheme: 'task' | 'category'): readonly string[] =>
    review.final.filter((one) => one.scheme === scheme).map(({ code }) => code);
  return {
    gold: final('task').filter((code) => codes.shared.has(code)),
    optional: codes.apart,
    categories: final('category').slice(0, 1),
    own: true,
    ...answers,
  };
};
