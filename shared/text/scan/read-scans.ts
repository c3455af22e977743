/** Reads files whose text is in pictures: image files whole, and of a PDF the pages that have no usable text. */
import { type Refusal, refusal } from '../../domain/refusal.ts';
import { accept, type Result, refuse } from '../../domain/result.ts';
import type { CanonicalText, Format } from '../../domain/text.ts';
import { readPdf } from '../read-pdf.ts';
import { imagePictures } from './pictures/image-pictures.ts';
import { packagePictures } from './pictures/package-pictures.ts';
import { pdfPictures } from './pictures/pdf-pictures.ts';
import type { PictureSource } from './pictures/picture-source.ts';
import type { LineRecogniser } from './recognise-lines.ts';
import { type ScannedPage, scanPages } from './scan-pages.ts';
import { scannedText } from './scanned-text.ts';

const refusalFor = (pages: ReadonlyMap<number, ScannedPage>, kind: string): Refusal | null => {
  const all = [...pages.values()];
  if (all.some((page) => page.kind === 'read')) return null;
  const unread = all.filter((page) => page.kind === 'unread');
  if (unread.length === 0) return refusal('NO_TEXT');
  const [first] = unread;
  const why = unread.length === 1 ? (first?.why ?? null) : null;
  return why === null ? refusal('SCAN_UNREADABLE', kind) : refusal(why, kind);
};

/**
 * `kind` of image as its signature tells. Refuses with FORMAT_NOT_YET_READ, DAMAGED, TOO_LARGE, TOO_MANY_PAGES, TIME_LIMIT;
 * with NO_TEXT where all pages are blank and SCAN_UNREADABLE where none could be read well enough.
 */
export const readImage = async (
  bytes: Uint8Array,
  kind: string,
  recogniser: LineRecogniser,
): Promise<Result<CanonicalText, Refusal>> => {
  const source = await imagePictures(bytes, kind);
  return source.ok ? readPictures(source.value, { kind, format: 'image' }, recogniser) : source;
};

/** As `readImage`, for the pictures that an office file consists of. */
export const readPackage = async (
  bytes: Uint8Array,
  file: { readonly kind: string; readonly format: Format },
  recogniser: LineRecogniser,
): Promise<Result<CanonicalText, Refusal>> => {
  const source = packagePictures(bytes);
  return source.ok ? readPictures(source.value, file, recogniser) : source;
};

const readPictures = async (
  source: PictureSource,
  { kind, format }: { readonly kind: string; readonly format: Format },
  recogniser: LineRecogniser,
): Promise<Result<CanonicalText, Refusal>> => {
  try {
    const count = source.pageCount;
    if (count === 0) return refuse(refusal('NO_PAGES'));
    const numbers = Array.from({ length: count }, (_, index) => index + 1);
    const pages = await scanPages(source, numbers, recogniser);
    if (!pages.ok) return pages;
    const no = refusalFor(pages.value, kind);
    return no === null ? accept(scannedText(pages.value, format)) : refuse(no);
  } finally {
    source.close();
  }
};

/** As `readPdf`, with its pages without usable text read as pictures. Refuses with SCAN_UNREADABLE in place of NO_TEXT_LAYER and GARBLED_TEXT. */
export const readScannedPdf = async (
  bytes: Uint8Array,
  recogniser: LineRecogniser,
): Promise<Result<CanonicalText, Refusal>> => {
  const read = await readPdf(bytes, async (whole, numbers) => {
    const source = await pdfPictures(whole);
    if (!source.ok) return source;
    try {
      return await scanPages(source.value, numbers, recogniser);
    } finally {
      source.value.close();
    }
  });
  if (read.ok || (read.error.kind !== 'NO_TEXT_LAYER' && read.error.kind !== 'GARBLED_TEXT'))
    return read;
  return refuse(refusal('SCAN_UNREADABLE', 'PDF'));
};
