/** Lays out tables for terminals: Chinese counts two columns, cells wrap in full, nothing is ever cut. */
import Table from 'cli-table3';

/** What a column holds: prose breaks anywhere, codes break at blanks only. */
export interface Column {
  readonly head: string;
  readonly kind: 'prose' | 'codes';
  /** Share of the room that prose columns divide among themselves; columns narrower than theirs give the rest back. */
  readonly share?: number;
}

/** Columns of a terminal that does not say how wide it is. */
export const DEFAULT_WIDTH = 160;
const MIN_WIDTH = 80;
const MIN_PROSE = 8;

const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u;

const characterWidth = (character: string): number =>
  character.length > 1 || WIDE.test(character) ? 2 : 1;

/** Terminal columns that a line takes; never less than a terminal gives it. */
export const displayWidth = (line: string): number => {
  let width = 0;
  for (const character of line) width += characterWidth(character);
  return width;
};

/** Commands to the terminal and marks that turn the direction of writing have no business in a name or quote. */
const plain = (text: string): string =>
  text.replace(/[\u202a-\u202e\u2066-\u2069]/gu, '').replace(/[^\S\n]|(?!\n)\p{Cc}/gu, ' ');

/** Punctuation that must not begin a line. */
const CLOSING = '，。、；：？！）》〉」』】〕”’…';

const breakAnywhere = (line: string, width: number): string[] => {
  const lines: string[] = [];
  let open = '';
  let used = 0;
  for (const character of line) {
    const next = characterWidth(character);
    if (used + next > width && open !== '') {
      const [kept, carried] = carry(open, character);
      lines.push(kept);
      open = carried;
      used = displayWidth(carried);
    }
    open += character;
    used += next;
  }
  return [...lines, open];
};

/** A closing mark takes the character before it along to the next line. */
const carry = (open: string, next: string): [string, string] => {
  if (!CLOSING.includes(next)) return [open, ''];
  const characters = [...open];
  const last = characters.pop() ?? '';
  return characters.length < 2 || CLOSING.includes(last) ? [open, ''] : [characters.join(''), last];
};

const breakAtBlanks = (line: string, width: number): string[] => {
  const lines: string[] = [];
  for (const word of line.split(' ')) {
    const open = lines.at(-1);
    const longer = open === undefined ? word : `${open} ${word}`;
    if (open === undefined || displayWidth(longer) > width) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
};

const wrap = (text: string, { kind }: Column, width: number): string =>
  plain(text)
    .split('\n')
    .flatMap((line) =>
      kind === 'prose' ? breakAnywhere(line.trim(), width) : breakAtBlanks(line.trim(), width),
    )
    .join('\n');

const longest = (pieces: readonly string[]): number =>
  pieces.reduce((most, piece) => Math.max(most, displayWidth(piece)), 0);

const wantedWidth = ({ head, kind }: Column, cells: readonly string[]): number =>
  longest([head, ...cells].flatMap((cell) => plain(cell).split(kind === 'codes' ? /\s/u : '\n')));

const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);

interface Prose {
  readonly at: number;
  readonly share: number;
  readonly wanted: number;
}

/** Columns that want less than their share give the rest to the others. */
const proseWidths = (columns: readonly Prose[], room: number): [number, number][] => {
  if (columns.length === 0) return [];
  const shares = sum(columns.map(({ share }) => share));
  const fair = ({ share }: Prose): number =>
    Math.max(MIN_PROSE, Math.floor((room * share) / shares));
  const content = columns.filter((column) => column.wanted <= fair(column));
  if (content.length === 0) return columns.map((column) => [column.at, fair(column)]);
  const left = room - sum(content.map(({ wanted }) => wanted));
  const others = columns.filter((column) => !content.includes(column));
  return [
    ...content.map(({ at, wanted }): [number, number] => [at, wanted]),
    ...proseWidths(others, left),
  ];
};

/** Codes take what their longest word needs, prose shares the rest. */
const columnWidths = (
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  room: number,
): number[] => {
  const wanted = columns.map((column, at) =>
    wantedWidth(
      column,
      rows.map((row) => row[at] ?? ''),
    ),
  );
  const left = room - sum(wanted.filter((_, at) => columns[at]?.kind === 'codes'));
  const prose = columns.flatMap(({ kind, share = 1 }, at) =>
    kind === 'prose' ? [{ at, share, wanted: wanted[at] ?? 0 }] : [],
  );
  const widths = new Map(proseWidths(prose, left));
  return columns.map((_, at) => widths.get(at) ?? wanted[at] ?? 0);
};

/** The table at `width` columns, 80 at least; wider only where the codes alone need more. */
export const terminalTable = (
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number = DEFAULT_WIDTH,
): string => {
  const borders = columns.length * 3 + 1;
  const widths = columnWidths(columns, rows, Math.max(MIN_WIDTH, width) - borders);
  const table = new Table({
    head: columns.map(({ head }) => head),
    style: { head: [], border: [] },
  });
  for (const row of rows)
    table.push(columns.map((column, at) => wrap(row[at] ?? '', column, widths[at] ?? MIN_PROSE)));
  return table.toString();
};
