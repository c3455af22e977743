/** Reads the title that a Word file states of itself in its summary (MS-OLEPS); names of authors are left where they are. */
import { charsetOfLabel } from '../charset.ts';
import { longAt, wordAt } from './sprms.ts';

const SECTION_AT = 44;
const CODE_PAGE = 1;
const TITLE = 2;
const NARROW = 0x1e;
const WIDE = 0x1f;
const UTF_8 = 65_001;
const UNICODE = 1200;
const LONGEST = 2_000;
const MOST_PROPERTIES = 256;

const decoderOf = (codePage: number): InstanceType<typeof TextDecoder> => {
  if (codePage === UTF_8) return new TextDecoder('utf-8');
  if (codePage === UNICODE) return new TextDecoder('utf-16le');
  return new TextDecoder(charsetOfLabel(`cp${codePage}`) ?? 'windows-1252');
};

/** Where each property of the first section stands. */
const places = (stream: Uint8Array, section: number): Map<number, number> => {
  const found = new Map<number, number>();
  const count = Math.min(MOST_PROPERTIES, longAt(stream, section + 4));
  for (let at = 0; at < count; at += 1) {
    const entry = section + 8 + at * 8;
    found.set(longAt(stream, entry), section + longAt(stream, entry + 4));
  }
  return found;
};

/** "" where there is none. */
export const summaryTitle = (stream: Uint8Array): string => {
  const at = places(stream, longAt(stream, SECTION_AT));
  const title = at.get(TITLE);
  if (title === undefined) return '';
  const kind = wordAt(stream, title);
  if (kind !== NARROW && kind !== WIDE) return '';
  const length = longAt(stream, title + 4) * (kind === WIDE ? 2 : 1);
  const bytes = stream.subarray(title + 8, title + 8 + Math.min(length, LONGEST));
  const codePage = wordAt(stream, (at.get(CODE_PAGE) ?? stream.length) + 4);
  const decoder = decoderOf(kind === WIDE ? UNICODE : codePage);
  return decoder.decode(bytes).split('\u0000')[0]?.trim() ?? '';
};
