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
const isDone = async (needs: Needs, job: LearningJob): Promise<boolean> =>
  job.kind === 'train' &&
  job.actor === 'system' &&
  (await reviewsSinceTraining(needs, job.catalogueId)) < TRAIN_AFTER;

/** A refusal ends the job with a line in the log: doing it again would be refused again. Throws on a fault. */
export const runLearningJob = async (needs: Needs, job: LearningJob): Promise<void> => {
  if (await isDone(needs, job)) return;
  const outcome =
    job.kind === 'train'
      ? await trainAndJudge(needs, job)
      : await judgeRelease(needs, job.releaseId);
  if (outcome.ok) return;
  const about = job.kind === 'train' ? job.catalogueId : job.releaseId;
  needs.log.write('LEARNING_REFUSED', { job: job.kind, about, refusal: outcome.error.kind });
};
