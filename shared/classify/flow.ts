/** A text without its blanks and broken lines, with the way back: rules look at the flow, quotes come from the text. */
import { type Quote, quoteOf } from '../domain/text.ts';

/** `chars[i]` stands at `places[i]` of the text. */
export interface Flow {
  readonly chars: string;
  readonly places: Int32Array;
}

const BLANK = /[ \t\u3000]/u;
const ENDS = /[。；：？！…]$/u;
const STARTS =
  /^(?:第[一二三四五六七八九十百零〇\d]{1,6}[章节条编部]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[)）]|#|附件|\d{1,2}[.、．])/u;
/** A line at least this long that ends without punctuation was cut by the margin, not by its writer. */
const WRAPPED = 22;
/** Lines this short are pieces of one line that a converter broke apart. */
const CRUMB = 4;

const joins = (before: string, after: string): boolean => {
  if (before.length === 0 || ENDS.test(before) || STARTS.test(after)) return false;
  return before.length <= CRUMB || after.length <= CRUMB || before.length >= WRAPPED;
};

/** Reads from..to of the text, at most `cap` characters of flow. */
export const flowOf = (
  text: string,
  range: {
    readonly from: number;
    readonly to: number;
    readonly cap: number;
    /** Lines are joined whatever they look like: for titles. */
    readonly joined?: boolean;
  },
): Flow => {
  const places = new Int32Array(Math.max(0, Math.min(range.cap, range.to - range.from)));
  const kept: string[] = [];
  let size = 0;
  let line = '';
  const push = (char: string, place: number): void => {
    kept.push(char);
    places[size] = place;
    size += 1;
  };
  let at = range.from;
  while (at < range.to && size < places.length) {
    const newline = text.indexOf('\n', at);
    const end = newline < 0 ? range.to : Math.min(newline, range.to);
    const next = text.slice(at, Math.min(end, at + 40)).trim();
    const apart = range.joined !== true && !joins(line, next);
    if (size > 0 && next !== '' && apart && size < places.length) push('\n', at - 1);
    if (next !== '') line = text.slice(Math.max(at, end - 40), end).trim();
    for (let place = at; place < end && size < places.length; place += 1) {
      const char = text.charAt(place);
      if (!BLANK.test(char)) push(char, place);
    }
    at = end + 1;
  }
  return { chars: kept.join(''), places: places.subarray(0, size) };
};

/** The words of the text that a stretch of the flow was read from. */
export const quoteFromFlow = (
  text: string,
  flow: Flow,
  stretch: { readonly start: number; readonly end: number },
): Quote | null => {
  const first = flow.places[stretch.start];
  const last = flow.places[stretch.end - 1];
  if (first === undefined || last === undefined || last < first) return null;
  return quoteOf(text, first, last + 1);
};
