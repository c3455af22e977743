/** Learning starts by itself once enough reviews have come since it last looked. */
import { faultNames } from '../log.ts';
import type { Capabilities } from '../ports.ts';

/** Reviews, undone ones included, after which training is due. */
export const TRAIN_AFTER = 25;

type Counts = Pick<Capabilities, 'reviews'>;

export const reviewsSinceTraining = async (
  { reviews }: Counts,
  catalogueId: string,
): Promise<number> => {
  const [all, seen] = await Promise.all([
    reviews.reviewCount(catalogueId),
    reviews.trainedCount(catalogueId),
  ]);
  return all - seen;
};

/**
 * Asked after every decision, so that what goes wrong here is logged and made good by the next one: the decision is taken
 * already, and who made it must not be told otherwise.
 */
export const trainWhenDue = async (
  needs: Counts & Pick<Capabilities, 'learningQueue' | 'log'>,
  catalogueId: string,
): Promise<void> => {
  try {
    if ((await reviewsSinceTraining(needs, catalogueId)) < TRAIN_AFTER) return;
    await needs.learningQueue.send({ kind: 'train', catalogueId, actor: 'system' });
  } catch (fault) {
    needs.log.write('RECORD_FAILED', { job: 'train', error: faultNames(fault) });
  }
};
