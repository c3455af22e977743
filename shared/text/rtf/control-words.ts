/** What the control words of RTF 1.9.1 do, as far as they bear on the text. */
import { outlineByName } from '../docx/styles.ts';
import { labelOfCodePage, type RtfFont } from './charsets.ts';
import { DESTINATIONS } from './destinations.ts';
import { GROUP_END, type RtfReader } from './reader.ts';
import {
  type Destination,
  type GroupState,
  newRow,
  type OpenRow,
  type RtfDocument,
  shapeOf,
  withCell,
} from './state.ts';

type Action = (reader: RtfReader, value: number | null) => void;

const isOn = (value: number | null): boolean => value !== 0;

const sign =
  (text: string): Action =>
  ({ emit }) =>
    emit(text);

const set =
  (change: (value: number | null) => Partial<GroupState>): Action =>
  ({ state }, value) => {
    Object.assign(state(), change(value));
  };

const setInDocument =
  (change: (value: number) => Partial<RtfDocument>): Action =>
  ({ document }, value) => {
    Object.assign(document, change(value ?? 0));
  };

/** Row properties; those of a table inside a cell are not looked at. */
const ofRow =
  (change: (row: OpenRow, value: number) => Partial<OpenRow> | undefined): Action =>
  ({ document: { row }, state }, value) => {
    if (!state().innerRow) Object.assign(row, change(row, value ?? 0));
  };

const endParagraph: Action = ({ document, state }) => {
  const { deleted, hidden, inTable, tableDepth, outline, style, flow } = state();
  if (deleted) {
    document.marks.tracked = true;
    return;
  }
  const isInTable = inTable || document.row.begun;
  const level = outline ?? document.outlines.get(style) ?? null;
  if (hidden) document.marks.hidden = true;
  flow.endParagraph({
    depth: isInTable ? Math.max(1, tableDepth) : 0,
    level: level === null || level < 0 || level > 8 ? null : level + 1,
  });
};

const endCell: Action = ({ document, state }) => {
  document.cells += 1;
  state().flow.endCell();
};

const endRow: Action = ({ document, state }) => {
  state().flow.endRow(shapeOf(document.row));
  document.row.begun = false;
};

const unicode: Action = (reader, value) =>
  reader.unicode(((Math.trunc(value ?? 0) % 65_536) + 65_536) % 65_536);

const setFallback = set((value) => ({ fallback: Math.min(100, Math.max(0, value ?? 1)) }));

const setFont: Action = ({ state }, value) => {
  if (state().script === 'far') state().farFont = value ?? -1;
  else state().font = value ?? -1;
};

const setFarFont: Action = ({ state }, value) => {
  if (state().script === 'far') state().farFont = value ?? -1;
};

const plain = set(() => ({ font: -1, script: 'near', hidden: false, deleted: false }));

const newParagraph = set(() => ({ inTable: false, tableDepth: 0, style: 0, outline: null }));

const endnote: Action = ({ document }) => {
  const note = document.notes.at(-1);
  if (note !== undefined) note.kind = 'endnote';
};

const SIGNS: readonly (readonly [string, string])[] = [
  ['tab', '\t'],
  ['line', '\n'],
  ['lbr', '\n'],
  ['page', '\n'],
  ['column', '\n'],
  ['emdash', '—'],
  ['endash', '–'],
  ['emspace', ' '],
  ['enspace', ' '],
  ['qmspace', ' '],
  ['bullet', '•'],
  ['lquote', '‘'],
  ['rquote', '’'],
  ['ldblquote', '“'],
  ['rdblquote', '”'],
  ['~', '\u00a0'],
  ['_', '-'],
];

const TEXT_WORDS: ReadonlyMap<string, Action> = new Map<string, Action>([
  ...SIGNS.map(([name, text]) => [name, sign(text)] as const),
  ['ansicpg', setInDocument((value) => ({ charset: labelOfCodePage(value) }))],
  ['mac', setInDocument(() => ({ charset: 'macintosh' }))],
  ['deff', setInDocument((value) => ({ defaultFont: value }))],
  ['u', unicode],
  ['uc', setFallback],
  ['f', setFont],
  ['af', setFarFont],
  ['loch', set(() => ({ script: 'near' }))],
  ['hich', set(() => ({ script: 'near' }))],
  ['dbch', set(() => ({ script: 'far' }))],
  ['plain', plain],
  ['v', set((value) => ({ hidden: isOn(value) }))],
  ['deleted', set((value) => ({ deleted: isOn(value) }))],
  [
    'revised',
    ({ document }, value) => Object.assign(document.marks, isOn(value) && { tracked: true }),
  ],
]);

/** Words that shape paragraphs and tables. */
const STORY_WORDS: ReadonlyMap<string, Action> = new Map<string, Action>([
  ['pard', newParagraph],
  ['s', set((value) => ({ style: value ?? 0 }))],
  ['outlinelevel', set((value) => ({ outline: value }))],
  ['intbl', set(() => ({ inTable: true }))],
  ['itap', set((value) => ({ tableDepth: Math.max(0, value ?? 1), inTable: (value ?? 1) > 0 }))],
  ['par', endParagraph],
  ['sect', endParagraph],
  ['cell', endCell],
  ['row', endRow],
  ['nestcell', ({ state }) => state().flow.endInnerCell()],
  ['nestrow', ({ state }) => state().flow.endInnerRow()],
  ['ftnalt', endnote],
  ['trowd', ofRow(() => newRow())],
  ['trleft', ofRow((_, left) => ({ left }))],
  ['trhdr', ofRow(() => ({ header: true }))],
  ['clmrg', ofRow(({ next }) => ({ next: { ...next, continuesLeft: true } }))],
  ['clvmgf', ofRow(({ next }) => ({ next: { ...next, vertical: 'restart' } }))],
  ['clvmrg', ofRow(({ next }) => ({ next: { ...next, vertical: 'continue' } }))],
  ['cellx', ofRow(withCell)],
]);

/** Ends the name of the font that the table of fonts is at. */
const nameFont: Action = (reader) => {
  const name = reader.takeCollected().split(';', 1)[0]?.trim() ?? '';
  const font = currentFont(reader);
  if (font !== undefined && font.name === '') font.name = name;
};

/** The font that the table of fonts is at. */
const currentFont = ({ document, state }: RtfReader): RtfFont | undefined =>
  document.fonts.get(state().font);

const FONT_WORDS: ReadonlyMap<string, Action> = new Map<string, Action>([
  [
    'f',
    (reader, value) => {
      nameFont(reader, null);
      const number = value ?? 0;
      reader.state().font = number;
      reader.document.fonts.set(number, { name: '', charset: 0, codePage: null });
    },
  ],
  [
    'fcharset',
    (reader, value) => {
      const font = currentFont(reader);
      if (font !== undefined) font.charset = value ?? 0;
    },
  ],
  [
    'cpg',
    (reader, value) => {
      const font = currentFont(reader);
      if (font !== undefined) font.codePage = value;
    },
  ],
  [GROUP_END, nameFont],
]);

const STYLE_WORDS: ReadonlyMap<string, Action> = new Map<string, Action>([
  ['s', set((value) => ({ style: value ?? 0 }))],
  ['outlinelevel', set((value) => ({ outline: value }))],
  [
    GROUP_END,
    (reader) => {
      const { style, outline } = reader.state();
      const name = reader.takeCollected().split(';', 1)[0]?.trim() ?? '';
      const level = outline ?? outlineByName(name.toLowerCase());
      if (level !== null) reader.document.outlines.set(style, level);
    },
  ],
]);

const two = (value: number | null): string => String(value ?? 0).padStart(2, '0');

const PROPERTY_WORDS: ReadonlyMap<string, Action> = new Map<string, Action>([
  ['u', unicode],
  ['uc', setFallback],
  ['yr', ({ emit }, value) => emit(String(value ?? 0))],
  ['mo', ({ emit }, value) => emit(`-${two(value)}`)],
  ['dy', ({ emit }, value) => emit(`-${two(value)}`)],
]);

const WORDS: Readonly<Record<Destination, ReadonlyMap<string, Action>>> = {
  text: new Map([...TEXT_WORDS, ...STORY_WORDS]),
  label: TEXT_WORDS,
  fonts: FONT_WORDS,
  styles: STYLE_WORDS,
  properties: new Map(),
  property: PROPERTY_WORDS,
  skip: new Map(),
};

/** The first word of a group may say what the group is for; `\*` before it, that it may be left out. */
export const actOnWord = (reader: RtfReader, name: string, value: number | null): void => {
  const state = reader.state();
  if (name === '*') {
    state.starred = true;
    return;
  }
  const begin = state.fresh && name !== GROUP_END ? DESTINATIONS.get(name) : undefined;
  const { fresh, starred } = state;
  state.fresh = false;
  state.starred = false;
  if (begin !== undefined) begin(reader);
  else if (fresh && starred) state.destination = 'skip';
  else WORDS[state.destination].get(name)?.(reader, value);
};
