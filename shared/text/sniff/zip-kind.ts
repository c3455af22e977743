/** Tells office documents, OFD and plain archives apart by the names in a zip directory, without unpacking anything. */
import type { Refusal } from '../../domain/refusal.ts';
import type { Result } from '../../domain/result.ts';
import { accept } from '../../domain/result.ts';
import { LIMITS } from '../limits.ts';
import { readZipDirectory, type ZipEntry } from '../zip-directory.ts';
import type { Kind } from './text-kind.ts';

const LOCAL_HEADER_BYTES = 30;
const LONGEST_MIMETYPE = 100;

/** What the uncompressed entry `mimetype` of an OpenDocument file says; "" without one. */
const mimetypeOf = (bytes: Uint8Array, entries: readonly ZipEntry[]): string => {
  const entry = entries.find(({ name }) => name === 'mimetype');
  if (entry === undefined || entry.method !== 0 || entry.packedBytes > LONGEST_MIMETYPE) return '';
  const header = bytes.subarray(entry.headerAt, entry.headerAt + LOCAL_HEADER_BYTES);
  if (header.length < LOCAL_HEADER_BYTES) return '';
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  const names = view.getUint16(26, true) + view.getUint16(28, true);
  const from = entry.headerAt + LOCAL_HEADER_BYTES + names;
  return new TextDecoder('latin1').decode(bytes.subarray(from, from + entry.packedBytes)).trim();
};

const ZIP_KINDS: readonly (readonly [Kind, (name: string) => boolean])[] = [
  [{ format: 'ofd', detail: 'OFD (.ofd)' }, (name) => name.toLowerCase() === 'ofd.xml'],
  [
    { format: 'docx', detail: 'Word (.docx)' },
    (name) => /^word\/document\d{0,3}\.xml$/iu.test(name),
  ],
  [
    { format: 'xlsx', detail: 'Excel (.xlsx)' },
    (name) => /^xl\/workbook\.(?:xml|bin)$/iu.test(name),
  ],
  [{ format: 'pptx', detail: 'PowerPoint (.pptx)' }, (name) => name === 'ppt/presentation.xml'],
];

const OPEN_DOCUMENT: readonly (readonly [string, Kind])[] = [
  ['application/vnd.oasis.opendocument.text', { format: 'odt', detail: 'OpenDocument (.odt)' }],
  [
    'application/vnd.oasis.opendocument.spreadsheet',
    { format: 'ods', detail: 'OpenDocument (.ods)' },
  ],
  [
    'application/vnd.oasis.opendocument.presentation',
    { format: 'odt', detail: 'OpenDocument (.odp)' },
  ],
  ['application/vnd.oasis.opendocument.graphics', { format: 'odt', detail: 'OpenDocument (.odg)' }],
];

/** A careless packer compresses or drops the entry that names the kind. */
const isOpenDocument = (mimetype: string, names: readonly string[]): boolean =>
  mimetype === '' && names.includes('content.xml') && names.includes('META-INF/manifest.xml');

/** Office may keep the main part under another name: its folder together with the content types still tells. */
const byFolder = (names: readonly string[]): Kind | null => {
  if (!names.includes('[Content_Types].xml')) return null;
  if (names.some((name) => /^word\/.{1,200}\.xml$/iu.test(name)))
    return { format: 'docx', detail: 'Word (.docx)' };
  return names.some((name) => /^xl\/.{1,200}\.xml$/iu.test(name))
    ? { format: 'xlsx', detail: 'Excel (.xlsx)' }
    : null;
};

/** Refuses with DAMAGED where the directory is not whole, with ARCHIVE_LIMIT over the number of entries. */
export const sniffZip = (bytes: Uint8Array): Result<Kind, Refusal> => {
  const entries = readZipDirectory(bytes, LIMITS.zipEntries);
  if (!entries.ok) return entries;
  const names = entries.value.map(({ name }) => name);
  const mimetype = mimetypeOf(bytes, entries.value);
  if (isOpenDocument(mimetype, names))
    return accept({ format: 'odt', detail: 'OpenDocument (.odt)' });
  const open = OPEN_DOCUMENT.find(([type]) => mimetype.startsWith(type))?.[1];
  const inside = ZIP_KINDS.find(([, isMain]) => names.some(isMain))?.[0];
  return accept(open ?? inside ?? byFolder(names) ?? { format: 'zip', detail: 'ZIP (.zip)' });
};
