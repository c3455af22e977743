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

export interface FlowRange {
  readonly from: number;
  readonly to: number;
  /** Most characters of flow. */
  readonly cap: number;
  /** Lines are joined whatever they look like: for titles. */
  readonly joined?: boolean;
}

const growingFlow = (cap: number) => {
  const places = new Int32Array(cap);
  const kept: string[] = [];
  const push = (char: string, place: number): void => {
    if (kept.length === cap) return;
    places[kept.length] = place;
    kept.push(char);
  };
  return {
    push,
    line: (text: string, from: number, to: number): void => {
      for (let place = from; place < to; place += 1) {
        const char = text.charAt(place);
        if (!BLANK.test(char)) push(char, place);
      }
    },
    size: () => kept.length,
    flow: (): Flow => ({ chars: kept.join(''), places: places.subarray(0, kept.length) }),
  };
};

const LOOK = 40;

/** The next line of the range: where it ends, and how it begins. */
const lineAt = (text: string, at: number, to: number): { end: number; begins: string } => {
  const newline = text.indexOf('\n', at);
  const end = newline < 0 ? to : Math.min(newline, to);
  return { end, begins: text.slice(at, Math.min(end, at + LOOK)).trim() };
};

/** Reads from..to of the text, line by line, without blanks. */
export const flowOf = (text: string, range: FlowRange): Flow => {
  const cap = Math.max(0, Math.min(range.cap, range.to - range.from));
  const growing = growingFlow(cap);
  let last = '';
  let at = range.from;
  while (at < range.to && growing.size() < cap) {
    const { end, begins } = lineAt(text, at, range.to);
    if (begins !== '') {
      const apart = range.joined !== true && growing.size() > 0 && !joins(last, begins);
      if (apart) growing.push('\n', at - 1);
      last = text.slice(Math.max(at, end - LOOK), end).trim();
    }
    growing.line(text, at, Math.min(end, at + 4 * cap));
    at = end + 1;
  }
  return growing.flow();
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
