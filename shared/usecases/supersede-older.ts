/** Of all readable versions of one key the newest upload stays; the others are superseded, in whatever order they came. */
import type { DocumentRecord } from '../domain/document.ts';
import type { Capabilities } from '../ports.ts';
import { advance } from './advance-document.ts';
import { originOf } from './child-key.ts';

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

/**
 * An unreadable upload never displaces a readable one. A file whose container was superseded meanwhile goes with it,
 * however late it comes. Safe to repeat: what a process that died half-way left standing is superseded then.
 */
export const supersedeOlder = async (
  needs: Needs,
  source: DocumentRecord['source'],
): Promise<void> => {
  const rows = await needs.documents.byKey(source.bucket, source.key);
  const { parent } = originOf(source.key);
  if (rows.length < 2 && parent === null) return;
  const found = await Promise.all(rows.map((row) => needs.documents.get(row.documentId)));
  const records = found.filter((record) => record !== null);
  const [newest, ...older] = records.filter(({ state }) => READABLE.has(state)).sort(newer);
  if (newest === undefined) return;
  const gone = records.filter(({ state }) => state === 'superseded');
  for (const record of [...older, ...gone]) await supersede(needs, record, newest.documentId);
  await followContainer(needs, newest, parent);
};

/** Only a container that names the file has a say in it: a key alone can be anybody's. */
const followContainer = async (
  needs: Needs,
  record: DocumentRecord,
  parent: string | null,
): Promise<void> => {
  const container = parent === null ? null : await needs.documents.get(parent);
  if (container === null || container.supersededBy === null) return;
  const isIts = container.children.some(({ documentId }) => documentId === record.documentId);
  if (isIts) await supersede(needs, record, container.supersededBy);
};

/** The container first and its files after it: a file that is read in between sees where its container stands. */
const supersede = async (needs: Needs, first: DocumentRecord, by: string): Promise<void> => {
  let record = first;
  while (READABLE.has(record.state)) {
    const step = {
      to: 'superseded',
      at: needs.clock.now(),
      actor: 'system',
      change: { supersededBy: by },
    } as const;
    const change = advance(record, { supersededBy: by }, step);
    const outcome = await needs.documents.apply(change);
    if (outcome.kind === 'applied')
      needs.log.write('DOCUMENT_SUPERSEDED', { documentId: record.documentId, by });
    record = outcome.kind === 'applied' ? change.record : outcome.current;
  }
  if (record.state === 'superseded') await supersedeChildren(needs, record, by);
};

/** What came out of an older version of a container stands for it no longer. */
const supersedeChildren = async (
  needs: Needs,
  { children, supersededBy }: DocumentRecord,
  by: string,
): Promise<void> => {
  for (const { documentId } of children) {
    const child = documentId === null ? null : await needs.documents.get(documentId);
    if (child !== null) await supersede(needs, child, supersededBy ?? by);
  }
};
