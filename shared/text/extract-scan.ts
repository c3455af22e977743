/** Reads a file as `extract` does, and what stands there as a picture too. */

import { megabytes } from '../domain/limits.ts';
import type { Refusal } from '../domain/refusal.ts';
import { refusal } from '../domain/refusal.ts';
import type { Result } from '../domain/result.ts';
import { refuse } from '../domain/result.ts';
import type { CanonicalText } from '../domain/text.ts';
import { extract, finished, nameOf } from './extract.ts';
import { LIMITS } from './limits.ts';
import { readImage, readScannedPdf } from './scan/read-scans.ts';
import { type LineRecogniser, RecogniserFault } from './scan/recognise-lines.ts';
import { sniff } from './sniff.ts';

type Reading = Result<CanonicalText, Refusal>;

const guarded = async (read: () => Promise<Reading>): Promise<Reading> => {
  try {
    return await read();
  } catch (error) {
    if (error instanceof RecogniserFault) throw error;
    return refuse(refusal('DAMAGED', nameOf(error)));
  }
};

/** Pictures inside other formats are not read yet: their files wait for nothing. */
const withoutWaiting = (read: Reading, detail: string): Reading => {
  const waits = !read.ok && ['NO_TEXT_LAYER', 'GARBLED_TEXT'].includes(read.error.kind);
  return waits ? refuse(refusal('SCAN_UNREADABLE', detail)) : read;
};

/**
 * Images and the pages of a PDF without usable text are recognised, with W_OCR and a confidence for each such page; every
 * other file is read by `extract`. Refuses as the readers do, and with SCAN_UNREADABLE where no page could be read well
 * enough. Throws where the recogniser fails.
 */
export const extractScan = async (
  bytes: Uint8Array,
  fileName: string,
  recogniser: LineRecogniser,
): Promise<Reading> => {
  if (bytes.length > LIMITS.fileBytes)
    return refuse(refusal('TOO_LARGE', megabytes(LIMITS.fileBytes)));
  const sniffed = sniff(bytes);
  if (!sniffed.ok) return sniffed;
  const { format, detail } = sniffed.value;
  if (format !== 'image' && format !== 'pdf')
    return withoutWaiting(await extract(bytes, fileName), detail);
  const read = await guarded(() =>
    format === 'pdf' ? readScannedPdf(bytes, recogniser) : readImage(bytes, detail, recogniser),
  );
  return read.ok ? finished(read.value, fileName) : read;
};
