/** What learning is told of a decision: what was shown and what the document carries after it. */
import type { DocumentRecord, StoredTag } from '../domain/document.ts';
import type { ReviewEvent } from '../domain/review-event.ts';

const KEPT: ReadonlySet<StoredTag['standing']> = new Set(['accepted', 'added']);

const stampOf = ({ versions, textSha256 }: DocumentRecord) => {
  const [catalogueId = '', version = ''] = versions?.catalogue.split('@') ?? [];
  return {
    catalogueId,
    catalogueVersion: Number(version),
    model: versions?.model ?? '',
    textSha256: textSha256 ?? '',
  };
};

/** `after` is the record as the change makes it. */
export const reviewOf = (
  after: DocumentRecord,
  by: { readonly reviewer: string; readonly undoes: number | null },
): ReviewEvent => {
  const decided = by.undoes === null ? after.tags : [];
  return {
    documentId: after.documentId,
    revision: after.revision,
    ...stampOf(after),
    at: after.updatedAt,
    reviewer: by.reviewer,
    shown: decided
      .filter(({ standing }) => standing !== 'added')
      .map(({ scheme, code, score, band }) => ({ scheme, code, score, band })),
    final: decided
      .filter(({ standing }) => KEPT.has(standing))
      .toSorted((a, b) => a.rank - b.rank)
      .map(({ scheme, code }) => ({ scheme, code })),
    attribute: by.undoes === null ? (after.attribute?.recommended ?? null) : null,
    undoes: by.undoes,
  };
};
