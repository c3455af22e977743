/** Of all readable versions of one key the newest upload stays; the others are superseded, in whatever order they came. */
import type { DocumentRecord } from '../domain/document.ts';
import type { Capabilities } from '../ports.ts';
import { advance } from './advance-document.ts';

type Needs = Pick<Capabilities, 'documents' | 'clock' | 'log'>;

const READABLE: ReadonlySet<DocumentRecord['state']> = new Set([
  'extracted',
  'proposed',
  'decided',
  'expanded',
]);

const newer = (a: DocumentRecord, b: DocumentRecord): number =>
  a.receivedAt === b.receivedAt
    ? a.documentId < b.documentId
      ? 1
      : -1
    : a.receivedAt < b.receivedAt
      ? 1
      : -1;

/** An unreadable upload never displaces a readable one. Safe to repeat. */
export const supersedeOlder = async (
  { documents, clock, log }: Needs,
  source: DocumentRecord['source'],
): Promise<void> => {
  const rows = await documents.byKey(source.bucket, source.key);
  if (rows.length < 2) return;
  const records = await Promise.all(rows.map((row) => documents.get(row.documentId)));
  const readable = records
    .flatMap((record) => (record !== null && READABLE.has(record.state) ? [record] : []))
    .sort(newer);
  const [newest, ...older] = readable;
  if (newest === undefined) return;
  for (const record of older) await supersede({ documents, clock, log }, record, newest.documentId);
};

const supersede = async (
  { documents, clock, log }: Needs,
  first: DocumentRecord,
  by: string,
): Promise<void> => {
  let record = first;
  while (READABLE.has(record.state)) {
    const step = {
      to: 'superseded',
      at: clock.now(),
      actor: 'system',
      change: { supersededBy: by },
    } as const;
    const outcome = await documents.apply(advance(record, { supersededBy: by }, step));
    if (outcome.kind === 'applied') {
      log.write('DOCUMENT_SUPERSEDED', { documentId: record.documentId, by });
      await supersedeChildren({ documents, clock, log }, record, by);
      return;
    }
    record = outcome.current;
  }
};

/** What came out of an older version of a container stands for it no longer. */
const supersedeChildren = async (
  needs: Needs,
  { children }: DocumentRecord,
  by: string,
): Promise<void> => {
  for (const { documentId } of children) {
    const child = documentId === null ? null : await needs.documents.get(documentId);
    if (child !== null) await supersede(needs, child, by);
  }
};
