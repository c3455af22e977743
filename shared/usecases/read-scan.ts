/** A document that waited for the reader of scans becomes a record with text, or one that says why not. */
import { refusal } from '../domain/refusal.ts';
import { readRecord } from './extract-document.ts';
import { aside } from './read-upload.ts';

type Needs = Omit<Parameters<typeof readRecord>[0], 'scanQueue'>;

/**
 * `needs.reader` must read pictures. Idempotent: a document that was read meanwhile is handed on once more and nothing
 * else. What even this reader gives back as having no text is refused with SCAN_UNREADABLE: nothing waits for ever.
 * Throws where there is no such document.
 */
export const readScan = async (needs: Needs, documentId: string): Promise<void> => {
  const record = await needs.documents.get(documentId);
  if (record === null) throw new Error('The document to read as a scan is not in the store');
  await readRecord({ ...needs, scanQueue: null }, record, {
    from: 'scanning',
    ref: record.source,
    settled: (reading) =>
      reading.kind === 'aside' && reading.state === 'scanning'
        ? aside(refusal('SCAN_UNREADABLE', reading.refusal.detail))
        : reading,
  });
};
