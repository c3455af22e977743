/** Shows a docx as plain html for the eye of a reviewer; the text that counts is the one of `readDocx`. */
import mammoth from 'mammoth';
import type { Refusal } from '../../domain/refusal.ts';
import { refusal } from '../../domain/refusal.ts';
import { accept, type Result, refuse } from '../../domain/result.ts';
import { readXml, XML_CAPS, type XmlCaps } from '../xml-pass.ts';
import { openZip, ZIP_CAPS, type ZipCaps, type ZipParts } from '../zip-parts.ts';
import { DOCX_NAMESPACES } from './namespaces.ts';
import { plainHtml } from './plain-html.ts';

/** Tighter than for reading: mammoth builds whole trees and recurses. */
export const PREVIEW_ZIP_CAPS: ZipCaps = {
  ...ZIP_CAPS,
  entries: 2_000,
  partBytes: 8 * 2 ** 20,
};
export const PREVIEW_XML_CAPS: XmlCaps = { ...XML_CAPS, depth: 128, elements: 100_000 };

const LEAST = '<'.charCodeAt(0);
const BLANKS = new Set([0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf, 0xfe, 0xff, 0x00]);

const looksLikeXml = (piece: Uint8Array): boolean =>
  piece.find((byte) => !BLANKS.has(byte)) === LEAST;

/** mammoth follows relationships to parts of any name: whatever could be XML is measured before. */
const measure = (zip: ZipParts): Refusal | null => {
  for (const { name } of zip.entries) {
    if (name.endsWith('/')) continue;
    let isXml: boolean | null = null;
    const whole = zip.stream(name, (piece) => {
      isXml ??= looksLikeXml(piece);
      return null;
    });
    if (!whole.ok) return whole.error;
    if (isXml !== true) continue;
    const read = readXml(zip, name, {
      namespaces: DOCX_NAMESPACES,
      handler: { open: () => undefined },
      caps: PREVIEW_XML_CAPS,
    });
    if (!read.ok) return read.error;
  }
  return null;
};

/** No picture is taken out of the package. */
const noPictures = mammoth.images.imgElement(() => Promise.resolve({ src: '' }));

const converted = async (bytes: Uint8Array): Promise<string | null> => {
  try {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const { value } = await mammoth.convertToHtml(
      { buffer },
      { convertImage: noPictures, externalFileAccess: false },
    );
    return value;
  } catch {
    return null;
  }
};

/**
 * Html of paragraphs, headings, lists and tables with no links, pictures, scripts, ids or styles. Refuses over bounds
 * tighter than those of `readDocx`, and with DAMAGED where mammoth cannot read the file.
 */
export const previewDocx = async (bytes: Uint8Array): Promise<Result<string, Refusal>> => {
  const zip = openZip(bytes, PREVIEW_ZIP_CAPS);
  if (!zip.ok) return zip;
  const stop = measure(zip.value);
  if (stop !== null) return refuse(stop);
  const html = await converted(bytes);
  return html === null ? refuse(refusal('DAMAGED', 'docx')) : accept(plainHtml(html));
};
