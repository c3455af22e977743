/** Makes the one change that moves a document on: new record, audit event, review order. */
import type { DocumentEvent, DocumentRecord, ObjectRef, State } from '../domain/document.ts';
import { fileNameOf } from '../domain/object-key.ts';
import { type Refusal, reasonOf } from '../domain/refusal.ts';
import type { DocumentChange } from '../ports.ts';
import { documentIdOf } from './document-identity.ts';

export interface Step {
  readonly to: State;
  readonly at: string;
  /** `system` or the subject of the signed-in person. */
  readonly actor: string;
  readonly kind?: DocumentEvent['kind'];
  readonly refusal?: Refusal;
  readonly note?: string;
  readonly change?: Readonly<Record<string, unknown>>;
  readonly words?: readonly string[];
}

/** 0–999, smaller is reviewed first: unsure tags and flags first, sure ones last. */
export const riskOf = (
  record: Pick<DocumentRecord, 'tags' | 'flags' | 'personal' | 'unreadPages'>,
): number => {
  const scores = record.tags.flatMap((tag) => (tag.score === null ? [0.5] : [tag.score]));
  const unsure =
    scores.length === 0 ? 0.8 : Math.max(...scores.map((score) => 1 - Math.abs(score - 0.5) * 2));
  const flagged =
    record.flags.length > 0 || record.personal.length > 0 || record.unreadPages.length > 0;
  return Math.round(999 - 700 * unsure - (flagged ? 299 : 0));
};

const blank = { elements: null, form: null, attribute: null, versions: null } as const;

/** A document seen for the first time. The time of the upload counts, so that versions of a key keep their order. */
export const firstChange = (
  { ref, uploadedAt }: { readonly ref: ObjectRef; readonly uploadedAt: string },
  parent: string | null,
  step: Step,
): DocumentChange => {
  const documentId = documentIdOf(ref);
  const source = { ...ref, key: ref.key.toWellFormed() };
  const record: DocumentRecord = {
    documentId,
    revision: 1,
    state: step.to,
    reason: step.refusal ? reasonOf(step.refusal) : null,
    source,
    fileName: fileNameOf(ref.key),
    bytes: 0,
    sha256: null,
    format: null,
    receivedAt: uploadedAt,
    updatedAt: step.at,
    textSha256: null,
    characters: null,
    unreadPages: [],
    personal: [],
    flags: [],
    warnings: [],
    sameBytesAs: [],
    supersededBy: null,
    policy: null,
    parent,
    children: [],
    tags: [],
    ...blank,
  };
  return {
    expectedRevision: null,
    record,
    event: eventOf(record, null, step),
    words: [],
    risk: riskOf(record),
  };
};

/** The next revision of a record. */
export const advance = (
  from: DocumentRecord,
  patch: Partial<DocumentRecord>,
  step: Step,
): DocumentChange => {
  const record: DocumentRecord = {
    ...from,
    ...patch,
    revision: from.revision + 1,
    state: step.to,
    reason: step.refusal ? reasonOf(step.refusal) : null,
    updatedAt: step.at,
  };
  const event = eventOf(record, from.state, step);
  return {
    expectedRevision: from.revision,
    record,
    event,
    words: step.words ?? null,
    risk: riskOf(record),
  };
};

const eventOf = (record: DocumentRecord, from: State | null, step: Step): DocumentEvent => ({
  documentId: record.documentId,
  revision: record.revision,
  kind: step.kind ?? step.to,
  at: step.at,
  actor: step.actor,
  from,
  to: step.to,
  reason: record.reason,
  note: step.note ?? '',
  change: { ...step.change },
});
