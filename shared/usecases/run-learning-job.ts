/** Does one job of the learning queue. */
import type { Refusal } from '../domain/refusal.ts';
import type { ReleaseCandidate } from '../domain/release.ts';
import type { Result } from '../domain/result.ts';
import type { LearningJob } from '../ports.ts';
import { judgeRelease } from './judge-release.ts';
import { trainModel } from './train-model.ts';
import { reviewsSinceTraining, TRAIN_AFTER } from './train-when-due.ts';

type Needs = Parameters<typeof trainModel>[0] & Parameters<typeof judgeRelease>[0];
type Outcome = Promise<Result<ReleaseCandidate, Refusal>>;

/** What was trained is judged at once, so that no candidate waits without a report for somebody to ask. */
const trainAndJudge = async (
  needs: Needs,
  { catalogueId, actor }: LearningJob & { readonly kind: 'train' },
): Outcome => {
  const trained = await trainModel(needs, { catalogueId, actor });
  if (!trained.ok || trained.value.report !== null) return trained;
  return judgeRelease(needs, trained.value.releaseId);
};

/** Every decision after the 25th asks again until training has looked: one of these jobs is enough. */
const isTrained = async (
  needs: Needs,
  { catalogueId, actor }: LearningJob & { readonly kind: 'train' },
): Promise<boolean> =>
  actor === 'system' && (await reviewsSinceTraining(needs, catalogueId)) < TRAIN_AFTER;

/** A process that died between training and judging left a candidate without a report: it is judged by the next job. */
const judgeLeft = async (
  needs: Needs,
  { catalogueId }: LearningJob & { readonly kind: 'train' },
): Promise<void> => {
  const { rows } = await needs.releases.candidates(catalogueId, { limit: 10, after: null });
  const left = rows.filter(({ origin, report }) => origin === 'trained' && report === null);
  for (const { releaseId } of left) await judgeRelease(needs, releaseId);
};

/** A refusal ends the job with a line in the log: doing it again would be refused again. Throws on a fault. */
export const runLearningJob = async (needs: Needs, job: LearningJob): Promise<void> => {
  if (job.kind === 'train' && (await isTrained(needs, job))) return judgeLeft(needs, job);
  const outcome =
    job.kind === 'train'
      ? await trainAndJudge(needs, job)
      : await judgeRelease(needs, job.releaseId);
  if (outcome.ok) return;
  const about = job.kind === 'train' ? job.catalogueId : job.releaseId;
  needs.log.write('LEARNING_REFUSED', { job: job.kind, about, refusal: outcome.error.kind });
};
