/** Drives one pass over a story of a docx: which elements are passed through, which are skipped with all they hold. */
import type { Refusal } from '../../domain/refusal.ts';
import { refusal } from '../../domain/refusal.ts';
import type { Result } from '../../domain/result.ts';
import { LIMITS } from '../limits.ts';
import { readXml, type XmlHandler } from '../xml-pass.ts';
import type { ZipParts } from '../zip-parts.ts';
import type { ElementHandlers } from './element-handlers.ts';
import { DOCX_NAMESPACES } from './namespaces.ts';
import { addCode, FIELD_ELEMENTS } from './story-fields.ts';
import { PARAGRAPH_ELEMENTS } from './story-paragraphs.ts';
import { RUN_ELEMENTS } from './story-runs.ts';
import {
  type Container,
  flushCarried,
  newStory,
  type Story,
  type StoryContext,
} from './story-state.ts';
import { TABLE_ELEMENTS } from './story-tables.ts';

/** Properties as they were before a tracked change, settings of content controls, ruby readings, section settings. */
const SKIPPED = new Set([
  'w:pPrChange',
  'w:rPrChange',
  'w:tblPrChange',
  'w:tblPrExChange',
  'w:tblGridChange',
  'w:trPrChange',
  'w:tcPrChange',
  'w:sectPrChange',
  'w:numberingChange',
  'w:sectPr',
  'w:sdtPr',
  'w:sdtEndPr',
  'w:rt',
  'w:rubyPr',
  'w:delText',
  'w:delInstrText',
]);

const GONE = new Set(['w:del', 'w:moveFrom']);
const PROPERTIES = new Set(['w:rPr', 'w:trPr']);

/** Grows with all that a reader is told of. */
const given = ({ marks }: Story): number => marks.characters + marks.pictures;

const openChoice = (story: Story): boolean => {
  const alternative = story.alternatives.at(-1);
  if (alternative === undefined) return false;
  alternative.before = given(story);
  return alternative.chosen;
};

const closeChoice = (story: Story): void => {
  const alternative = story.alternatives.at(-1);
  if (alternative !== undefined && given(story) > alternative.before) alternative.chosen = true;
};

/** Of alternative contents the first that gives text or a picture is read, so that a text box comes once. */
const ALTERNATIVES: readonly (readonly [string, ElementHandlers])[] = [
  [
    'mc:AlternateContent',
    {
      open: (story) => void story.alternatives.push({ chosen: false, before: 0 }),
      close: (story) => void story.alternatives.pop(),
    },
  ],
  ['mc:Choice', { close: closeChoice }],
];

const INSTRUCTION: readonly (readonly [string, ElementHandlers])[] = [
  [
    'w:instrText',
    {
      open: (story) => {
        story.pieces = [];
      },
      close: (story) => {
        addCode(story, (story.pieces ?? []).join(''));
        story.pieces = null;
      },
    },
  ],
];

const ELEMENTS: ReadonlyMap<string, ElementHandlers> = new Map([
  ...PARAGRAPH_ELEMENTS,
  ...TABLE_ELEMENTS,
  ...FIELD_ELEMENTS,
  ...RUN_ELEMENTS,
  ...ALTERNATIVES,
  ...INSTRUCTION,
]);

const isSkipped = (story: Story, name: string, trail: readonly string[]): boolean => {
  if (SKIPPED.has(name)) return true;
  if (GONE.has(name) && !PROPERTIES.has(trail.at(-1) ?? '')) {
    story.marks.tracked = true;
    return true;
  }
  return (name === 'mc:Choice' || name === 'mc:Fallback') && openChoice(story);
};

const storyHandler = (story: Story, own: ReadonlyMap<string, ElementHandlers>): XmlHandler => {
  const trail: string[] = [];
  let skipping = 0;
  return {
    open: (name, attributes) => {
      if (skipping > 0 || isSkipped(story, name, trail)) skipping += 1;
      else {
        (own.get(name) ?? ELEMENTS.get(name))?.open?.(story, { name, attributes, trail });
        trail.push(name);
      }
    },
    close: (name) => {
      if (skipping > 0) {
        skipping -= 1;
        return;
      }
      trail.pop();
      (own.get(name) ?? ELEMENTS.get(name))?.close?.(story);
    },
    text: (text) => {
      if (skipping === 0) story.pieces?.push(text);
    },
  };
};

export interface StoryReading extends StoryContext {
  readonly root: Container;
  /** Elements that mean something in this part alone. */
  readonly own?: readonly (readonly [string, ElementHandlers])[];
}

/** Gives the blocks of a part to `root`. Refuses like `readXml`, and with TEXT_TOO_LONG. */
export const readStory = (
  zip: ZipParts,
  part: string,
  { root, own = [], ...context }: StoryReading,
): Result<number, Refusal> => {
  const story = newStory(context, root);
  const read = readXml(zip, part, {
    namespaces: DOCX_NAMESPACES,
    handler: storyHandler(story, new Map(own)),
    stop: () =>
      story.marks.characters > LIMITS.textCharacters
        ? refusal('TEXT_TOO_LONG', `${LIMITS.textCharacters} characters`)
        : null,
  });
  if (read.ok) flushCarried(root);
  return read;
};
