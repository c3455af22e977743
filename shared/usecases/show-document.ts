/** A document for a reviewer's screen: the record, and its text with personal data masked and every quote checked again. */
import type { DocumentEvent, DocumentRecord } from '../domain/document.ts';
import { type Refusal, refusal } from '../domain/refusal.ts';
import { accept, type Result, refuse } from '../domain/result.ts';
import { type CanonicalText, quoteHolds } from '../domain/text.ts';
import type { Capabilities, Page, PageRequest } from '../ports.ts';
import { maskedEvent, maskedRecord, maskedText } from './mask-document.ts';

export const showDocument = async (
  { documents }: Pick<Capabilities, 'documents'>,
  documentId: string,
): Promise<Result<DocumentRecord, Refusal>> => {
  const record = await documents.get(documentId);
  return record === null
    ? refuse(refusal('NO_SUCH_DOCUMENT', documentId))
    : accept(maskedRecord(record));
};

export interface ShownText {
  readonly textSha256: string;
  readonly text: string;
  readonly blocks: CanonicalText['blocks'];
  readonly pages: CanonicalText['pages'];
  readonly evidence: readonly {
    readonly scheme: 'task' | 'category';
    readonly code: string;
    readonly start: number;
    readonly end: number;
    readonly quote: string;
    /** The quote still says what the stored text says at its place. */
    readonly holds: boolean;
  }[];
}

/** Refuses with NO_SUCH_DOCUMENT, or WRONG_STATE where the document has no text. */
export const showText = async (
  { documents, texts }: Pick<Capabilities, 'documents' | 'texts'>,
  documentId: string,
): Promise<Result<ShownText, Refusal>> => {
  const record = await documents.get(documentId);
  if (record === null) return refuse(refusal('NO_SUCH_DOCUMENT', documentId));
  if (record.textSha256 === null || record.state === 'quarantined')
    return refuse(refusal('WRONG_STATE', record.state));
  const stored = await texts.read(documentId, record.textSha256);
  if (stored === null)
    throw new Error('No text of a document that was read', { cause: { documentId } });
  const shown = maskedText(stored.text, record.personal);
  const evidence = record.tags.flatMap(({ scheme, code, evidence: quotes }) =>
    quotes.map((quote) => ({
      scheme,
      code,
      start: quote.start,
      end: quote.end,
      quote: shown.slice(quote.start, quote.end),
      holds: quoteHolds(stored.text, quote),
    })),
  );
  const { blocks, pages } = stored;
  return accept({ textSha256: record.textSha256, text: shown, blocks, pages, evidence });
};

/** What came out of a container lies in its original too: there every file has to be screened, however deep. */
const isScreened = async (
  { documents }: Pick<Capabilities, 'documents'>,
  { state, textSha256, children }: DocumentRecord,
): Promise<boolean> => {
  if (state === 'received' || (textSha256 === null && children.length === 0)) return false;
  for (const { documentId } of children) {
    const child = documentId === null ? null : await documents.get(documentId);
    if (child === null || !(await isScreened({ documents }, child))) return false;
  }
  return true;
};

/**
 * A short-lived link to the original: only once its text has been screened, and that of every file in it. Refuses with
 * NO_SUCH_DOCUMENT or WRONG_STATE.
 */
export const linkOriginal = async (
  { documents, downloads }: Pick<Capabilities, 'documents' | 'downloads'>,
  documentId: string,
): Promise<Result<{ readonly url: string }, Refusal>> => {
  const record = await documents.get(documentId);
  if (record === null) return refuse(refusal('NO_SUCH_DOCUMENT', documentId));
  if (!(await isScreened({ documents }, record)))
    return refuse(refusal('WRONG_STATE', record.state));
  return accept({ url: await downloads.link(record.source, record.fileName) });
};

/** The audit of one document, oldest first, notes masked. Refuses with NO_SUCH_DOCUMENT. */
export const showEvents = async (
  { documents }: Pick<Capabilities, 'documents'>,
  documentId: string,
  page: PageRequest,
): Promise<Result<Page<DocumentEvent>, Refusal>> => {
  if ((await documents.get(documentId)) === null)
    return refuse(refusal('NO_SUCH_DOCUMENT', documentId));
  const { rows, next } = await documents.events(documentId, page);
  return accept({ rows: rows.map(maskedEvent), next });
};
