/** Finds the parts of an OFD package by the locations that its XML states, and lists the elements of its small parts. */
import type { Refusal } from '../../domain/refusal.ts';
import { refusal } from '../../domain/refusal.ts';
import { accept, type Result, refuse } from '../../domain/result.ts';
import { readXml } from '../xml-pass.ts';
import type { ZipParts } from '../zip-parts.ts';

/** Names of elements count without their prefix: producers use several namespaces for the same OFD. */
export const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

const NO_NAMESPACES: ReadonlyMap<string, string> = new Map();

export interface OfdParts {
  readonly zip: ZipParts;
  /**
   * The part that `location` means inside of `from`, or else of `folder`; null where there is none. `..` climbs inside
   * the package and stops at its root; upper and lower case count alike (producers mix Doc_0 and DOC_0).
   */
  find(location: string, from: string, folder?: string): string | null;
}

export const folderOf = (part: string): string => part.slice(0, Math.max(0, part.lastIndexOf('/')));

const resolved = (folder: string, location: string): string => {
  const path: string[] = location.startsWith('/') ? [] : folder.split('/').filter((step) => step);
  for (const step of location.replaceAll('\\', '/').split('/')) {
    if (step === '..') path.pop();
    else if (step !== '' && step !== '.') path.push(step);
  }
  return path.join('/');
};

const LONGEST_LOCATION = 1_000;

export const ofdParts = (zip: ZipParts): OfdParts => {
  const byName = new Map<string, string>();
  for (const { name } of zip.entries) {
    const key = resolved('', name).toLowerCase();
    if (!byName.has(key) || zip.has(key)) byName.set(key, name);
  }
  const at = (folder: string, location: string): string | null => {
    const name = resolved(folder, location);
    return zip.has(name) ? name : (byName.get(name.toLowerCase()) ?? null);
  };
  return {
    zip,
    find: (location, from, folder = '') => {
      const wanted = location.trim();
      if (wanted === '' || wanted.length > LONGEST_LOCATION) return null;
      return at(folderOf(from), wanted) ?? at(folder, wanted) ?? at('', wanted);
    },
  };
};

export interface OfdElement {
  /** Local names from the root down, with `/` between them. */
  readonly path: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Its own text without that of elements inside. */
  readonly text: string;
}

const MOST_ELEMENTS = 50_000;
const LONGEST_TEXT = 100_000;

interface OpenElement {
  readonly path: string;
  readonly attributes: Record<string, string>;
  readonly pieces: string[];
}

const copied = (
  names: readonly string[],
  attributes: (name: string) => string | undefined,
): Record<string, string> => {
  const found: Record<string, string> = {};
  for (const name of names) {
    const value = attributes(name);
    if (value !== undefined) found[name] = value.trim();
  }
  return found;
};

/** All elements of a part in document order with the attributes named. Refuses like `readXml`. */
export const elementsOf = (
  { zip }: OfdParts,
  part: string,
  names: readonly string[],
): Result<readonly OfdElement[], Refusal> => {
  const found: OpenElement[] = [];
  const trail: OpenElement[] = [];
  let characters = 0;
  const read = readXml(zip, part, {
    namespaces: NO_NAMESPACES,
    stop: () => (found.length > MOST_ELEMENTS ? refusal('STRUCTURE_LIMIT', part) : null),
    handler: {
      open: (name, attributes) => {
        const outer = trail.at(-1)?.path;
        const path = outer === undefined ? localName(name) : `${outer}/${localName(name)}`;
        const element = { path, attributes: copied(names, attributes), pieces: [] };
        if (found.length <= MOST_ELEMENTS) found.push(element);
        trail.push(element);
      },
      text: (text) => {
        characters += text.length;
        if (characters <= LONGEST_TEXT) trail.at(-1)?.pieces.push(text);
      },
      close: () => void trail.pop(),
    },
  });
  if (!read.ok) return refuse(read.error);
  return accept(found.map(({ pieces, ...rest }) => ({ ...rest, text: pieces.join('').trim() })));
};

/** Text of the first element with this path; '' without one. */
export const textAt = (elements: readonly OfdElement[], path: string): string =>
  elements.find((element) => element.path === path)?.text ?? '';

/** A part that breaks off or is ill-formed is an answer about that part alone; what means harm refuses the whole file. */
export const isOnlyDamaged = ({ kind }: Refusal): boolean => kind === 'DAMAGED';
