/** Reads paragraphs: their style, number, outline level and end mark, and gives them out when they end. */

import type { ElementHandlers } from './element-handlers.ts';
import { joinLabel } from './number-labels.ts';
import { isOn, wholeNumber } from './on-off.ts';
import { addBlock, flushCarried, type OpenParagraph, type Story } from './story-state.ts';
import type { ParagraphStyle } from './styles.ts';

const newParagraph = (): OpenParagraph => ({
  text: [],
  styleId: null,
  numberId: null,
  numberLevel: null,
  outline: null,
  markHidden: false,
  markDeleted: false,
  lostHidden: false,
  floating: [],
});

const NOT_NUMBERED = '0';

const labelled = (
  story: Story,
  { paragraph, style }: { paragraph: OpenParagraph; style: ParagraphStyle },
  text: string,
): string => {
  const numberId = paragraph.numberId ?? style.numberId;
  if (numberId === null || numberId === NOT_NUMBERED) return text;
  const own = paragraph.numberId !== null;
  const { label, suffix } = story.labels.next({
    numberId,
    level: paragraph.numberLevel ?? (own ? 0 : style.numberLevel),
    styleId: style.numberStyle,
  });
  const bare = text.replace(/^[\s\u3000]+/u, '');
  if (bare === '' && /^\P{L}*$/u.test(label) && !/\p{N}/u.test(label)) return '';
  story.marks.characters += label.length;
  return joinLabel(label, suffix, bare);
};

const headingLevel = (paragraph: OpenParagraph, style: ParagraphStyle): number | null => {
  const outline = paragraph.outline ?? style.outline;
  return outline === null || outline > 8 ? null : outline + 1;
};

const giveOut = (story: Story, paragraph: OpenParagraph): void => {
  const container = story.containers.at(-1);
  if (container === undefined) return;
  const text = paragraph.text.join('');
  if (paragraph.markDeleted) {
    container.carried += text;
    return;
  }
  const whole = container.carried + text;
  container.carried = '';
  if (paragraph.lostHidden && paragraph.markHidden && whole.trim() === '') return;
  const style = story.styles.paragraph(paragraph.styleId);
  const level = headingLevel(paragraph, style);
  container.add({
    kind: 'paragraph',
    text: labelled(story, { paragraph, style }, whole),
    level,
  });
};

const closeParagraph = (story: Story): void => {
  const paragraph = story.paragraphs.pop();
  if (paragraph === undefined) return;
  giveOut(story, paragraph);
  for (const block of paragraph.floating) addBlock(story, block);
  // An instruction never crosses a paragraph: one that seems to has lost its end, and must not swallow text.
  const shown = story.fields.filter((field) => field.phase === 'result');
  story.fields.splice(0, story.fields.length, ...shown);
};

const LEVELS = { least: 0, most: 8 };

const ofParagraph = (
  parent: string,
  set: (paragraph: OpenParagraph, value: string | undefined) => void,
): ElementHandlers => ({
  open: (story, { attributes, trail }) => {
    const paragraph = story.paragraphs.at(-1);
    if (paragraph !== undefined && trail.at(-1) === parent) set(paragraph, attributes('w:val'));
  },
});

const openTextBox = (story: Story): void => {
  const floating = story.paragraphs.at(-1)?.floating;
  const outer = story.containers.at(-1);
  const add = floating === undefined ? outer?.add : floating.push.bind(floating);
  story.containers.push({ add: (block) => void add?.(block), carried: '' });
};

export const PARAGRAPH_ELEMENTS: readonly (readonly [string, ElementHandlers])[] = [
  ['w:p', { open: (story) => void story.paragraphs.push(newParagraph()), close: closeParagraph }],
  [
    'w:pStyle',
    ofParagraph('w:pPr', (paragraph, value) => {
      paragraph.styleId = value ?? null;
    }),
  ],
  [
    'w:numId',
    ofParagraph('w:numPr', (paragraph, value) => {
      paragraph.numberId = value ?? null;
    }),
  ],
  [
    'w:ilvl',
    ofParagraph('w:numPr', (paragraph, value) => {
      paragraph.numberLevel = wholeNumber(value, LEVELS);
    }),
  ],
  [
    'w:outlineLvl',
    ofParagraph('w:pPr', (paragraph, value) => {
      paragraph.outline = wholeNumber(value, { least: 0, most: 9 });
    }),
  ],
  [
    'w:txbxContent',
    {
      open: openTextBox,
      close: (story) => flushCarried(story.containers.pop()),
    },
  ],
  [
    'v:textpath',
    {
      // WordArt of old Word: the red head of a document, or a mark across the page.
      open: (story, { attributes }) => {
        const text = attributes('string') ?? '';
        story.marks.characters += text.length;
        story.paragraphs.at(-1)?.floating.push({ kind: 'paragraph', text, level: null });
      },
    },
  ],
];

/** The end mark of a paragraph is formatted like a run. */
export const markProperty = (story: Story, name: string, value: string | undefined): void => {
  const paragraph = story.paragraphs.at(-1);
  if (paragraph === undefined) return;
  if (name === 'w:vanish') paragraph.markHidden = isOn(value);
  else if (name === 'w:del' || name === 'w:moveFrom') {
    paragraph.markDeleted = true;
    story.marks.tracked = true;
  } else if (name === 'w:ins' || name === 'w:moveTo') story.marks.tracked = true;
};
