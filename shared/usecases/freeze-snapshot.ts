/** Reviews as training sees them: sorted rows that say all that is learnt from, so that the same rows give the same model. */
import type { Catalogue } from '../domain/catalogue.ts';
import type { Snapshot, SnapshotRow } from '../domain/model.ts';
import type { ReviewEvent } from '../domain/review-event.ts';
import type { Capabilities } from '../ports.ts';
import { findCatalogue } from './active-catalogue.ts';

type Needs = Pick<Capabilities, 'catalogues'>;

/** By version: tasks of the present catalogue that a reviewer of that version could not have meant. */
const unknownByVersion = async (
  needs: Needs,
  reviews: readonly ReviewEvent[],
  catalogue: Catalogue,
): Promise<ReadonlyMap<number, readonly string[]>> => {
  const versions = [...new Set(reviews.map(({ catalogueVersion }) => catalogueVersion))];
  const unknown = await Promise.all(
    versions.map(async (version): Promise<readonly [number, readonly string[]]> => {
      if (version === catalogue.version) return [version, []];
      const then = await findCatalogue(needs, catalogue.catalogueId, version);
      const codes = new Set(then?.tasks.map(({ code }) => code) ?? []);
      return [version, catalogue.tasks.map(({ code }) => code).filter((code) => !codes.has(code))];
    }),
  );
  return new Map(unknown);
};

const rowOf = (
  { documentId, textSha256, at, final }: ReviewEvent,
  codes: ReadonlySet<string>,
  undecided: readonly string[],
): SnapshotRow => ({
  documentId,
  textSha256,
  at,
  tasks: final.flatMap(({ scheme, code }) => (scheme === 'task' && codes.has(code) ? [code] : [])),
  categories: final.flatMap(({ scheme, code }) => (scheme === 'category' ? [code] : [])),
  ...(undecided.length === 0 ? {} : { undecided: [...undecided] }),
});

/** `reviews` in order of documentId. A task that the present version no longer has is left out of its row. */
export const freezeSnapshot = async (
  needs: Needs,
  reviews: readonly ReviewEvent[],
  catalogue: Catalogue,
): Promise<Snapshot> => {
  const codes = new Set(catalogue.tasks.map(({ code }) => code));
  const unknown = await unknownByVersion(needs, reviews, catalogue);
  return {
    catalogueId: catalogue.catalogueId,
    catalogueVersion: catalogue.version,
    rows: reviews.map((review) => rowOf(review, codes, unknown.get(review.catalogueVersion) ?? [])),
  };
};
