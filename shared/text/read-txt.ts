/** Reads plain text into canonical text: a paragraph a line, numbered headings, and tables laid out with tabs. */
import type { Refusal } from '../domain/refusal.ts';
import { refusal } from '../domain/refusal.ts';
import type { Result } from '../domain/result.ts';
import { accept, refuse } from '../domain/result.ts';
import type { CanonicalText } from '../domain/text.ts';
import { type CanonicalBuilder, canonicalBuilder } from './canonical.ts';
import { decodeText } from './charset.ts';
import { LIMITS } from './limits.ts';
import {
  endOfRun,
  endOfTabbed,
  type LineRun,
  tabLaidTable,
  tabSeparatedTable,
} from './text-tables.ts';

/** No character set spends more bytes than this on one UTF-16 code unit. */
const MOST_BYTES_A_CHARACTER = 4;
const LONGEST_HEADING = 40;

const HEADINGS: readonly (readonly [number, RegExp])[] = [
  [1, /^[一二三四五六七八九十]{1,3}、/u],
  [2, /^[（(][一二三四五六七八九十]{1,3}[）)]/u],
];

const addLine = (builder: CanonicalBuilder, raw: string): void => {
  const line = raw.trim();
  const isShort = line.length <= LONGEST_HEADING && !/[。；，：;,:]$/u.test(line);
  const level = isShort ? HEADINGS.find(([, pattern]) => pattern.test(line))?.[0] : undefined;
  if (level === undefined) builder.paragraph(line);
  else builder.heading(line, level);
};

type FindTable = (lines: readonly string[], from: number) => LineRun | null;

/** Asks once for each run of lines whether it is a table: a run that is none is not asked again line by line. */
const askOnce = (find: FindTable, endOf: (lines: readonly string[], from: number) => number) => {
  let answeredBefore = 0;
  return (lines: readonly string[], from: number): LineRun | null => {
    if (from < answeredBefore) return null;
    const table = find(lines, from);
    if (table === null) answeredBefore = endOf(lines, from);
    return table;
  };
};

const addLines = (builder: CanonicalBuilder, lines: readonly string[]): void => {
  const tabLaid = askOnce(tabLaidTable, endOfTabbed);
  const tabSeparated = askOnce(tabSeparatedTable, endOfRun);
  let at = 0;
  while (at < lines.length) {
    const line = lines[at] ?? '';
    const table = line.includes('\t') ? (tabLaid(lines, at) ?? tabSeparated(lines, at)) : null;
    if (table === null) addLine(builder, line);
    else builder.table(table.cells);
    at = table?.to ?? at + 1;
  }
};

const tooLong = (): Refusal =>
  refusal(
    'TEXT_TOO_LONG',
    `${LIMITS.textCharacters / 10_000} 万字 / ${LIMITS.textCharacters} characters`,
  );

/** Refuses with TEXT_TOO_LONG, UNKNOWN_CHARSET, BROKEN_UNICODE, or NO_TEXT where nothing but blanks is left. */
export const readTxt = async (bytes: Uint8Array): Promise<Result<CanonicalText, Refusal>> => {
  if (bytes.length > LIMITS.textCharacters * MOST_BYTES_A_CHARACTER) return refuse(tooLong());
  const decoded = decodeText(bytes);
  if (!decoded.ok) return decoded;
  const { text, charset, replaced } = decoded.value;
  if (text.length > LIMITS.textCharacters) return refuse(tooLong());
  const builder = canonicalBuilder();
  builder.metadata('charset', charset);
  if (replaced > 0) builder.warn('W_REPLACED_CHARACTERS', String(replaced));
  addLines(builder, text.split(/\r\n|[\n\r\u000b\u000c\u0085\u2028\u2029]/u));
  return builder.length() === 0 ? refuse(refusal('NO_TEXT')) : accept(builder.build('txt'));
};
