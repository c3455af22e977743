/** What a reviewer was shown of a document and what was decided, kept for learning; nothing of it is ever changed. */
import * as z from 'zod';
import { attributeSchema, bandSchema } from './classification.ts';

const namedSchema = z.object({
  scheme: z.enum(['task', 'category']),
  /** Full code. */
  code: z.string(),
});

export const reviewEventSchema = z.object({
  documentId: z.string(),
  /** Revision of the record that the decision made; with documentId the key of the event. */
  revision: z.int().min(1),
  catalogueId: z.string(),
  catalogueVersion: z.int().min(1),
  /** Id of the artefact that had proposed. */
  model: z.string(),
  textSha256: z.string(),
  /** ISO 8601 UTC. */
  at: z.string(),
  reviewer: z.string(),
  shown: z.array(
    namedSchema.extend({ score: z.number().min(0).max(1).nullable(), band: bandSchema }),
  ),
  /** What the document carries after the decision, primary first within its scheme. */
  final: z.array(namedSchema),
  attribute: attributeSchema.shape.recommended.nullable(),
  /** Revision of the decision of this document that is taken back; null for a decision. An undoing has no `final` of its own. */
  undoes: z.int().min(1).nullable(),
});
export type ReviewEvent = z.infer<typeof reviewEventSchema>;

/**
 * The reviews that count, one a document: its newest decision that was not taken back. Sorted by documentId, so that the
 * same events in any order give the same rows, and a decision with its undoing leaves no trace.
 */
export const standingReviews = (events: readonly ReviewEvent[]): readonly ReviewEvent[] => {
  const undone = new Set(
    events.flatMap(({ documentId, undoes }) =>
      undoes === null ? [] : [`${documentId} ${undoes}`],
    ),
  );
  const newest = new Map<string, ReviewEvent>();
  for (const event of events) {
    const { documentId, revision } = event;
    if (event.undoes !== null || undone.has(`${documentId} ${revision}`)) continue;
    const known = newest.get(documentId);
    if (known === undefined || known.revision < revision) newest.set(documentId, event);
  }
  return [...newest.values()].sort((a, b) => (a.documentId < b.documentId ? -1 : 1));
};
