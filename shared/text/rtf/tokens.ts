/** Cuts RTF into groups, control words and bytes, in one pass without recursion. */
import { type Refusal, refusal } from '../../domain/refusal.ts';

/** Takes what is met, in order. */
export interface RtfSink {
  readonly open: () => void;
  readonly close: () => void;
  /** A control word with its number, or a control symbol (`*`, `~`) under its own sign. */
  readonly word: (name: string, value: number | null) => void;
  /** Bytes of text, one character U+0000–U+00FF each. */
  readonly bytes: (latin: string) => void;
  /** Asked between tokens; a refusal ends the pass. */
  readonly stopped: () => Refusal | null;
}

export interface RtfEnd {
  readonly stop: Refusal | null;
  /** Groups still open where the file ends. */
  readonly open: number;
}

/** Word writes some 30. */
const DEEPEST = 1_000;

const WORD = /([a-zA-Z]{1,32})(-?\d{1,10})? ?/uy;
const TEXT = /[^\\{}\r\n]{1,65536}/uy;
const HEX = /[0-9a-fA-F]{2}/uy;
const LINE_ENDS = /[\r\n]{1,65536}/uy;

const matchAt = (pattern: RegExp, source: string, at: number): RegExpExecArray | null => {
  pattern.lastIndex = at;
  return pattern.exec(source);
};

/** A control word; `\bin` is passed over with its bytes. Gives the place behind it. */
const controlWord = (found: RegExpExecArray, sink: RtfSink): number => {
  const [whole, name = '', digits] = found;
  const value = digits === undefined ? null : Number(digits);
  const end = found.index + whole.length;
  if (name === 'bin') return end + Math.max(0, value ?? 0);
  sink.word(name, value);
  return end;
};

const hexByte = (source: string, at: number, sink: RtfSink): number => {
  const hex = matchAt(HEX, source, at)?.[0];
  if (hex === undefined) return at;
  sink.bytes(String.fromCharCode(Number.parseInt(hex, 16)));
  return at + 2;
};

/** Passes over what stands after a backslash; gives the place behind it. */
const control = (source: string, at: number, sink: RtfSink): number => {
  const word = matchAt(WORD, source, at);
  if (word !== null) return controlWord(word, sink);
  const sign = source[at] ?? '';
  if (sign === "'") return hexByte(source, at + 1, sink);
  if (sign === '\\' || sign === '{' || sign === '}') sink.bytes(sign);
  else sink.word(sign === '\n' || sign === '\r' ? 'par' : sign, null);
  return at + 1;
};

/** Text or line ends; line ends mean nothing in RTF. */
const plain = (source: string, at: number, sink: RtfSink): number => {
  const text = matchAt(TEXT, source, at)?.[0];
  if (text !== undefined) sink.bytes(text);
  return at + (text ?? matchAt(LINE_ENDS, source, at)?.[0] ?? ' ').length;
};

/** One token at `at`; gives the place behind it. */
const step = (source: string, at: number, sink: RtfSink): number => {
  const sign = source[at];
  if (sign === '\\') return control(source, at + 1, sink);
  if (sign === '{') sink.open();
  else if (sign === '}') sink.close();
  else return plain(source, at, sink);
  return at + 1;
};

/**
 * `source` holds the bytes of the file as Latin-1; what stands behind its last group is no part of the document. Stops with
 * STRUCTURE_LIMIT over 1,000 groups inside each other.
 */
export const passOverRtf = (source: string, sink: RtfSink): RtfEnd => {
  let at = Math.max(0, source.indexOf('{'));
  let depth = 0;
  let stop: Refusal | null = null;
  const counted: RtfSink = {
    ...sink,
    open: () => {
      depth += 1;
      if (depth > DEEPEST) stop = refusal('STRUCTURE_LIMIT', `RTF depth > ${DEEPEST}`);
      else sink.open();
    },
    close: () => {
      depth -= 1;
      sink.close();
    },
  };
  do {
    at = step(source, at, counted);
    stop ??= sink.stopped();
  } while (at < source.length && depth > 0 && stop === null);
  return { stop, open: depth };
};
