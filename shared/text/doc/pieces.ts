/** Puts the text of a Word file together from its pieces (MS-DOC 2.4.1): edited files keep it in the order of typing. */
import { type Refusal, refusal } from '../../domain/refusal.ts';
import { accept, type Result, refuse } from '../../domain/result.ts';
import { LIMITS } from '../limits.ts';
import type { Fib, Range } from './fib.ts';
import { longAt, shortSprm, wordAt } from './sprms.ts';

/** Characters `from` to before `to` stand at byte `at` of the main stream, `width` bytes each. */
export interface Piece extends Range {
  readonly at: number;
  readonly width: 1 | 2;
  /** What changes all of it, on top of its own properties. */
  readonly change: Uint8Array;
}

export interface PieceText {
  /** The character at position p is `text[p]`; of an old 8-bit file each byte is one. */
  readonly text: string;
  readonly pieces: readonly Piece[];
}

const COMPRESSED = 0x40000000;
const CHANGES = 1;
const TABLE = 2;
const NONE = new Uint8Array(0);
/** Deleted text and field codes count here and not in what is read. */
const MOST_CHARACTERS = LIMITS.textCharacters * 2;
const latin = new TextDecoder('windows-1252');

interface Clx {
  readonly changes: readonly Uint8Array[];
  readonly table: Uint8Array;
}

const readClx = (clx: Uint8Array): Clx | null => {
  const changes: Uint8Array[] = [];
  let at = 0;
  while (clx[at] === CHANGES) {
    const length = wordAt(clx, at + 1);
    changes.push(clx.subarray(at + 3, at + 3 + length));
    at += 3 + length;
  }
  const length = longAt(clx, at + 1);
  return clx[at] === TABLE && at + 5 + length <= clx.length
    ? { changes, table: clx.subarray(at + 5, at + 5 + length) }
    : null;
};

const changeOf = (modifier: number, changes: readonly Uint8Array[]): Uint8Array => {
  if (modifier === 0) return NONE;
  return (modifier & 1) === 1
    ? (changes[modifier >> 1] ?? NONE)
    : shortSprm((modifier >> 1) & 0x7f, modifier >> 8);
};

const piecesOf = ({ changes, table }: Clx, { old, wide }: Fib): Piece[] => {
  const count = Math.max(0, Math.floor((table.length - 4) / 12));
  return Array.from({ length: count }, (_, at) => {
    const entry = (count + 1) * 4 + at * 8;
    const place = longAt(table, entry + 2);
    const isNarrow = old ? !wide : (place & COMPRESSED) !== 0;
    return {
      from: longAt(table, at * 4),
      to: longAt(table, at * 4 + 4),
      at: old || !isNarrow ? place & 0x3fffffff : (place & 0x3fffffff) >> 1,
      width: isNarrow ? 1 : 2,
      change: changeOf(wordAt(table, entry + 6), changes),
    };
  });
};

const decode = (main: Uint8Array, { from, to, at, width }: Piece, old: boolean): string | null => {
  const end = at + (to - from) * width;
  if (end > main.length) return null;
  const bytes = main.subarray(at, end);
  if (width === 1 && !old) return latin.decode(bytes);
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return buffer.toString(width === 2 ? 'utf16le' : 'latin1');
};

const isInOrder = (pieces: readonly Piece[]): boolean =>
  pieces.every(({ from, to }, at) => from <= to && from === (pieces[at - 1]?.to ?? 0));

/** A file that was never edited has no table: its text stands in one stretch. */
const wholeText = (main: Uint8Array, fib: Fib): Piece[] => {
  const to = Object.values(fib.stories).reduce((most, story) => Math.max(most, story.to), 0);
  const piece: Piece = { from: 0, to, at: fib.textAt, width: fib.wide ? 2 : 1, change: NONE };
  return piece.at + piece.to * piece.width <= main.length ? [piece] : [];
};

/** Refuses with DAMAGED where pieces overlap, leave gaps or lie outside of the file, with TEXT_TOO_LONG over the bound. */
export const readPieces = (
  main: Uint8Array,
  clxBytes: Uint8Array,
  fib: Fib,
): Result<PieceText, Refusal> => {
  const clx = clxBytes.length === 0 && fib.old ? null : readClx(clxBytes);
  if (clx === null && !fib.old) return refuse(refusal('DAMAGED', 'piece table'));
  const pieces = clx === null ? wholeText(main, fib) : piecesOf(clx, fib);
  const end = pieces.at(-1)?.to ?? 0;
  if (end > MOST_CHARACTERS)
    return refuse(refusal('TEXT_TOO_LONG', `${LIMITS.textCharacters} characters`));
  if (pieces.length === 0 || !isInOrder(pieces)) return refuse(refusal('DAMAGED', 'piece table'));
  const parts = pieces.map((piece) => decode(main, piece, fib.old));
  if (parts.includes(null)) return refuse(refusal('DAMAGED', 'text'));
  return accept({ text: parts.join(''), pieces });
};
