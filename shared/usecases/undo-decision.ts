/** Takes back the newest decision of a document: its tags stand as before, and learning forgets it. */
import * as z from 'zod';
import { attributeSchema } from '../domain/classification.ts';
import type { DocumentEvent, DocumentRecord, StoredTag } from '../domain/document.ts';
import { tagStandingSchema } from '../domain/document.ts';
import { type Refusal, refusal } from '../domain/refusal.ts';
import { accept, type Result, refuse } from '../domain/result.ts';
import type { Capabilities, DocumentChange } from '../ports.ts';
import { advance } from './advance-document.ts';
import { standingOf } from './decide-document.ts';
import { reviewOf } from './review-event.ts';
import { trainWhenDue } from './train-when-due.ts';

type Needs = Pick<Capabilities, 'documents' | 'clock' | 'log' | 'reviews' | 'learningQueue'>;

export interface UndoRequest {
  readonly documentId: string;
  /** Revision that was seen. */
  readonly revision: number;
  readonly reviewer: string;
  readonly note: string;
}

/** As `decideDocument` wrote it into the audit. */
const beforeSchema = z.object({
  before: z.object({
    tags: z.array(
      z.object({ code: z.string(), standing: tagStandingSchema, rank: z.int().min(0) }),
    ),
    attribute: attributeSchema.shape.recommended.nullable(),
    grounds: z.array(z.string()),
  }),
});
type Before = z.infer<typeof beforeSchema>['before'];

const undoneSchema = z.object({ undoes: z.int().min(1) });

/** The decisions that still count, oldest first. */
const decisionsOf = async (
  { documents }: Pick<Capabilities, 'documents'>,
  documentId: string,
): Promise<readonly DocumentEvent[]> => {
  let standing: DocumentEvent[] = [];
  let after: string | null = null;
  do {
    const page = await documents.events(documentId, { limit: 100, after });
    for (const event of page.rows) {
      // A newer proposal starts afresh: what was decided on older tags cannot be taken back to.
      if (event.kind === 'proposed') standing = [];
      if (event.kind === 'decided') standing.push(event);
      if (event.kind === 'undone') {
        const { undoes } = undoneSchema.parse(event.change);
        standing = standing.filter(({ revision }) => revision !== undoes);
      }
    }
    after = page.next;
  } while (after !== null);
  return standing;
};

/** Tags that the decision had added are gone; the others stand and rank as before. */
const restored = (tags: readonly StoredTag[], before: Before): StoredTag[] => {
  const old = new Map(before.tags.map((tag) => [tag.code, tag]));
  return tags.flatMap((tag) => {
    const was = old.get(tag.code);
    return was === undefined ? [] : [{ ...tag, standing: was.standing, rank: was.rank }];
  });
};

const changeOf = (
  record: DocumentRecord,
  decisions: readonly DocumentEvent[],
  by: { readonly at: string; readonly reviewer: string; readonly note: string },
): DocumentChange | null => {
  const last = decisions.at(-1);
  if (last === undefined) return null;
  const { before } = beforeSchema.parse(last.change);
  const attribute =
    record.attribute === null || before.attribute === null
      ? record.attribute
      : { ...record.attribute, recommended: before.attribute, grounds: before.grounds };
  const tags = restored(record.tags, before);
  const change = advance(
    record,
    { tags, attribute },
    {
      to: decisions.length > 1 ? 'decided' : 'proposed',
      kind: 'undone',
      at: by.at,
      actor: by.reviewer,
      note: by.note,
      change: { undoes: last.revision, before: standingOf(record), after: before },
    },
  );
  const review = reviewOf(change.record, { reviewer: by.reviewer, undoes: last.revision });
  return { ...change, review };
};

/** Refuses with NO_SUCH_DOCUMENT, STALE_REVISION, WRONG_STATE or NOTHING_TO_UNDO. With no decision left the document waits for review again. */
export const undoDecision = async (
  needs: Needs,
  { documentId, revision, reviewer, note }: UndoRequest,
): Promise<Result<DocumentRecord, { refusal: Refusal; current: DocumentRecord | null }>> => {
  const no = (why: Refusal, current: DocumentRecord | null) => refuse({ refusal: why, current });
  const record = await needs.documents.get(documentId);
  if (record === null) return no(refusal('NO_SUCH_DOCUMENT', documentId), null);
  const stale = (current: DocumentRecord) =>
    no(refusal('STALE_REVISION', `revision ${current.revision}`), current);
  if (record.revision !== revision) return stale(record);
  if (record.state !== 'decided' && record.state !== 'proposed')
    return no(refusal('WRONG_STATE', record.state), record);
  const decisions = await decisionsOf(needs, documentId);
  const change = changeOf(record, decisions, { at: needs.clock.now(), reviewer, note });
  if (change === null) return no(refusal('NOTHING_TO_UNDO', documentId), record);
  const outcome = await needs.documents.apply(change);
  if (outcome.kind === 'stale') return stale(outcome.current);
  needs.log.write('REVIEW_UNDONE', { documentId, revision: change.record.revision });
  await trainWhenDue(needs, change.review?.catalogueId ?? '');
  return accept(change.record);
};
