/** Does one job of the learning queue. */
import type { Refusal } from '../domain/refusal.ts';
import type { ReleaseCandidate } from '../domain/release.ts';
import type { Result } from '../domain/result.ts';
import type { LearningJob } from '../ports.ts';
import { judgeRelease } from './judge-release.ts';
import { trainModel } from './train-model.ts';

type Needs = Parameters<typeof trainModel>[0] & Parameters<typeof judgeRelease>[0];

const outcomeOf = (needs: Needs, job: LearningJob): Promise<Result<ReleaseCandidate, Refusal>> => {
  switch (job.kind) {
    case 'train':
      return trainModel(needs, { catalogueId: job.catalogueId, actor: job.actor });
    case 'judge':
      return judgeRelease(needs, job.releaseId);
  }
};

/** A refusal ends the job with a line in the log: doing it again would be refused again. Throws on a fault. */
export const runLearningJob = async (needs: Needs, job: LearningJob): Promise<void> => {
  const outcome = await outcomeOf(needs, job);
  if (outcome.ok) return;
  const about = job.kind === 'train' ? job.catalogueId : job.releaseId;
  needs.log.write('LEARNING_REFUSED', { job: job.kind, about, refusal: outcome.error.kind });
};
