/** Reads numbering.xml: the lists of a document with their levels, formats and starts. */
import type { Refusal } from '../../domain/refusal.ts';
import { accept, type Result } from '../../domain/result.ts';
import { type Attributes, readXml, type XmlHandler } from '../xml-pass.ts';
import type { ZipParts } from '../zip-parts.ts';
import { DOCX_NAMESPACES } from './namespaces.ts';
import { isOn, wholeNumber } from './on-off.ts';

export interface Level {
  start: number;
  format: string;
  /** With %1 … %9 for the numbers of the levels. */
  text: string;
  suffix: string;
  /** Level (from 1) after which this one starts anew; 0 never; null after any higher one. */
  restart: number | null;
  /** All levels of the label in decimal. */
  legal: boolean;
  styleId: string | null;
  font: string;
}

export interface AbstractList {
  readonly levels: Map<number, Level>;
  /** Takes its levels from the list of this numbering style. */
  styleLink: string | null;
}

export interface List {
  abstractId: string;
  readonly levels: Map<number, Level>;
  readonly starts: Map<number, number>;
}

export interface Lists {
  readonly abstract: Map<string, AbstractList>;
  readonly lists: Map<string, List>;
}

/** Word lists stop at 32,767. */
const NUMBER_BOUNDS = { least: 0, most: 32_767 };
const LEVEL_BOUNDS = { least: 0, most: 8 };

const newLevel = (): Level => ({
  start: 0,
  format: 'decimal',
  text: '',
  suffix: 'tab',
  restart: null,
  legal: false,
  styleId: null,
  font: '',
});

interface Place {
  abstract: AbstractList | null;
  list: List | null;
  override: number;
  level: Level | null;
}

const levelNumber = (attributes: Attributes): number =>
  wholeNumber(attributes('w:ilvl'), LEVEL_BOUNDS) ?? 0;

const value = (attributes: Attributes): string => attributes('w:val') ?? '';

const setFormat = (level: Level, at: Attributes): void => {
  level.format = value(at) === 'custom' ? `custom:${at('w:format') ?? ''}` : value(at);
};

const LEVEL_SETTERS: ReadonlyMap<string, (level: Level, at: Attributes) => void> = new Map<
  string,
  (level: Level, at: Attributes) => void
>([
  ['w:numFmt', setFormat],
  ['w:start', (level, at) => Object.assign(level, { start: startOf(at) })],
  ['w:lvlText', (level, at) => Object.assign(level, { text: value(at).slice(0, 255) })],
  ['w:suff', (level, at) => Object.assign(level, { suffix: value(at) })],
  ['w:isLgl', (level, at) => Object.assign(level, { legal: isOn(at('w:val')) })],
  ['w:pStyle', (level, at) => Object.assign(level, { styleId: value(at) })],
  ['w:rFonts', (level, at) => Object.assign(level, { font: at('w:ascii') ?? '' })],
  [
    'w:lvlRestart',
    (level, at) => Object.assign(level, { restart: wholeNumber(value(at), NUMBER_BOUNDS) }),
  ],
]);

const startOf = (at: Attributes): number => wholeNumber(at('w:val'), NUMBER_BOUNDS) ?? 0;

type Opening = (place: Place, at: Attributes, lists: Lists) => void;

const OPENINGS: ReadonlyMap<string, Opening> = new Map<string, Opening>([
  [
    'w:abstractNum',
    (place, at, lists) => {
      place.abstract = { levels: new Map(), styleLink: null };
      lists.abstract.set(at('w:abstractNumId') ?? '', place.abstract);
    },
  ],
  [
    'w:num',
    (place, at, lists) => {
      place.list = { abstractId: '', levels: new Map(), starts: new Map() };
      lists.lists.set(at('w:numId') ?? '', place.list);
    },
  ],
  [
    'w:lvlOverride',
    (place, at) => {
      place.override = levelNumber(at);
    },
  ],
  [
    'w:lvl',
    (place, at) => {
      place.level = newLevel();
      if (place.list === null) place.abstract?.levels.set(levelNumber(at), place.level);
      else place.list.levels.set(place.override, place.level);
    },
  ],
  [
    'w:numStyleLink',
    (place, at) => {
      if (place.abstract !== null) place.abstract.styleLink = value(at);
    },
  ],
  [
    'w:abstractNumId',
    (place, at) => {
      if (place.list !== null) place.list.abstractId = value(at);
    },
  ],
  ['w:startOverride', (place, at) => void place.list?.starts.set(place.override, startOf(at))],
]);

const listsHandler = (lists: Lists): XmlHandler => {
  const place: Place = { abstract: null, list: null, override: 0, level: null };
  let fallback = 0;
  return {
    open: (name, at) => {
      // A number format that Word 2010 added stands in the choice, its stand-in in the fallback.
      if (fallback > 0 || name === 'mc:Fallback') fallback += 1;
      else if (place.level === null) OPENINGS.get(name)?.(place, at, lists);
      else LEVEL_SETTERS.get(name)?.(place.level, at);
    },
    close: (name) => {
      if (fallback > 0) fallback -= 1;
      else if (name === 'w:lvl') place.level = null;
      else if (name === 'w:num') place.list = null;
      else if (name === 'w:abstractNum') place.abstract = null;
    },
  };
};

export const NO_LISTS: Lists = { abstract: new Map(), lists: new Map() };

export const readLists = (zip: ZipParts, part: string): Result<Lists, Refusal> => {
  const lists: Lists = { abstract: new Map(), lists: new Map() };
  const read = readXml(zip, part, { namespaces: DOCX_NAMESPACES, handler: listsHandler(lists) });
  return read.ok ? accept(lists) : read;
};
