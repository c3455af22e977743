/** Reads a file as `extract` does, and what stands there as a picture too. */

import { megabytes } from '../domain/limits.ts';
import { NO_USABLE_TEXT, type Refusal, refusal } from '../domain/refusal.ts';
import type { Result } from '../domain/result.ts';
import { refuse } from '../domain/result.ts';
import { type CanonicalText, type Format, isMostlyPictures } from '../domain/text.ts';
import { extract, finished, nameOf } from './extract.ts';
import { LIMITS } from './limits.ts';
import { joinTexts } from './scan/join-texts.ts';
import { readImage, readPackage, readScannedPdf } from './scan/read-scans.ts';
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

/** Office files that are zips of parts, pictures among them. */
const PACKAGES: ReadonlySet<Format> = new Set(['docx', 'odt', 'pptx', 'ofd']);

interface Kind {
  readonly format: Format;
  readonly detail: string;
}

/** An office file is read by `extract`, and where it is mostly pictures these are read after what it says itself. */
const readOffice = async (
  file: { readonly bytes: Uint8Array; readonly fileName: string },
  { format, detail }: Kind,
  recogniser: LineRecogniser,
): Promise<Reading> => {
  const { bytes, fileName } = file;
  const own = await extract(bytes, fileName);
  const waits = own.ok ? isMostlyPictures(own.value) : NO_USABLE_TEXT.has(own.error.kind);
  if (!waits) return own;
  const unread = own.ok ? own : refuse(refusal('SCAN_UNREADABLE', detail));
  if (!PACKAGES.has(format)) return unread;
  const shown = await guarded(() => readPackage(bytes, { kind: detail, format }, recogniser));
  if (!shown.ok) return unread;
  return finished(own.ok ? joinTexts(own.value, shown.value) : shown.value, fileName);
};

/**
 * Images, the pages of a PDF without usable text and the pictures of an office file that is mostly pictures are
 * recognised, with W_OCR and a confidence for each such page; every other file is read by `extract`. Refuses as the readers do, and with SCAN_UNREADABLE where no page could be read well
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
    return readOffice({ bytes, fileName }, { format, detail }, recogniser);
  const read = await guarded(() =>
    format === 'pdf' ? readScannedPdf(bytes, recogniser) : readImage(bytes, detail, recogniser),
  );
  return read.ok ? finished(read.value, fileName) : read;
};
