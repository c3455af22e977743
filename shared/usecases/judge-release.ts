/** Judges a candidate release against the one in force, on what ships and on what this office reviewed, and keeps the report. */
import { judge } from '../classify/gate/judge.ts';
import type { Answered, JudgedDocument } from '../classify/gate/judged.ts';
import { partsOf } from '../classify/parts.ts';
import { isGolden } from '../classify/train/golden.ts';
import { type Refusal, refusal } from '../domain/refusal.ts';
import type { ReleaseCandidate } from '../domain/release.ts';
import { accept, type Result, refuse } from '../domain/result.ts';
import { type ReviewEvent, standingReviews } from '../domain/review-event.ts';
import type { CanonicalText } from '../domain/text.ts';
import type { Capabilities } from '../ports.ts';
import { allRows } from './all-rows.ts';
import {
  answerOf,
  answerOfActive,
  type Contest,
  contestOf,
  judgedReview,
  mustNotOutcomes,
  shippedExamples,
} from './gate-answers.ts';
import { loadMetrics } from './load-metrics.ts';
import { activeRelease, loadRelease } from './release-in-force.ts';

type Needs = Pick<Capabilities, 'texts' | 'catalogues' | 'reviews' | 'releases' | 'models' | 'log'>;

/** No more of the office's own documents are judged in either set: some 10 s at most, and enough for any figure. */
const MOST_DOCUMENTS = 500;
const NEWEST_SHARE = 0.2;
const newestFirst = (reviews: readonly ReviewEvent[]): readonly ReviewEvent[] =>
  reviews.toSorted((a, b) =>
    a.at === b.at ? (a.documentId < b.documentId ? -1 : 1) : a.at > b.at ? -1 : 1,
  );

const textOf = async (
  { texts }: Pick<Capabilities, 'texts'>,
  { documentId, textSha256 }: ReviewEvent,
): Promise<CanonicalText> => {
  const text = await texts.read(documentId, textSha256);
  if (text === null) throw new Error('No text of a reviewed document', { cause: { documentId } });
  return text;
};

type Answers = Pick<JudgedDocument, 'candidate' | 'active'>;
/** null leaves the document out. */
type Answering = (text: CanonicalText, review: ReviewEvent) => Answers | null;

/** One text at a time: some are long. */
const judgedReviews = async (
  needs: Needs,
  reviews: readonly ReviewEvent[],
  by: { readonly contest: Contest; readonly answers: Answering },
): Promise<readonly JudgedDocument[]> => {
  const judged: JudgedDocument[] = [];
  for (const review of newestFirst(reviews).slice(0, MOST_DOCUMENTS)) {
    const text = await textOf(needs, review);
    const answers = by.answers(text, review);
    if (answers !== null) judged.push(judgedReview(review, by.contest, answers));
  }
  return judged;
};

const bothClassify =
  (contest: Contest): Answering =>
  (text) => ({
    candidate: answerOf(text, contest.candidate),
    active: answerOfActive(text, contest),
  });

/**
 * A review that was taken back since is left out, and one that was decided anew counts as it is now. Categories are not
 * learnt: they differ only where the table does. A collection is left out: it is answered part by part, and a fit that had
 * not seen it was asked of the whole only.
 */
const newestOfTrained = async (
  needs: Needs,
  reviews: readonly ReviewEvent[],
  { contest, candidate }: { readonly contest: Contest; readonly candidate: ReleaseCandidate },
): Promise<readonly JudgedDocument[]> => {
  const { catalogueId, model } = candidate.release;
  const { newest } = await loadMetrics(needs, { catalogueId, modelId: model });
  const answers = new Map(newest.map((one) => [one.documentId, one]));
  const sameTable = contest.candidate.catalogue === contest.active.catalogue;
  const categoryOf = (text: CanonicalText, active: Answered): string | null =>
    sameTable ? active.category : answerOf(text, contest.candidate).category;
  return judgedReviews(
    needs,
    reviews.filter(({ documentId }) => answers.has(documentId)),
    {
      contest,
      answers: (text, { documentId }) => {
        if (partsOf(text).length > 1) return null;
        const active = answerOfActive(text, contest);
        const { tags = [], scores = [] } = answers.get(documentId) ?? {};
        return { candidate: { tags, scores, category: categoryOf(text, active) }, active };
      },
    },
  );
};

const newestFifth = (reviews: readonly ReviewEvent[]): readonly ReviewEvent[] =>
  newestFirst(reviews).slice(0, Math.ceil(reviews.length * NEWEST_SHARE));

const newestOf = (
  needs: Needs,
  reviews: readonly ReviewEvent[],
  by: { readonly contest: Contest; readonly candidate: ReleaseCandidate },
): Promise<readonly JudgedDocument[]> =>
  by.candidate.origin === 'trained'
    ? newestOfTrained(needs, reviews, by)
    : judgedReviews(needs, newestFifth(reviews), {
        contest: by.contest,
        answers: bothClassify(by.contest),
      });

/**
 * Judging twice with the same reviews and the same release in force gives the same report. Golden are what ships and about
 * one reviewed document in ten, which nothing was trained on; newest is the last fifth of the other reviews by time. At
 * most 500 of the office's documents in each. Refuses with NO_SUCH_RELEASE; throws where a text or a model is missing.
 */
export const judgeRelease = async (
  needs: Needs,
  releaseId: string,
): Promise<Result<ReleaseCandidate, Refusal>> => {
  const candidate = await needs.releases.candidate(releaseId);
  if (candidate === null) return refuse(refusal('NO_SUCH_RELEASE', releaseId));
  const { release, origin } = candidate;
  const contest = contestOf(
    await loadRelease(needs, release),
    await loadRelease(needs, await activeRelease(needs)),
  );
  const events = await allRows((page) => needs.reviews.reviews(release.catalogueId, page));
  const reviews = standingReviews(events);
  const golden = reviews.filter(({ documentId }) => isGolden(documentId));
  const others = reviews.filter(({ documentId }) => !isGolden(documentId));
  const answers = bothClassify(contest);
  const report = judge({
    candidate: releaseId,
    active: contest.active.releaseId,
    learnt: origin === 'trained',
    golden: [
      ...(await shippedExamples(contest)),
      ...(await judgedReviews(needs, golden, { contest, answers })),
    ],
    newest: await newestOf(needs, others, { contest, candidate }),
    mustNot: await mustNotOutcomes(contest),
  });
  const judged: ReleaseCandidate = { ...candidate, report };
  await needs.releases.keepCandidate(judged);
  needs.log.write('RELEASE_JUDGED', { releaseId, verdict: report.verdict });
  return accept(judged);
};
