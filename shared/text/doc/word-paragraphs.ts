/** Cuts a stretch of a Word file into paragraphs of the text that Word shows: field results, no deleted and no hidden text. */
import { shownByCode } from '../docx/story-fields.ts';
import { isPictureFont, signOf, signsOf, UNKNOWN_SIGN } from '../docx/symbols.ts';
import type { CharacterProperties } from './character-properties.ts';
import type { Range } from './fib.ts';
import { isTicked } from './field-records.ts';
import type { WordFile } from './open-word.ts';
import type { CharacterRun } from './properties.ts';

export interface WordParagraph {
  readonly text: string;
  /** Position of the sign that ends it. */
  readonly end: number;
  readonly mark: 'paragraph' | 'cell' | 'page' | 'none';
}

/** What a reviewer should know of what was met. */
export interface WordMarks {
  tracked: boolean;
  comments: boolean;
  hidden: boolean;
  unknownSign: boolean;
  pictures: number;
  readonly unread: Set<string>;
}

export const newMarks = (): WordMarks => ({
  tracked: false,
  comments: false,
  hidden: false,
  unknownSign: false,
  pictures: 0,
  unread: new Set(),
});

interface Field {
  phase: 'instruction' | 'result';
  code: string;
  checked: boolean | null;
}

interface Reading {
  readonly word: WordFile;
  readonly marks: WordMarks;
  readonly range: Range;
  readonly fields: Field[];
  text: string[];
  /** Last position from which an end of field is known to follow. */
  fieldEnd: number;
}

const MOST_NESTED = 32;
const LONGEST_CODE = 2_000;
const FIELD_BEGIN = '\u0013';
const FIELD_RESULT = '\u0014';
const FIELD_END = '\u0015';
const PICTURE = '\u0001';
const SYMBOL = '(';

const inInstruction = ({ fields }: Reading): boolean =>
  fields.some(({ phase }) => phase === 'instruction');

const addText = (reading: Reading, text: string): void => {
  const field = reading.fields.at(-1);
  if (!inInstruction(reading)) reading.text.push(text);
  else if (field !== undefined && field.code.length < LONGEST_CODE)
    field.code += text.slice(0, LONGEST_CODE);
};

/** A field without an end would swallow all that follows. */
const hasFieldEnd = (reading: Reading, at: number): boolean => {
  if (reading.fieldEnd < at) {
    const found = reading.word.text.indexOf(FIELD_END, at);
    reading.fieldEnd = found < 0 ? Number.POSITIVE_INFINITY : found;
  }
  return reading.fieldEnd < reading.range.to;
};

const endField = (reading: Reading): void => {
  const field = reading.fields.pop();
  if (field === undefined || inInstruction(reading)) return;
  if (/^\s*embed\b/iu.test(field.code)) reading.marks.unread.add('embedding');
  if (field.phase === 'instruction' || /^\s*formcheckbox\b/iu.test(field.code))
    reading.text.push(shownByCode(field));
};

const isShown = ({ deleted, hidden }: CharacterProperties): boolean => !deleted && !hidden;

const addPicture = (reading: Reading, properties: CharacterProperties): void => {
  const field = reading.fields.at(-1);
  if (properties.isRecord && properties.recordAt !== null && field !== undefined)
    field.checked = isTicked(reading.word.far, properties.recordAt);
  else if (properties.special && isShown(properties)) reading.marks.pictures += 1;
};

const addSymbol = (reading: Reading, { symbol }: CharacterProperties): void => {
  if (symbol === null) return;
  const sign = signOf(reading.word.fontName(symbol.font), symbol.code);
  if (sign === UNKNOWN_SIGN) reading.marks.unknownSign = true;
  addText(reading, sign);
};

const moveField = (reading: Reading, sign: string, at: number): void => {
  const { fields } = reading;
  const field = fields.at(-1);
  if (sign === FIELD_END) endField(reading);
  else if (sign === FIELD_RESULT && field !== undefined) field.phase = 'result';
  else if (sign === FIELD_BEGIN && fields.length < MOST_NESTED && hasFieldEnd(reading, at))
    fields.push({ phase: 'instruction', code: '', checked: null });
};

const SHOWN: ReadonlyMap<string, string> = new Map([
  ['\t', '\t'],
  ['\u000b', '\n'],
  ['\u000e', '\n'],
  ['\u001e', '-'],
]);

/** What is neither text nor an end of a paragraph. */
const addSign = (
  reading: Reading,
  sign: string,
  { at, properties }: { readonly at: number; readonly properties: CharacterProperties },
): void => {
  if (sign === FIELD_BEGIN || sign === FIELD_RESULT || sign === FIELD_END)
    moveField(reading, sign, at);
  else if (sign === PICTURE) addPicture(reading, properties);
  else if (sign === '\u0005') reading.marks.comments = true;
  else if (!isShown(properties)) return;
  else if (sign === SYMBOL) addSymbol(reading, properties);
  else addText(reading, SHOWN.get(sign) ?? '');
};

const PRIVATE = /[\uf000-\uf0ff]/u;

const addPlain = (reading: Reading, text: string, properties: CharacterProperties): void => {
  if (text === '' || !isShown(properties)) return;
  const font = properties.font === null ? '' : reading.word.fontName(properties.font);
  addText(reading, PRIVATE.test(text) && isPictureFont(font) ? signsOf(font, text) : text);
};

const notice = ({ marks }: Reading, { deleted, inserted, hidden }: CharacterProperties): void => {
  if (deleted || inserted) marks.tracked = true;
  if (hidden && !deleted) marks.hidden = true;
};

const SIGN = /[\u0000-\u001f]/gu;
const SIGN_OR_SYMBOL = /[\u0000-\u001f(]/gu;

const MARKS: ReadonlyMap<string, WordParagraph['mark']> = new Map([
  ['\r', 'paragraph'],
  ['\u0007', 'cell'],
  ['\u000c', 'page'],
]);

const close = (reading: Reading, end: number, mark: WordParagraph['mark']): WordParagraph => {
  const text = reading.word.decode(reading.text.join(''));
  reading.text = [];
  return { text, end, mark };
};

function* runParagraphs(
  reading: Reading,
  { from, to, properties }: CharacterRun,
): Generator<WordParagraph, void> {
  const text = reading.word.text.slice(from, to);
  let done = 0;
  for (const { 0: sign, index } of text.matchAll(properties.special ? SIGN_OR_SYMBOL : SIGN)) {
    addPlain(reading, text.slice(done, index), properties);
    done = index + 1;
    const mark = MARKS.get(sign);
    // A deleted end of a paragraph joins it to the next one; cells stay.
    if (mark === undefined || (mark === 'paragraph' && properties.deleted))
      addSign(reading, sign, { at: from + index, properties });
    else yield close(reading, from + index, mark);
  }
  addPlain(reading, text.slice(done), properties);
}

/** Paragraphs in order; what stands after the last end mark is one with the mark `none`. */
export function* wordParagraphs(
  word: WordFile,
  { from, to: end }: Range,
  marks: WordMarks,
): Generator<WordParagraph, void> {
  const to = Math.min(end, word.text.length);
  const range = { from, to };
  const reading: Reading = { word, marks, range, fields: [], text: [], fieldEnd: -1 };
  for (let at = from; at < to; ) {
    const run = word.properties.characters(at, to);
    notice(reading, run.properties);
    yield* runParagraphs(reading, run);
    at = run.to;
  }
  if (reading.text.length > 0) yield close(reading, to, 'none');
}
