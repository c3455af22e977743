/** Reads runs: text, tabs and breaks, signs of picture fonts, hidden text, references and tracked changes. */

import { LIMITS } from '../limits.ts';
import type { ElementHandlers, ElementOpening } from './element-handlers.ts';
import { isOn } from './on-off.ts';
import { inInstruction } from './story-fields.ts';
import { markProperty } from './story-paragraphs.ts';
import { appendText, type OpenRun, type Story } from './story-state.ts';
import { rowProperty } from './story-tables.ts';
import { isPictureFont, signOf, signsOf, UNKNOWN_SIGN } from './symbols.ts';

const isHidden = (story: Story): boolean => {
  const run = story.runs.at(-1);
  if (run === undefined) return false;
  if (run.hidden !== null) return run.hidden;
  const byRunStyle = run.styleId === null ? null : story.styles.hides(run.styleId);
  if (byRunStyle !== null) return byRunStyle;
  const styleId = story.paragraphs.at(-1)?.styleId ?? null;
  return story.styles.paragraph(styleId).hidden ?? false;
};

/** Text of a run goes through here: not shown where it is hidden or part of a field instruction. */
const show = (story: Story, text: string): void => {
  if (inInstruction(story)) return;
  if (!isHidden(story)) {
    appendText(story, text);
    return;
  }
  if (text.trim() === '') return;
  story.marks.hidden = true;
  const paragraph = story.paragraphs.at(-1);
  if (paragraph !== undefined) paragraph.lostHidden = true;
};

const shown = (story: Story, raw: string): string => {
  const font = story.runs.at(-1)?.font ?? '';
  const text = isPictureFont(font) ? signsOf(font, raw) : raw;
  if (text.includes(UNKNOWN_SIGN)) story.marks.unknownSign = true;
  return text;
};

const beginText = (story: Story, { attributes }: ElementOpening): void => {
  story.pieces = [];
  story.keepsBlanks = attributes('xml:space') === 'preserve';
};

const takeText = (story: Story): string => {
  const whole = (story.pieces ?? []).join('');
  story.pieces = null;
  if (whole.length > LIMITS.textCharacters) {
    story.marks.characters += whole.length;
    return '';
  }
  const raw = whole.replace(/[\r\n]+/gu, ' ');
  return story.keepsBlanks ? raw : raw.replace(/^[ \t]+|(?<![ \t])[ \t]+$/gu, '');
};

const RUN_TEXT: ElementHandlers = {
  open: beginText,
  close: (story) => show(story, shown(story, takeText(story))),
};

const PLAIN_TEXT: ElementHandlers = {
  open: beginText,
  close: (story) => appendText(story, takeText(story)),
};

const inRun = (text: string): ElementHandlers => ({
  open: (story, { trail }) => {
    if (trail.at(-1) === 'w:r') show(story, text);
  },
});

const symbol = (story: Story, { attributes }: ElementOpening): void => {
  const code = attributes('w:char') ?? '';
  const sign = /^[0-9A-Fa-f]{1,6}$/u.test(code)
    ? signOf(attributes('w:font') ?? '', Number.parseInt(code, 16))
    : UNKNOWN_SIGN;
  if (sign === UNKNOWN_SIGN) story.marks.unknownSign = true;
  show(story, sign);
};

const ofRun = (set: (run: OpenRun, opening: ElementOpening) => void): ElementHandlers => ({
  open: (story, opening) => {
    const { trail, name, attributes } = opening;
    if (trail.at(-1) !== 'w:rPr') return;
    const run = story.runs.at(-1);
    if (trail.at(-2) === 'w:r' && run !== undefined) set(run, opening);
    else if (trail.at(-2) === 'w:pPr') markProperty(story, name, attributes('w:val'));
  },
});

const note = (kind: 'footnote' | 'endnote'): ElementHandlers => ({
  open: (story, { attributes }) => {
    if (!isHidden(story)) story.marks.notes.push({ kind, id: attributes('w:id') ?? '' });
  },
});

const unread = (kind: string): ElementHandlers => ({
  open: (story) => void story.marks.unread.add(kind),
});

const picture: ElementHandlers = {
  open: (story) => {
    story.marks.pictures += 1;
  },
};

const comment: ElementHandlers = {
  open: (story) => {
    story.marks.comments = true;
  },
};

/** A change mark that stands among properties; one around content is skipped or passed by the caller. */
const changeMark: ElementHandlers = {
  open: (story, { name, trail }) => {
    story.marks.tracked = true;
    if (trail.at(-1) === 'w:trPr') rowProperty(story, name, undefined);
    else if (trail.at(-1) === 'w:rPr' && trail.at(-2) === 'w:pPr')
      markProperty(story, name, undefined);
  },
};

export const RUN_ELEMENTS: readonly (readonly [string, ElementHandlers])[] = [
  [
    'w:r',
    {
      open: (story) => void story.runs.push({ hidden: null, styleId: null, font: '' }),
      close: (story) => void story.runs.pop(),
    },
  ],
  [
    'w:vanish',
    ofRun((run, { attributes }) => {
      run.hidden = isOn(attributes('w:val'));
    }),
  ],
  [
    'w:rStyle',
    ofRun((run, { attributes }) => {
      run.styleId = attributes('w:val') ?? null;
    }),
  ],
  [
    'w:rFonts',
    ofRun((run, { attributes }) => {
      run.font = attributes('w:ascii') ?? attributes('w:hAnsi') ?? '';
    }),
  ],
  ['w:t', RUN_TEXT],
  ['m:t', PLAIN_TEXT],
  ['a:t', PLAIN_TEXT],
  // A fraction keeps its bar: 3/4, never 34.
  ['m:num', { close: (story) => appendText(story, '/') }],
  ['w:tab', inRun('\t')],
  ['w:ptab', inRun('\t')],
  ['w:br', inRun('\n')],
  ['w:cr', inRun('\n')],
  ['w:noBreakHyphen', inRun('-')],
  ['w:sym', { open: symbol }],
  ['w:footnoteReference', note('footnote')],
  ['w:endnoteReference', note('endnote')],
  ['w:commentReference', comment],
  ['w:commentRangeStart', comment],
  ['w:ins', changeMark],
  ['w:del', changeMark],
  ['w:moveTo', changeMark],
  ['w:moveFrom', changeMark],
  ['pic:pic', picture],
  ['v:imagedata', picture],
  ['w:altChunk', unread('altChunk')],
  ['w:subDoc', unread('subDoc')],
  ['w:object', unread('object')],
  ['c:chart', unread('chart')],
  ['dgm:relIds', unread('diagram')],
];
