/** Learning starts by itself once enough reviews have come since it last looked. */
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

/** Asked after every decision, so that a lost message is made good by the next one. */
export const trainWhenDue = async (
  needs: Counts & Pick<Capabilities, 'learningQueue'>,
  catalogueId: string,
): Promise<void> => {
  if ((await reviewsSinceTraining(needs, catalogueId)) < TRAIN_AFTER) return;
  await needs.learningQueue.send({ kind: 'train', catalogueId, actor: 'system' });
};
