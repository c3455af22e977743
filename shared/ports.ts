/** Everything the product needs from the world, on one page. Adapters under shared/adapters give these. */
import type { Catalogue } from './domain/catalogue.ts';
import type { OpenedContainer } from './domain/container.ts';
import type { DocumentEvent, DocumentRecord, ObjectRef, State } from './domain/document.ts';
import type { DocumentSummary } from './domain/document-summary.ts';
import type { ModelFile } from './domain/model.ts';
import type { Refusal } from './domain/refusal.ts';
import type { ReleaseCandidate, ShadowNote, StandingRelease } from './domain/release.ts';
import type { Result } from './domain/result.ts';
import type { ReviewEvent } from './domain/review-event.ts';
import type { CanonicalText } from './domain/text.ts';

export interface Clock {
  /** ISO 8601 UTC with milliseconds. */
  now(): string;
}

export interface StoredObject {
  readonly ref: ObjectRef;
  readonly bytes: number;
}

/** The originals. Nothing here deletes or moves one. */
export interface ObjectStore {
  /** Size without reading; null when the object is gone. */
  head(ref: ObjectRef): Promise<StoredObject | null>;
  /** Whole content; null when gone. Call `head` first: content over `limit` bytes is never read and gives a TOO_LARGE refusal. */
  read(ref: ObjectRef, limit: number): Promise<Result<Uint8Array, Refusal> | null>;
}

/** A place to send one file: PUT (or POST) the bytes to `url` with exactly `headers`, before `expiresAt`. */
export interface UploadTicket {
  readonly method: 'PUT';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly key: string;
  readonly expiresAt: string;
}

export interface UploadDesk {
  /** Bound to exactly this key, size in bytes and type. */
  ticket(upload: {
    readonly key: string;
    readonly bytes: number;
    readonly contentType: string;
  }): Promise<UploadTicket>;
}

export interface DownloadDesk {
  /** A link to the original that stops working after a few minutes. */
  link(ref: ObjectRef, fileName: string): Promise<string>;
}

/** Canonical texts, written once under the document id and the sha256 of the text; never overwritten. */
export interface TextStore {
  write(documentId: string, textSha256: string, text: CanonicalText): Promise<void>;
  /** null when absent; throws when what is stored no longer matches its hash. */
  read(documentId: string, textSha256: string): Promise<CanonicalText | null>;
}

export interface Page<T> {
  readonly rows: readonly T[];
  /** Opaque position to go on from; null at the end. Adapters do not sign it: the HTTP layer does. */
  readonly next: string | null;
}

export interface PageRequest {
  readonly limit: number;
  readonly after: string | null;
}

/**
 * One change of one document, applied whole or not at all: the record with its tags, the audit event, the ledger
 * counters and the search words move in one transaction.
 */
export interface DocumentChange {
  /** The revision this change was made from; null for a document seen first. */
  readonly expectedRevision: number | null;
  /** The record as it shall be, with revision = expectedRevision + 1 (1 when new). */
  readonly record: DocumentRecord;
  readonly event: DocumentEvent;
  /** Search words of the record as it shall be (title, number, issuer, keywords), at most 40; null keeps what is there. */
  readonly words: readonly string[] | null;
  /** Review order of the record in its state: smaller comes first, 0–999. */
  readonly risk: number;
  /** What is learnt from, where this change is a decision or its undoing; appended in the same transaction. */
  readonly review?: ReviewEvent;
}

export type ApplyOutcome =
  | { readonly kind: 'applied' }
  /** Somebody else was first: `current` is what the store holds now. Nothing was written. */
  | { readonly kind: 'stale'; readonly current: DocumentRecord };

export interface DocumentReader {
  get(documentId: string): Promise<DocumentRecord | null>;
  /** Oldest first. */
  events(documentId: string, page: PageRequest): Promise<Page<DocumentEvent>>;
  /** By risk, then oldest first: for `proposed` this is the review queue. */
  byState(state: State, page: PageRequest): Promise<Page<DocumentSummary>>;
  /** Documents that carry the code as proposed, accepted or added tag (not rejected), newest first. `code` is full. */
  byCode(
    scheme: 'task' | 'category',
    code: string,
    page: PageRequest,
  ): Promise<Page<DocumentSummary>>;
  /** Documents that carry the search word, newest first. */
  byWord(word: string, page: PageRequest): Promise<Page<DocumentSummary>>;
  /** Ids of all records with these bytes. */
  bySha256(sha256: string): Promise<readonly string[]>;
  /** Records of one key, newest version received last. */
  byKey(
    bucket: string,
    key: string,
  ): Promise<readonly { readonly documentId: string; readonly receivedAt: string }[]>;
}

export interface DocumentWriter {
  apply(change: DocumentChange): Promise<ApplyOutcome>;
}

/** Counts per task and standing: proposed = waiting for review, accepted (with added) = evidence, rejected. */
export interface LedgerCount {
  /** Full code. */
  readonly code: string;
  readonly proposed: number;
  readonly accepted: number;
  readonly rejected: number;
  /** Receipt time of the newest document that counts as proposed or accepted; null if none. */
  readonly newest: string | null;
}

export interface LedgerReader {
  counts(catalogueId: string): Promise<readonly LedgerCount[]>;
}

export interface CatalogueStore {
  /** Refuses with STALE_REVISION where this version exists already with other content. */
  save(catalogue: Catalogue): Promise<Result<null, Refusal>>;
  get(catalogueId: string, version: number): Promise<Catalogue | null>;
  list(): Promise<
    readonly { readonly catalogueId: string; readonly version: number; readonly title: string }[]
  >;
}

/** Decisions as training sees them; appended by `DocumentWriter.apply`, never changed. */
export interface ReviewLog {
  /** Oldest first. */
  reviews(catalogueId: string, page: PageRequest): Promise<Page<ReviewEvent>>;
  /** How many events were ever appended for the catalogue. */
  reviewCount(catalogueId: string): Promise<number>;
  /** What `reviewCount` was when training last looked; 0 before. */
  trainedCount(catalogueId: string): Promise<number>;
  /** Never lowers it. */
  markTrained(catalogueId: string, count: number): Promise<void>;
}

/** What documents are tagged with, what waits to be, and every move of the pointer between them. */
export interface ReleaseStore {
  /** null until something was put in force: then what ships is. */
  standing(): Promise<StandingRelease | null>;
  /**
   * Moves the pointer where its revision is still `next.revision - 1` (0 = none yet), keeps the move in the history and
   * sets the states of the candidates it names, in one transaction. Refuses with STALE_REVISION, and with
   * NO_SUCH_CATALOGUE where the catalogue version of `next.active` is not in the store.
   */
  move(
    next: StandingRelease,
    states: readonly {
      readonly releaseId: string;
      readonly state: ReleaseCandidate['state'];
    }[],
  ): Promise<Result<null, Refusal>>;
  /** Newest first. */
  moves(page: PageRequest): Promise<Page<StandingRelease>>;
  /** Adds a candidate, or fills the report of one that is there; state and origin of a known one stay. */
  keepCandidate(candidate: ReleaseCandidate): Promise<void>;
  candidate(releaseId: string): Promise<ReleaseCandidate | null>;
  /** Newest first. */
  candidates(catalogueId: string, page: PageRequest): Promise<Page<ReleaseCandidate>>;
  /** A second note of the same document replaces the first. */
  noteShadow(releaseId: string, note: ShadowNote): Promise<void>;
  /** In the order of document ids. */
  shadowNotes(releaseId: string, page: PageRequest): Promise<Page<ShadowNote>>;
}

/** Trained artefacts as immutable files. */
export interface ModelStore {
  /** The same bytes again are fine; other bytes under a name that is there throw. */
  writeModelFile(place: ModelPlace, bytes: Uint8Array): Promise<void>;
  /** null when absent. */
  readModelFile(place: ModelPlace): Promise<Uint8Array | null>;
}

export interface ModelPlace {
  readonly catalogueId: string;
  readonly modelId: string;
  readonly file: ModelFile;
}

/** Work that takes longer than a request may: delivering twice is harmless. */
export type LearningJob =
  | { readonly kind: 'train'; readonly catalogueId: string; readonly actor: string }
  | { readonly kind: 'judge'; readonly releaseId: string };

export interface LearningQueue {
  send(job: LearningJob): Promise<void>;
}

/** Hands a document without usable text on to the reader of scans; delivering twice is harmless. */
export interface ScanQueue {
  send(documentId: string): Promise<void>;
}

/** Hands a document on to the next step; delivering twice is harmless. */
export interface ClassifyQueue {
  send(documentId: string): Promise<void>;
}

export interface WordSegmenter {
  /** Search words of a text, most telling first, at most `limit`, no duplicates. */
  keywords(text: string, limit: number): Promise<readonly string[]>;
  /** The words of a search phrase. */
  words(phrase: string): Promise<readonly string[]>;
}

/** Opens a container within the limits of time and memory of reading. */
export interface ContainerOpener {
  /** `depth` 0 for a container that was uploaded, 1 for one that came out of another. */
  open(bytes: Uint8Array, depth: number): Promise<Result<OpenedContainer, Refusal>>;
}

/** One file out of a container, to be taken in like an upload. */
export interface ChildFile {
  readonly key: string;
  readonly bytes: Uint8Array;
  /** When the container was uploaded. */
  readonly uploadedAt: string;
}

export interface ChildStore {
  /**
   * Keeps the file beside the originals and sees to it that it is taken in. The same key again changes nothing: what
   * lies there is given back.
   */
  keep(bucket: string, child: ChildFile): Promise<ObjectRef>;
}

/** Reads bytes into canonical text within its limits of time and memory; the caller need not guard it. */
export interface TextReader {
  extract(bytes: Uint8Array, fileName: string): Promise<Result<CanonicalText, Refusal>>;
}

export interface Log {
  /** `fields` never hold document text, names or numbers of people. */
  write(code: LogCode, fields?: Readonly<Record<string, string | number | boolean | null>>): void;
}

export type LogCode =
  | 'DOCUMENT_RECEIVED'
  | 'DOCUMENT_REPEATED'
  | 'TEXT_EXTRACTED'
  | 'DOCUMENT_REFUSED'
  | 'CONTAINER_EXPANDED'
  | 'DOCUMENT_QUARANTINED'
  | 'DOCUMENT_SCANNING'
  | 'DOCUMENT_SUPERSEDED'
  | 'DOCUMENT_CLASSIFIED'
  | 'DOCUMENT_DECIDED'
  | 'DECISION_STALE'
  | 'CATALOGUE_SAVED'
  | 'CATALOGUE_EDITED'
  | 'MODEL_TRAINED'
  | 'LEARNING_REFUSED'
  | 'RELEASE_JUDGED'
  | 'RELEASE_MOVED'
  | 'REVIEW_UNDONE'
  | 'SHADOW_FAILED'
  | 'EVENT_IGNORED'
  | 'RECORD_FAILED'
  | 'REQUEST_REFUSED'
  | 'REQUEST_FAILED'
  | 'SERVER_STARTED'
  | 'SERVER_STOPPED';

export interface Capabilities {
  readonly clock: Clock;
  readonly objects: ObjectStore;
  readonly uploads: UploadDesk;
  readonly downloads: DownloadDesk;
  readonly texts: TextStore;
  readonly reader: TextReader & ContainerOpener;
  readonly children: ChildStore;
  readonly documents: DocumentReader & DocumentWriter;
  readonly ledger: LedgerReader;
  readonly catalogues: CatalogueStore;
  readonly reviews: ReviewLog;
  readonly releases: ReleaseStore;
  readonly models: ModelStore;
  readonly classifyQueue: ClassifyQueue;
  readonly scanQueue: ScanQueue;
  readonly learningQueue: LearningQueue;
  readonly words: WordSegmenter;
  readonly log: Log;
}
