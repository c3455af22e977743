/** 附件说明: the list after the body that names what is attached. */
import { joined, type Line, linesOf, trimmed } from '../domain/lines.ts';
import { type Quote, quoteOf } from '../domain/text.ts';
import { findDates } from './dates.ts';
import { isBodyName } from './own-date.ts';

export interface FoundAttachment {
  readonly value: string;
  readonly sure: boolean;
  readonly quote: Quote;
}

const START = /^[（(]?附[ \u3000]{0,4}件[ \u3000]{0,4}[：:]/gmu;
const INLINE_START = /(?<=[ \u3000。])附[ \u3000]{0,4}件[：:]/gu;
const NUMBERED =
  /^(?:附件)?[（(]?([0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})[）)]?[ \u3000]{0,4}[.．、。:：][ \u3000]{0,4}/u;
const MAX_ATTACHMENTS = 60;
const LIST_CHARACTERS = 8000;

const named = (text: string, line: Line): FoundAttachment | null => {
  const lead = NUMBERED.exec(line.text)?.[0].length ?? 0;
  const words = trimmed(text, line.start + lead, line.end);
  return words.text.length < 2 || words.text.length > 160
    ? null
    : {
        value: joined(words.text).replace(/[；;。]$/u, ''),
        sure: true,
        quote: quoteOf(text, words.start, words.end),
      };
};

const ends = (line: Line): boolean =>
  isBodyName(line.text) ||
  findDates(line.text.slice(0, 60)).length > 0 ||
  /^附\s{0,4}件|^[（(]/u.test(line.text) ||
  line.text.length > 160;

/** A hard-wrapped name goes on where its brackets are open. */
const open = (words: string): boolean =>
  (words.match(/[《（(“]/gu)?.length ?? 0) > (words.match(/[》）)”]/gu)?.length ?? 0);

/** The lines of the list, hard-wrapped ones put together. */
const listLines = (text: string, from: number): Line[] => {
  const list: Line[] = [];
  for (const line of linesOf(text, from, Math.min(text.length, from + LIST_CHARACTERS))) {
    const previous = list.at(-1);
    const goesOn = previous !== undefined && previous.text.length < 160 && open(previous.text);
    if (goesOn) {
      const end = line.end;
      list[list.length - 1] = { start: previous.start, end, text: text.slice(previous.start, end) };
      continue;
    }
    if (previous !== undefined && (ends(line) || !NUMBERED.test(line.text))) break;
    list.push(line);
    if (list.length > MAX_ATTACHMENTS) break;
  }
  return list;
};

const listFrom = (text: string, from: number): FoundAttachment[] =>
  listLines(text, from).flatMap((line) => named(text, line) ?? []);

/** Names that stand on one line: 附件：1.甲 2.乙. */
const inlineList = (text: string, from: number): FoundAttachment[] => {
  const stop = text.slice(from, from + 400).search(/[\n。]/u);
  const end = stop < 0 ? Math.min(text.length, from + 400) : from + stop;
  const part = text.slice(from, end);
  const starts = [...part.matchAll(/(?<=^|[ \u3000；;])(?=\d{1,2}[.．、])/gu)].map(
    (match) => match.index,
  );
  const cuts =
    starts.length > 1
      ? [...starts, part.length]
      : [0, part.search(/\S\s/u) < 0 ? part.length : part.search(/\S\s/u) + 1];
  return cuts
    .slice(0, -1)
    .flatMap(
      (cut, index) =>
        named(text, trimmed(text, from + cut, from + (cuts[index + 1] ?? part.length))) ?? [],
    );
};

export const findAttachments = (text: string): FoundAttachment[] => {
  const [start] = text.matchAll(START);
  if (start !== undefined) {
    const list = listFrom(text, start.index + start[0].length);
    const [only] = list;
    const several =
      only !== undefined && list.length === 1 && /[ \u3000；;]2[.．、]/u.test(only.quote.quote);
    return several ? inlineList(text, start.index + start[0].length) : list;
  }
  const [within] = text.matchAll(INLINE_START);
  return within === undefined ? [] : inlineList(text, within.index + within[0].length);
};
