/** An upload becomes a record with text, or a record that says why not. */
import type { DocumentRecord, ObjectRef } from '../domain/document.ts';
import { MAX_FILE_BYTES, megabytes } from '../domain/limits.ts';
import { keyProblem } from '../domain/object-key.ts';
import { type Refusal, refusal } from '../domain/refusal.ts';
import { waitsForScan } from '../domain/text.ts';
import type { Capabilities, LogCode } from '../ports.ts';
import { advance, firstChange } from './advance-document.ts';
import { originOf } from './child-key.ts';
import { documentIdOf, sha256Of } from './document-identity.ts';
import { containerOf, keepChildren } from './expand-container.ts';
import { aside, type Reading, readText, readUpload } from './read-upload.ts';
import { searchWords } from './search-words.ts';
import { supersedeOlder } from './supersede-older.ts';

type Needs = ReadingNeeds & Pick<Capabilities, 'scanQueue'>;

/** `scanQueue` is null where nothing is left to wait for. */
type ReadingNeeds = { readonly scanQueue: Capabilities['scanQueue'] | null } & Pick<
  Capabilities,
  | 'objects'
  | 'reader'
  | 'children'
  | 'texts'
  | 'documents'
  | 'classifyQueue'
  | 'words'
  | 'clock'
  | 'log'
>;

/** Other records with the same bytes that are named on a record; a file sent thousands of times must not swell it. */
const MOST_LINKS = 100;

export interface Upload {
  readonly ref: ObjectRef;
  /** When it was uploaded, ISO 8601 UTC. */
  readonly uploadedAt: string;
}

export interface ExtractOutcome {
  readonly record: DocumentRecord;
  /** True where this upload had been dealt with before; nothing was changed. */
  readonly repeated: boolean;
}

/** Idempotent: the same upload twice, or a step that died half-way, ends in one record. Faults are thrown for a retry. */
export const extractDocument = async (needs: Needs, upload: Upload): Promise<ExtractOutcome> => {
  const received = await receive(needs, upload);
  return readRecord(needs, received, {
    from: 'received',
    ref: upload.ref,
    settled: waitingForPages,
  });
};

/** A document of which a part is pictures is not judged by the rest: it waits until all of it was read. */
const waitingForPages = (reading: Reading): Reading => {
  if (reading.kind === 'aside' || !waitsForScan(reading.text)) return reading;
  const unread = reading.text.pages.filter((page) => page.state === 'unread').length;
  return aside(refusal('PAGES_WITHOUT_TEXT', unread === 0 ? '' : `${unread} 页 / pages`));
};

interface ReadingStep {
  /** The state that the step takes up; a record in another one has been dealt with. */
  readonly from: 'received' | 'scanning';
  readonly ref: ObjectRef;
  /** What becomes of a reading. */
  readonly settled: (reading: Reading) => Reading;
}

/** Reads the original of a record that is in the state `from`; the next step of one that is further on is sent for again. */
export const readRecord = async (
  needs: ReadingNeeds,
  received: DocumentRecord,
  { from, ref, settled }: ReadingStep,
): Promise<ExtractOutcome> => {
  if (received.state !== from) {
    if (received.state === 'extracted') await handOn(needs, received);
    if (received.state === 'scanning') await needs.scanQueue?.send(received.documentId);
    if (received.state === 'expanded') await supersedeOlder(needs, received.source);
    needs.log.write('DOCUMENT_REPEATED', {
      documentId: received.documentId,
      state: received.state,
    });
    return { record: received, repeated: true };
  }
  const bytes = await fetchBytes(needs, ref);
  if (!(bytes instanceof Uint8Array))
    return settle(needs, received, { ...aside(bytes), patch: {} });
  const patch = { bytes: bytes.byteLength, sha256: sha256Of(bytes) };
  const reading = settled(await readUpload(needs, bytes, received.fileName));
  if (reading.kind === 'aside' && reading.refusal.kind === 'CONTAINER')
    return expand(needs, received, { bytes, patch });
  if (reading.kind === 'aside') return settle(needs, received, { ...reading, patch });
  return keep(needs, received, { ...reading, patch });
};

const receive = async (
  { documents, clock, log }: ReadingNeeds,
  upload: Upload,
): Promise<DocumentRecord> => {
  const known = await documents.get(documentIdOf(upload.ref));
  if (known !== null) return known;
  const step = { to: 'received', at: clock.now(), actor: 'system' } as const;
  const parent = await containerOf({ documents }, upload.ref);
  const change = firstChange(upload, parent, step);
  const outcome = await documents.apply(change);
  if (outcome.kind === 'stale') return outcome.current;
  log.write('DOCUMENT_RECEIVED', { documentId: change.record.documentId });
  return change.record;
};

const fetchBytes = async (
  { objects }: ReadingNeeds,
  ref: ObjectRef,
): Promise<Uint8Array | Refusal> => {
  const problem = keyProblem(ref.key);
  if (problem !== null) return refusal('BAD_KEY', problem);
  const head = await objects.head(ref);
  if (head === null) return refusal('OBJECT_GONE');
  if (head.bytes === 0) return refusal('EMPTY_FILE');
  if (head.bytes > MAX_FILE_BYTES) return refusal('TOO_LARGE', megabytes(MAX_FILE_BYTES));
  const content = await objects.read(ref, MAX_FILE_BYTES);
  if (content === null) return refusal('OBJECT_GONE');
  return content.ok ? content.value : content.error;
};

type Patch = { readonly patch: Partial<DocumentRecord> };

/** A mail is a document with attachments; an archive is nothing but its files. What is 涉密 gives away none of them. */
const expand = async (
  needs: ReadingNeeds,
  received: DocumentRecord,
  { bytes, patch }: Patch & { readonly bytes: Uint8Array },
): Promise<ExtractOutcome> => {
  const opened = await needs.reader.open(bytes, originOf(received.source.key).depth);
  if (!opened.ok) return settle(needs, received, { ...aside(opened.error), patch });
  const { body, format } = opened.value;
  const reading = body === null ? null : readText(body, received.fileName);
  if (reading?.kind === 'aside') return settle(needs, received, { ...reading, patch });
  const children = await keepChildren(needs, received, opened.value);
  needs.log.write('CONTAINER_EXPANDED', {
    documentId: received.documentId,
    children: children.length,
  });
  const known = { ...patch, format, children };
  if (reading !== null) return keep(needs, received, { ...reading, patch: known });
  const step = { to: 'expanded', at: needs.clock.now(), actor: 'system' } as const;
  const change = advance(received, known, step);
  const outcome = await needs.documents.apply(change);
  await supersedeOlder(needs, received.source);
  return outcome.kind === 'stale'
    ? { record: outcome.current, repeated: true }
    : { record: change.record, repeated: false };
};

const ASIDE_CODES = {
  refused: 'DOCUMENT_REFUSED',
  scanning: 'DOCUMENT_SCANNING',
  quarantined: 'DOCUMENT_QUARANTINED',
} as const satisfies Record<string, LogCode>;

const settle = async (
  needs: ReadingNeeds,
  received: DocumentRecord,
  { state, refusal: why, patch }: Extract<Reading, { kind: 'aside' }> & Patch,
): Promise<ExtractOutcome> => {
  const step = { to: state, at: needs.clock.now(), actor: 'system', refusal: why };
  const change = advance(received, patch, step);
  const outcome = await needs.documents.apply(change);
  if (outcome.kind === 'stale') return { record: outcome.current, repeated: true };
  if (state === 'scanning') await needs.scanQueue?.send(received.documentId);
  needs.log.write(ASIDE_CODES[state], { documentId: received.documentId, reason: why.kind });
  return { record: change.record, repeated: false };
};

const keep = async (
  needs: ReadingNeeds,
  received: DocumentRecord,
  { text, elements, personal, flags, patch }: Extract<Reading, { kind: 'read' }> & Patch,
): Promise<ExtractOutcome> => {
  const { documentId, fileName } = received;
  const textSha256 = sha256Of(text.text);
  await needs.texts.write(documentId, textSha256, text);
  const same = patch.sha256 == null ? [] : await needs.documents.bySha256(patch.sha256);
  const known: Partial<DocumentRecord> = {
    ...patch,
    format: text.format,
    textSha256,
    characters: text.text.length,
    unreadPages: text.pages.filter((page) => page.state === 'unread').map((page) => page.number),
    elements,
    personal: [...personal],
    flags: [...new Set([...flags, ...elements.flags])],
    warnings: text.warnings,
    sameBytesAs: same.filter((id) => id !== documentId).slice(0, MOST_LINKS),
  };
  const words = await searchWords(needs, { text: text.text, elements, fileName });
  const change = advance(received, known, {
    to: 'extracted',
    at: needs.clock.now(),
    actor: 'system',
    words,
  });
  const outcome = await needs.documents.apply(change);
  const record = outcome.kind === 'applied' ? change.record : outcome.current;
  if (record.state === 'extracted') await handOn(needs, record);
  needs.log.write('TEXT_EXTRACTED', {
    documentId,
    format: text.format,
    characters: text.text.length,
  });
  return { record, repeated: outcome.kind === 'stale' };
};

const handOn = async (needs: ReadingNeeds, record: DocumentRecord): Promise<void> => {
  await supersedeOlder(needs, record.source);
  await needs.classifyQueue.send(record.documentId);
};
