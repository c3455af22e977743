/** Walks through the groups of an RTF and routes its text to where it belongs. */
import { type Refusal, refusal } from '../../domain/refusal.ts';
import { isPictureFont, signsOf, UNKNOWN_SIGN } from '../docx/symbols.ts';
import { LIMITS } from '../limits.ts';
import { decodeBytes, decodeSymbols, isSymbolFont, labelOf, type RtfFont } from './charsets.ts';
import type { Flow } from './flow.ts';
import { type GroupState, newState, type RtfDocument } from './state.ts';
import type { RtfSink } from './tokens.ts';

/** What the control words act on. */
export interface RtfReader {
  readonly document: RtfDocument;
  /** The innermost group. */
  readonly state: () => GroupState;
  /** Text at this place, already decoded. */
  readonly emit: (text: string) => void;
  /** One UTF-16 code unit; what follows for old readers is left out. */
  readonly unicode: (code: number) => void;
  /** Text collected since the last call: a number label, a font name, a property. */
  readonly takeCollected: () => string;
}

/** Stands for the end of a group, which ends the name of a font or style. */
export const GROUP_END = '}';

type WordAction = (reader: RtfReader, name: string, value: number | null) => void;

const BOXES = /^[☐☑☒✓✗]$/u;

/** Signs of picture fonts before a line are bullets, but for boxes and ticks, which say something. */
const bullets = (signs: string): string =>
  Array.from(signs, (sign) => (BOXES.test(sign) ? sign : '•')).join('');

export const fontOf = ({ fonts, defaultFont }: RtfDocument, number: number): RtfFont | undefined =>
  fonts.get(number < 0 ? defaultFont : number);

const MOST_BLOCKS = 300_000;

const overLimit = ({ characters, cells, blocks }: RtfDocument): Refusal | null => {
  if (characters > LIMITS.textCharacters)
    return refusal('TEXT_TOO_LONG', `${LIMITS.textCharacters} characters`);
  if (cells > LIMITS.tableCells) return refusal('STRUCTURE_LIMIT', `> ${LIMITS.tableCells} cells`);
  return blocks > MOST_BLOCKS ? refusal('STRUCTURE_LIMIT', `> ${MOST_BLOCKS} paragraphs`) : null;
};

/** Gives text to the story of its group, unless nobody is to see it. */
const giveText = (document: RtfDocument, state: GroupState, text: string): void => {
  const { marks } = document;
  if (state.deleted) marks.tracked = true;
  else if (state.hidden) marks.hidden ||= text.trim() !== '';
  else {
    document.characters += text.length;
    document.stop ??= overLimit(document);
    state.flow.append(text);
  }
};

const shownSigns = ({ marks }: RtfDocument, { destination }: GroupState, signs: string): string => {
  if (destination === 'label') return bullets(signs);
  if (destination === 'text' && signs.includes(UNKNOWN_SIGN)) marks.unknownSign = true;
  return signs;
};

/** Decodes the bytes that stand together, by the font they stand in. */
const decoded = (document: RtfDocument, state: GroupState, latin: string): string => {
  const near = fontOf(document, state.font);
  const far = state.farFont < 0 ? undefined : document.fonts.get(state.farFont);
  if (near !== undefined && isSymbolFont(near) && state.script === 'near') {
    return shownSigns(document, state, decodeSymbols(latin, near));
  }
  const [first, second] = state.script === 'far' ? [far ?? near, near] : [near, far];
  const text = decodeBytes(latin, labelOf(first, second, document.charset));
  if (text.includes('\ufffd')) document.marks.replaced = true;
  return text;
};

/** A \u character; in a picture font it stands for a sign. */
const signOfCode = (document: RtfDocument, state: GroupState, code: number): string => {
  const font = fontOf(document, state.font);
  const character = String.fromCharCode(code);
  if (font === undefined || !(isSymbolFont(font) || isPictureFont(font.name))) return character;
  return shownSigns(document, state, signsOf(font.name, character));
};

const COLLECTED = new Set<GroupState['destination']>(['label', 'fonts', 'styles', 'property']);

const NAMED = new Set<GroupState['destination']>(['fonts', 'styles']);

/** `act` is told each control word that counts. */
export const rtfReader = (document: RtfDocument, body: Flow, act: WordAction): RtfSink => {
  const stack: GroupState[] = [];
  let state = newState(body);
  let bytes: string[] = [];
  let collected: string[] = [];
  let toSkip = 0;

  const emit = (text: string): void => {
    if (state.destination === 'text') giveText(document, state, text);
    else if (COLLECTED.has(state.destination)) collected.push(text);
  };
  const flush = (): void => {
    if (bytes.length === 0) return;
    const latin = bytes.join('');
    bytes = [];
    emit(decoded(document, state, latin));
  };
  const unicode = (code: number): void => {
    emit(signOfCode(document, state, code));
    toSkip = state.fallback;
  };
  const reader: RtfReader = {
    document,
    state: () => state,
    emit,
    unicode,
    takeCollected: () => {
      const text = collected.join('');
      collected = [];
      return text;
    },
  };
  return {
    open: () => {
      flush();
      toSkip = 0;
      stack.push(state);
      const destination = state.skipChild ? 'skip' : state.destination;
      state.skipChild = false;
      state = { ...state, destination, atEnd: null, fresh: true, starred: false };
    },
    close: () => {
      flush();
      toSkip = 0;
      if (NAMED.has(state.destination)) act(reader, GROUP_END, null);
      state.atEnd?.();
      state = stack.pop() ?? state;
    },
    word: (name, value) => {
      if (state.destination === 'skip') return;
      flush();
      act(reader, name, value);
    },
    bytes: (latin) => {
      state.fresh = false;
      if (state.destination === 'skip') return;
      const kept = latin.slice(toSkip);
      toSkip -= latin.length - kept.length;
      if (kept !== '') bytes.push(kept);
    },
    stopped: () => document.stop,
  };
};
