/** Finds out what a file is by its bytes and, for containers, by what is inside; its name is never asked. */
import type { Refusal } from '../domain/refusal.ts';
import { refusal } from '../domain/refusal.ts';
import type { Result } from '../domain/result.ts';
import { accept, refuse } from '../domain/result.ts';
import type { Format } from '../domain/text.ts';
import { OLE_SIGNATURE, openOle } from './ole-file.ts';
import { type Kind, sniffText } from './sniff/text-kind.ts';
import { sniffZip } from './sniff/zip-kind.ts';

/** `detail` names the format as an officer knows it: Word 97-2003 (.doc). */
export type Sniffed = Result<{ format: Format; detail: string }, Refusal>;

const startsWith = (bytes: Uint8Array, signature: readonly number[], from = 0): boolean =>
  signature.every((byte, index) => bytes[from + index] === byte);

const ascii = (text: string): number[] => [...text].map((character) => character.charCodeAt(0));

const OLE_KINDS: readonly (readonly [string, Kind])[] = [
  ['WordDocument', { format: 'doc', detail: 'Word 97-2003 (.doc)' }],
  ['Workbook', { format: 'xls', detail: 'Excel 97-2003 (.xls)' }],
  ['Book', { format: 'xls', detail: 'Excel 5.0/95 (.xls)' }],
  ['PowerPoint Document', { format: 'ppt', detail: 'PowerPoint 97-2003 (.ppt)' }],
  // Works wrote .wps too; those of WPS Office hold a WordDocument.
  ['MatOST', { format: 'wps', detail: 'Microsoft Works (.wps)' }],
  ['__properties_version1.0', { format: 'msg', detail: 'Outlook (.msg)' }],
];

/** MS-DOC 2.5.2: bit 8 of the flags at offset 10 says that the text is encrypted. */
const isEncryptedWord = (head: Uint8Array): boolean => ((head[11] ?? 0) & 0x01) !== 0;

const sniffOle = (bytes: Uint8Array): Sniffed => {
  const found = openOle(bytes);
  if (found === null) return refuse(refusal('DAMAGED', 'OLE directory'));
  if (found.names.has('EncryptedPackage')) return refuse(refusal('ENCRYPTED'));
  const kind = OLE_KINDS.find(([name]) => found.names.has(name))?.[1];
  if (kind === undefined) return refuse(refusal('UNKNOWN_FORMAT', 'OLE'));
  if (kind.format === 'doc' && isEncryptedWord(found.head('WordDocument')))
    return refuse(refusal('ENCRYPTED'));
  return accept(kind);
};

const image = (detail: string): Kind => ({ format: 'image', detail });

const SIGNATURES: readonly (readonly [readonly number[], Kind])[] = [
  [ascii('%PDF'), { format: 'pdf', detail: 'PDF (.pdf)' }],
  [ascii('{\\rtf'), { format: 'rtf', detail: 'RTF (.rtf)' }],
  [[0x89, ...ascii('PNG'), 13, 10, 26, 10], image('PNG')],
  [[0xff, 0xd8, 0xff], image('JPEG')],
  [ascii('GIF87a'), image('GIF')],
  [ascii('GIF89a'), image('GIF')],
  [[...ascii('II'), 42, 0], image('TIFF')],
  [[...ascii('MM'), 0, 42], image('TIFF')],
  [ascii('Rar!\u001a\u0007'), { format: 'rar', detail: 'RAR (.rar)' }],
  [[...ascii('7z'), 0xbc, 0xaf, 0x27, 0x1c], { format: '7z', detail: '7-Zip (.7z)' }],
  [[0x1f, 0x8b, 8], { format: 'gzip', detail: 'gzip (.gz)' }],
];

const isBitmap = (bytes: Uint8Array): boolean =>
  startsWith(bytes, ascii('BM')) && startsWith(bytes, [0, 0, 0, 0], 6) && bytes.length > 26;

const bySignature = (bytes: Uint8Array): Kind | null => {
  const known = SIGNATURES.find(([signature]) => startsWith(bytes, signature))?.[1];
  if (known !== undefined) return known;
  if (startsWith(bytes, ascii('RIFF')) && startsWith(bytes, ascii('WEBP'), 8)) return image('WebP');
  if (startsWith(bytes, ascii('ftyphei'), 4)) return image('HEIC');
  return isBitmap(bytes) ? image('BMP') : null;
};

const LEADING_JUNK = 1_024;

/** A mail gateway or a scanner may put up to 1 KB before the mark; a text that merely names it holds no objects. */
const isLatePdf = (bytes: Uint8Array): boolean => {
  const latin = new TextDecoder('latin1');
  const head = latin.decode(bytes.subarray(0, LEADING_JUNK + 8));
  const tail = latin.decode(bytes.subarray(-2_048));
  return /%PDF-\d\.\d/u.test(head) && /startxref|%%EOF/u.test(tail);
};

/**
 * Refuses with EMPTY_FILE, UNKNOWN_FORMAT, UNKNOWN_CHARSET, ENCRYPTED, ARCHIVE_LIMIT, or DAMAGED where a container
 * cannot be opened.
 */
export const sniff = (bytes: Uint8Array): Sniffed => {
  if (bytes.length === 0) return refuse(refusal('EMPTY_FILE'));
  if (startsWith(bytes, [...ascii('PK'), 3, 4]) || startsWith(bytes, [...ascii('PK'), 5, 6]))
    return sniffZip(bytes);
  if (startsWith(bytes, OLE_SIGNATURE)) return sniffOle(bytes);
  const known = bySignature(bytes);
  if (known !== null) return accept(known);
  if (isLatePdf(bytes)) return accept({ format: 'pdf', detail: 'PDF (.pdf)' });
  return sniffText(bytes);
};
