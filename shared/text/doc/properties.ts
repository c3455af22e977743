/** What holds for the text at a place: the changes of page and piece laid over each other. */
import { type CharacterProperties, characterOf } from './character-properties.ts';
import type { Fib } from './fib.ts';
import { changeParagraph, newParagraph, type ParagraphProperties } from './paragraph-properties.ts';
import type { Piece, PieceText } from './pieces.ts';
import type { PageEntry, PropertyPages } from './property-pages.ts';

export interface CharacterRun {
  readonly from: number;
  readonly to: number;
  readonly properties: CharacterProperties;
}

export interface Properties {
  /** What holds from this position on, and up to where. */
  characters(position: number, until: number): CharacterRun;
  /** Of the paragraph whose end mark stands at the position. */
  paragraph(position: number): ParagraphProperties;
}

export interface PropertySources {
  readonly fib: Fib;
  readonly text: PieceText;
  readonly characterPages: PropertyPages;
  readonly paragraphPages: PropertyPages;
  readonly far: Uint8Array;
}

/** Finds the piece of a position; the next one asked for is nearly always the same or the one after. */
const pieceFinder = (pieces: readonly Piece[]) => {
  let at = 0;
  return (position: number): Piece | null => {
    let [low, high] = [0, pieces.length - 1];
    const known = pieces[at];
    if (known !== undefined && known.from <= position && position < known.to) return known;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pieces[middle]?.to ?? 0) <= position) low = middle + 1;
      else high = middle;
    }
    at = low;
    const found = pieces[low];
    return found !== undefined && found.from <= position && position < found.to ? found : null;
  };
};

const remembering = <T>(make: (entry: PageEntry) => T): ((entry: PageEntry) => T) => {
  const known = new Map<number, T>();
  return (entry) => {
    const before = known.get(entry.at);
    if (before !== undefined) return before;
    const made = make(entry);
    known.set(entry.at, made);
    return made;
  };
};

export const openProperties = (sources: PropertySources): Properties => {
  const { fib, text, far } = sources;
  const pieceAt = pieceFinder(text.pieces);
  const plain = characterOf([], fib.old);
  const ofEntry = remembering((entry) => characterOf([entry.changes], fib.old));
  return {
    characters: (position, until) => {
      const piece = pieceAt(position);
      if (piece === null) return { from: position, to: until, properties: plain };
      const place = piece.at + (position - piece.from) * piece.width;
      const entry = sources.characterPages.find(place);
      const end =
        entry === null ? position + 1 : position + Math.ceil((entry.to - place) / piece.width);
      const to = Math.max(position + 1, Math.min(until, piece.to, end));
      if (entry === null) return { from: position, to, properties: plain };
      const properties =
        piece.change.length === 0
          ? ofEntry(entry)
          : characterOf([entry.changes, piece.change], fib.old);
      return { from: position, to, properties };
    },
    paragraph: (position) => {
      const piece = pieceAt(position);
      const place = piece === null ? 0 : piece.at + (position - piece.from) * piece.width;
      const entry = sources.paragraphPages.find(place);
      const properties = newParagraph(entry?.style ?? 0);
      const how = { old: fib.old, far };
      if (entry !== null) changeParagraph(properties, entry.changes, how);
      if (piece !== null) changeParagraph(properties, piece.change, how);
      return properties;
    },
  };
};
