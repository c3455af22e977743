/** Files out of containers on one machine: kept beside the uploads and taken in at once. */
import type { ObjectRef } from '../../domain/document.ts';
import type { ChildStore } from '../../ports.ts';
import { storeOriginal } from './folder-objects.ts';

const BUCKET = 'uploads';

/** The container's own bucket may be a watched folder: nothing is written there. `takeIn` is awaited, so that the container is done only when its files are. */
export const folderChildren = (
  root: string,
  takeIn: (ref: ObjectRef, uploadedAt: string) => Promise<void>,
): ChildStore => ({
  keep: async (_bucket, { key, bytes, uploadedAt }) => {
    const stored = await storeOriginal(root, { bucket: BUCKET, key }, bytes);
    if (!stored.ok)
      throw new Error('A file out of a container cannot be kept', { cause: stored.error });
    await takeIn(stored.value, uploadedAt);
    return stored.value;
  },
});
