/** Drives the pass over the parts of an OpenDocument file: what is passed through, and what is skipped with all it holds. */
import { type Refusal, refusal } from '../../domain/refusal.ts';
import type { Result } from '../../domain/result.ts';
import { LIMITS } from '../limits.ts';
import { type Attributes, readXml, type XmlHandler } from '../xml-pass.ts';
import type { ZipParts } from '../zip-parts.ts';
import { ODF_NAMESPACES } from './namespaces.ts';
import { ODF_ELEMENTS } from './story-elements.ts';
import { appendCollapsed, type OdfStory } from './story-state.ts';

type Mark = (story: OdfStory) => void;

const silent: Mark = () => {};

const hides: Mark = ({ marks }) => {
  marks.hidden = true;
};

const SKIPPED: ReadonlyMap<string, Mark> = new Map<string, Mark>([
  ['text:note-citation', silent],
  ['text:ruby-text', silent],
  ['office:forms', silent],
  ['office:scripts', silent],
  ['svg:title', silent],
  ['svg:desc', silent],
  ['text:hidden-text', hides],
  [
    'office:annotation',
    ({ marks }) => {
      marks.comments = true;
    },
  ],
]);

/** What was deleted stands here, apart from the text; elsewhere only the places of changes are marked. */
const isDeleted = (story: OdfStory, name: string): boolean => {
  if (name !== 'text:changed-region') return false;
  story.marks.tracked = true;
  return true;
};

const isHiddenSection = (name: string, attributes: Attributes): boolean =>
  name === 'text:section' && attributes('text:display') === 'none';

const isSkipped = (story: OdfStory, name: string, attributes: Attributes): boolean => {
  const mark = isHiddenSection(name, attributes) ? hides : SKIPPED.get(name);
  mark?.(story);
  return mark !== undefined || isDeleted(story, name);
};

/** Properties of the document that say something of it; names of authors are left where they are. */
const PROPERTIES: ReadonlyMap<string, string> = new Map([
  ['dc:title', 'title'],
  ['dc:subject', 'subject'],
  ['meta:keyword', 'keywords'],
  ['meta:creation-date', 'created'],
  ['dc:date', 'modified'],
]);

const LONGEST_PROPERTY = 2_000;

const propertyReader = (story: OdfStory) => {
  let wanted: string | null = null;
  return {
    open: (name: string): void => {
      wanted = PROPERTIES.get(name) ?? null;
    },
    text: (text: string): void => {
      if (wanted === null) return;
      const before = story.properties.get(wanted) ?? '';
      story.properties.set(wanted, `${before}${text}`.slice(0, LONGEST_PROPERTY));
    },
    close: (): void => {
      if (wanted === 'keywords') story.properties.set(wanted, `${story.properties.get(wanted)} `);
      wanted = null;
    },
  };
};

export const storyHandler = (story: OdfStory): XmlHandler => {
  const properties = propertyReader(story);
  let skipping = 0;
  return {
    open: (name, attributes) => {
      if (skipping > 0 || isSkipped(story, name, attributes)) {
        skipping += 1;
        return;
      }
      properties.open(name);
      ODF_ELEMENTS.get(name)?.open?.(story, attributes);
    },
    close: (name) => {
      if (skipping > 0) skipping -= 1;
      else {
        properties.close();
        ODF_ELEMENTS.get(name)?.close?.(story);
      }
    },
    text: (text) => {
      if (skipping > 0) return;
      properties.text(text);
      appendCollapsed(story, text);
    },
  };
};

const overLimit = (story: OdfStory): Refusal | null => {
  if (story.characters > LIMITS.textCharacters)
    return refusal('TEXT_TOO_LONG', `${LIMITS.textCharacters} characters`);
  return story.stop ?? story.tables.at(-1)?.table.over() ?? null;
};

/** Refuses like `readXml`, and with TEXT_TOO_LONG or STRUCTURE_LIMIT for a table over the bounds. */
export const readStoryPart = (
  zip: ZipParts,
  part: string,
  story: OdfStory,
): Result<number, Refusal> =>
  readXml(zip, part, {
    namespaces: ODF_NAMESPACES,
    handler: storyHandler(story),
    stop: () => overLimit(story),
  });
