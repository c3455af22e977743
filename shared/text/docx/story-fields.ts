/** Follows fields: their instructions are dropped, their last shown result stays, and some show nothing but by their instruction. */

import type { ElementHandlers } from './element-handlers.ts';
import { writeNumber } from './number-formats.ts';
import { isOn } from './on-off.ts';
import { appendText, type OpenField, type Story } from './story-state.ts';

export const inInstruction = (story: Story): boolean =>
  story.fields.some((field) => field.phase === 'instruction');

/** 带圈字符 is a field that draws a sign into a circle: EQ \o\ac(○,1). */
const CIRCLED = /^\s*eq\s*\\o\s*\\ac\s*\(\s*[○〇◯]\s*[,，;]\s*([^()]{1,10}?)\s*\)/iu;

const circled = (code: string): string => {
  const inside = CIRCLED.exec(code)?.[1] ?? '';
  return /^\d{1,2}$/u.test(inside) ? writeNumber(Number(inside), 'decimalEnclosedCircle') : inside;
};

/** What a field shows whose result is nothing but its instruction. */
export const shownByCode = ({ code, checked }: OpenField): string => {
  if (/^\s*formcheckbox\b/iu.test(code)) return checked === true ? '☑' : '☐';
  return circled(code);
};

const endField = (story: Story): void => {
  const field = story.fields.pop();
  if (field === undefined || inInstruction(story)) return;
  const drawn = field.phase === 'instruction' || /^\s*formcheckbox\b/iu.test(field.code);
  if (drawn) appendText(story, shownByCode(field));
};

/** Word nests a handful; past this the file is not honest and its fields are read as plain text. */
const MOST_NESTED = 32;

const LONGEST_CODE = 2_000;

export const addCode = (story: Story, text: string): void => {
  const field = story.fields.at(-1);
  if (field !== undefined && field.code.length < LONGEST_CODE)
    field.code += text.slice(0, LONGEST_CODE);
};

const checkBox = (story: Story, name: string, value: string | undefined): void => {
  const field = story.fields.at(-1);
  if (field === undefined) return;
  if (name === 'w:checked') field.checked = isOn(value);
  else field.checked ??= isOn(value);
};

const ofCheckBox: ElementHandlers = {
  open: (story, { name, attributes, trail }) => {
    if (trail.at(-1) === 'w:checkBox') checkBox(story, name, attributes('w:val'));
  },
};

export const FIELD_ELEMENTS: readonly (readonly [string, ElementHandlers])[] = [
  [
    'w:fldChar',
    {
      open: (story, { attributes }) => {
        const type = attributes('w:fldCharType');
        const field = story.fields.at(-1);
        if (type === 'begin' && story.fields.length < MOST_NESTED)
          story.fields.push({ phase: 'instruction', code: '', checked: null });
        else if (type === 'separate' && field !== undefined) field.phase = 'result';
        else if (type === 'end') endField(story);
      },
    },
  ],
  ['w:checked', ofCheckBox],
  ['w:default', ofCheckBox],
];
