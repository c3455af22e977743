/** Invented records and changes of them, for every suite that stores documents. */
import { createHash } from 'node:crypto';
import type { DocumentRecord, State, StoredTag } from '../../shared/domain/document.ts';
import type { DocumentChange } from '../../shared/ports.ts';

export const sha256Of = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The nth minute of an invented day. */
export const minute = (n: number): string => new Date(Date.UTC(2026, 2, 1, 0, n)).toISOString();

const quote = (words: string) => ({ start: 0, end: words.length, quote: words });

export const tag = (
  code: string,
  standing: StoredTag['standing'] = 'proposed',
  rest: Partial<StoredTag> = {},
): StoredTag => ({
  scheme: code.includes(':') ? 'task' : 'category',
  code,
  rank: 0,
  standing,
  score: standing === 'added' ? null : 0.5,
  calibrated: false,
  band: 'possible',
  evidence: [quote('关于开展宣传活动的通知')],
  rules: [{ id: 'R-NOTICE', quote: null }],
  reasons: ['LOW_P'],
  ...rest,
});

export const sampleRecord = (rest: Partial<DocumentRecord> = {}): DocumentRecord => {
  const documentId = rest.documentId ?? 'doc-1';
  const record: DocumentRecord = {
    documentId,
    revision: 1,
    state: 'received',
    reason: null,
    source: { bucket: 'inbox', key: `${documentId}.docx`, versionId: 'v1' },
    fileName: `${documentId}.docx`,
    bytes: 1234,
    sha256: sha256Of(documentId),
    format: 'docx',
    receivedAt: minute(0),
    updatedAt: minute(0),
    textSha256: null,
    characters: null,
    unreadPages: [],
    elements: null,
    form: null,
    attribute: null,
    personal: [],
    flags: [],
    warnings: [],
    versions: null,
    sameBytesAs: [],
    supersededBy: null,
    policy: null,
    parent: null,
    children: [],
    tags: [],
  };
  return { ...record, ...rest };
};

/** Title and number as they were read out of the words of the document. */
export const withTitle = (
  record: DocumentRecord,
  title: string,
  number: string,
): DocumentRecord => ({
  ...record,
  elements: {
    title: { value: title, sure: true, quote: quote(title) },
    innerTitle: null,
    documentNumber: {
      value: { normalised: number, issuerMark: '云溪办', year: 2026, sequence: '7' },
      sure: true,
      quote: quote(number),
    },
    issuer: null,
    genre: null,
    innerGenre: null,
    addressee: null,
    date: null,
    attributeNote: null,
    attachments: [],
    secrecyMark: null,
    citedNumbers: [],
    flags: [],
  },
});

type Aside = Partial<Pick<DocumentChange, 'words' | 'risk' | 'review'>>;

const KINDS = {
  received: 'received',
  extracted: 'extracted',
  proposed: 'proposed',
  decided: 'decided',
  scanning: 'scanning',
  refused: 'refused',
  quarantined: 'quarantined',
  superseded: 'superseded',
  expanded: 'expanded',
} as const satisfies Record<State, State>;

/** The change that makes `record` out of `before`, with its audit event. */
export const change = (
  before: DocumentRecord | null,
  record: DocumentRecord,
  { words = null, risk = 500, review }: Aside = {},
): DocumentChange => ({
  expectedRevision: before?.revision ?? null,
  record,
  event: {
    documentId: record.documentId,
    revision: record.revision,
    kind: KINDS[record.state],
    at: record.updatedAt,
    actor: 'tester',
    from: before?.state ?? null,
    to: record.state,
    reason: null,
    note: '',
    change: { tags: record.tags.map(({ code }) => code) },
  },
  words,
  risk,
  ...(review === undefined ? {} : { review }),
});

/** The record one revision on, with what is new in it. */
export const next = (before: DocumentRecord, rest: Partial<DocumentRecord>): DocumentRecord => ({
  ...before,
  revision: before.revision + 1,
  ...rest,
});
