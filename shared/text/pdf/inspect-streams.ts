/** Looks through the compressed streams of a PDF before it is opened, and refuses those that swell beyond the limits. */

import { megabytes } from '../../domain/limits.ts';
import { type Refusal, refusal } from '../../domain/refusal.ts';
import { accept, type Result, refuse } from '../../domain/result.ts';
import {
  base85Decoded,
  type Decoded,
  hexDecoded,
  inflated,
  looksDeflated,
  lzwDecoded,
  runLengthDecoded,
} from './decoded-length.ts';

export interface StreamReport {
  /** Compressed streams, pictures aside, that break off or are wrong: text may be missing. */
  readonly damaged: number;
}

/** Fonts for Chinese reach 30 MB; drawing operators of a page seldom 5. */
const FONT_BYTES = 64 * 2 ** 20;
const OTHER_BYTES = 16 * 2 ** 20;
const ALL_BYTES = 512 * 2 ** 20;
const MOST_STREAMS = 200_000;
/** A reader keeps a note of each listed object; a document of a thousand pages has some 50,000. */
const MOST_OBJECTS = 1_000_000;
const DICTIONARY_BYTES = 4_096;
const MOST_FILTERS = 6;

interface FoundStream {
  readonly dictionary: string;
  readonly bytes: Uint8Array;
}

/** Names may be written with #-codes; here they are read plainly. */
const plainNames = (dictionary: string): string =>
  dictionary.replace(/#([0-9A-Fa-f]{2})/gu, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );

/** Where the data of the stream keyword at `at` begin. */
const dataStart = (file: Buffer, at: number): number => {
  const start = at + 6 + (file[at + 6] === 0x0d ? 1 : 0);
  return start + (file[start] === 0x0a ? 1 : 0);
};

const isOpening = (file: Buffer, at: number): boolean =>
  file.toString('latin1', Math.max(0, at - 3), at) !== 'end';

function* streamsOf(file: Buffer): Generator<FoundStream> {
  let ended = 0;
  let at = file.indexOf('stream');
  for (let count = 0; at !== -1 && count < MOST_STREAMS; count += 1) {
    let next = at + 6;
    if (isOpening(file, at)) {
      const found = file.indexOf('endstream', at + 6);
      const end = found === -1 ? file.length : found;
      const before = file.toString('latin1', Math.max(ended, at - DICTIONARY_BYTES), at);
      yield {
        dictionary: plainNames(before.slice(Math.max(0, before.lastIndexOf(' obj')))),
        bytes: file.subarray(dataStart(file, at), end),
      };
      next = end + 9;
      ended = end;
    }
    at = file.indexOf('stream', next);
  }
}

const FILTERS =
  /\/(?:FlateDecode|Fl|LZWDecode|LZW|RunLengthDecode|RL|ASCIIHexDecode|AHx|ASCII85Decode|A85)\b/gu;

const decodeOnce = (filter: string, bytes: Uint8Array, limit: number): Decoded => {
  switch (filter) {
    case '/LZWDecode':
    case '/LZW':
      return lzwDecoded(bytes, limit);
    case '/RunLengthDecode':
    case '/RL':
      return runLengthDecoded(bytes, limit);
    case '/ASCIIHexDecode':
    case '/AHx':
      return { kind: 'plain', bytes: hexDecoded(bytes) };
    case '/ASCII85Decode':
    case '/A85':
      return base85Decoded(bytes, limit);
    default:
      return inflated(bytes, limit);
  }
};

/** Decodes filter after filter; a stream that says nothing of a filter but looks deflated is tried as well. */
const decodedLength = ({ dictionary, bytes }: FoundStream, limit: number): Decoded => {
  const named = (dictionary.match(FILTERS) ?? []).slice(0, MOST_FILTERS);
  let current = bytes;
  for (const filter of named.length === 0 && looksDeflated(bytes) ? ['/Fl'] : named) {
    const deflated = filter === '/FlateDecode' || filter === '/Fl';
    if (deflated && !looksDeflated(current)) return { kind: 'damaged' };
    const decoded = decodeOnce(filter, current, limit);
    if (decoded.kind !== 'plain') return decoded;
    current = decoded.bytes;
  }
  return { kind: 'length', length: current.length };
};

const isPicture = (dictionary: string): boolean => /\/Subtype\s*\/Image\b/u.test(dictionary);
const isFont = (dictionary: string): boolean =>
  /\/Length1\b|\/Subtype\s*\/(?:CIDFontType0C|Type1C|OpenType)\b/u.test(dictionary);

/** ISO 32000 7.5.8: a stream that lists objects, each in so many bytes as /W adds up to. */
const isObjectList = (dictionary: string): boolean => /\/Type\s*\/XRef\b/u.test(dictionary);

/** Bytes of one listed object; null where they are not three whole numbers, or nothing: no list has an end then. */
const listedBytes = (dictionary: string): number | null => {
  const widths = /\/W\s*\[\s*(\d{1,2})\s+(\d{1,2})\s+(\d{1,2})\s*\]/u.exec(dictionary)?.slice(1);
  const sum = widths?.reduce((all, width) => all + Number(width), 0) ?? 0;
  return sum > 0 ? sum : null;
};

const tooManyObjects = ({ dictionary, bytes }: FoundStream): boolean => {
  if (!isObjectList(dictionary)) return false;
  const each = listedBytes(dictionary);
  if (each === null) return true;
  const decoded = decodedLength({ dictionary, bytes }, MOST_OBJECTS * each);
  return (
    decoded.kind === 'over' || (decoded.kind === 'length' && decoded.length > MOST_OBJECTS * each)
  );
};

function* decodedStreams(
  file: Buffer,
): Generator<(Decoded | { readonly kind: 'listing' }) & { limit: number }> {
  for (const stream of streamsOf(file)) {
    if (isPicture(stream.dictionary)) continue;
    if (tooManyObjects(stream)) {
      yield { kind: 'listing', limit: MOST_OBJECTS };
      continue;
    }
    const limit = isFont(stream.dictionary) ? FONT_BYTES : OTHER_BYTES;
    yield { ...decodedLength(stream, limit), limit };
  }
}

/**
 * Refuses with STRUCTURE_LIMIT where a list of objects has no end or more than a million of them, with ARCHIVE_LIMIT where one stream or all together become too long. Pictures are passed over: they are
 * never decoded. Streams of an encrypted file cannot be looked into.
 */
export const inspectStreams = (bytes: Uint8Array): Result<StreamReport, Refusal> => {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  let [all, damaged] = [0, 0];
  for (const decoded of decodedStreams(file)) {
    if (decoded.kind === 'over') return refuse(refusal('ARCHIVE_LIMIT', megabytes(decoded.limit)));
    if (decoded.kind === 'listing')
      return refuse(refusal('STRUCTURE_LIMIT', `> ${MOST_OBJECTS} PDF objects`));
    if (decoded.kind === 'damaged') damaged += 1;
    if (decoded.kind === 'length') all += decoded.length;
    if (all > ALL_BYTES) return refuse(refusal('ARCHIVE_LIMIT', megabytes(ALL_BYTES)));
  }
  return accept({ damaged: file.includes('/Encrypt') ? 0 : damaged });
};
