/** The title: from the head, where it may span lines; confirmed by metadata; else only a candidate. */
import { joined, linesOf } from '../domain/lines.ts';
import { type CanonicalText, type Quote, quoteOf } from '../domain/text.ts';
import { endsAsTitle } from './genre.ts';
import type { Head, HeadLine } from './head.ts';
import { isBodyName } from './own-date.ts';
import { confirmed, namedByFile, namesOf, plain } from './title-names.ts';

export interface FoundTitle {
  readonly value: string;
  readonly sure: boolean;
  readonly quote: Quote;
}

const MAX_LINES = 6;
const MAX_CHARACTERS = 220;
const CONTINUES =
  /^[（(](?:试行|暂行|征求意见稿|修订|修订稿|草案|送审稿|第?[一二三四五六七八九十\d]+批|节录|摘要|[^，。]{0,12}版)[^，。]{0,8}[）)]$/u;

const balanced = (words: string): boolean =>
  (words.match(/[《（(“]/gu)?.length ?? 0) === (words.match(/[》）)”]/gu)?.length ?? 0);

interface Candidate {
  readonly first: number;
  readonly last: number;
  readonly words: string;
  readonly score: number;
}

const isTitleLine = (line: HeadLine | undefined): line is HeadLine =>
  line !== undefined &&
  (line.kind === 'other' || (line.kind === 'remark' && CONTINUES.test(line.text)));

/** What speaks for or against words as a title, in points. */
const BY_WORDS: readonly (readonly [number, (words: string) => boolean])[] = [
  [4, endsAsTitle],
  [2, (words) => /关于/u.test(words)],
  [-4, (words) => words.length < 5 || words.length > 160],
  [-3, (words) => !balanced(words)],
  [-4, (words) => /[。；;！!？?，,、：:]$/u.test(words)],
  [-5, (words) => /^[、，。；）》]|^[^：:]{2,8}[：:]|^[\d\s年月日.-]+$/u.test(words)],
  [
    -5,
    (words) =>
      /^(?:[省市区县州部局院]长|主席|主任|总理|州长|行长)[\p{Script=Han}]{2,4}$/u.test(words),
  ],
  [-6, (words) => /^第.{1,4}号$|^目\s*录$|^附\s*件/u.test(words)],
];

/** A label with its value, of a kind no list of labels holds (留言编号：…), or the start of a sentence: no title goes on there. */
const GOES_NOT_ON =
  /^[\p{Script=Han}]{2,6}[：:]|^(?:本(?:年度)?(?:报告|办法|方案|单位|部门|街道|通知)|根据|按照|依据|现将|近日|近期)/u;

/** A line of a title set over several: only words, and not yet the end of a title. Menus have shorter ones. */
const WRAPPED = /^[\p{Script=Han}\d〈〉《》“”‘’（）()、·—]{8,30}$/u;
const NUMBERED =
  /^(?:附\s*件|第.{1,6}[号期]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])|^[\d年月日]{1,20}$/u;
const isWrapped = ({ text }: HeadLine): boolean =>
  (WRAPPED.test(text.replace(/(?<=\d)[ \u3000]|[ \u3000](?=\d)/gu, '')) || isBodyName(text)) &&
  !endsAsTitle(text) &&
  !NUMBERED.test(text);

const FOLLOWERS: readonly unknown[] = ['addressee', 'date', 'remark', 'body'];

const scoreOf = (words: string, { lines }: Head, span: { first: number; last: number }): number => {
  const before = lines[span.first - 1]?.kind;
  const after = lines[span.last + 1]?.kind;
  const numbered = before === 'number' || after === 'number' ? 3 : 0;
  const followed = FOLLOWERS.includes(after) ? 1 : 0;
  return BY_WORDS.reduce(
    (sum, [points, holds]) => (holds(words) ? sum + points : sum),
    numbered + followed,
  );
};

/** What a line above, where all above are of that kind, speaks for the title that goes on below it, in points. */
const FITS = 0.3;

/** The prefixes of the run of title-like lines that starts here. */
const runsFrom = (head: Head, first: number): Candidate[] => {
  const found: Candidate[] = [];
  let raw = '';
  let wrapped = 0;
  for (const [extra, line] of head.lines.slice(first, first + MAX_LINES).entries()) {
    const goesOn = extra === 0 || !GOES_NOT_ON.test(line.text);
    if (!isTitleLine(line) || !goesOn || raw.length + line.text.length > MAX_CHARACTERS) break;
    raw = raw === '' ? line.text : `${raw}\n${line.text}`;
    const words = joined(raw);
    const last = first + extra;
    const fit = wrapped === extra ? wrapped * FITS : 0;
    const shape = fit - extra * 0.1 - first * 0.02;
    found.push({ first, last, words, score: scoreOf(words, head, { first, last }) + shape });
    wrapped += isWrapped(line) ? 1 : 0;
  }
  return found;
};

const candidatesOf = (head: Head): Candidate[] =>
  head.lines.flatMap((_, first) => runsFrom(head, first));

/** Words that are called the title beside the text are offered, whatever they look like. */
const CANDIDATE = 0;

const OWNED = /^(?!关于)[^，。《]{3,80}关于/u;

/** The points of a candidate with what stands beside the text. */
const totalOf = (one: Candidate, names: readonly string[], fileName: string): number => {
  const words = plain(one.words);
  const known = confirmed(words, names);
  const owned = OWNED.test(one.words) ? 0.7 : 0;
  const total = one.score + known + owned + namedByFile(words, fileName);
  return known > 0 && names.includes(words) ? Math.max(CANDIDATE, total) : total;
};

const fromLines = (source: CanonicalText, head: Head, fileName: string): FoundTitle | null => {
  const names = namesOf(source, head);
  let best: Candidate | null = null;
  for (const one of candidatesOf(head)) {
    const score = totalOf(one, names, fileName);
    if (best === null || score > best.score) best = { ...one, score };
  }
  const first = best === null ? undefined : head.lines[best.first];
  const last = best === null ? undefined : head.lines[best.last];
  if (best === null || first === undefined || last === undefined || best.score < 0) return null;
  return {
    value: best.words,
    sure: best.score >= 4,
    quote: quoteOf(source.text, first.start, last.end),
  };
};

const fromField = (source: CanonicalText, head: Head): FoundTitle | null => {
  const field = head.fields.find((one) => one.name === 'title' && one.value.text.length >= 5);
  if (field === undefined) return null;
  const { start, end, text } = field.value;
  return { value: joined(text), sure: endsAsTitle(text), quote: quoteOf(source.text, start, end) };
};

const INLINE_WINDOW = 320;
/** Ends of an inline title: a blank, or the words with which an addressee or a body starts. */
const INLINE_STOP =
  /(?<=(?:通知|意见|决定|公告|通告|通报|报告|批复|函|办法|规定|细则|方案|解读|公示|纪要)(?:（[^（）]{1,12}）)?)(?=[ \u3000]|各[\p{Script=Han}]{1,12}[、，：:]|为[了进深贯全加]|根据)/u;

/** Web copies that lost their line ends: title, number and body stand on one line. */
const inline = ({ text }: CanonicalText, head: Head): FoundTitle | null => {
  const line = head.lines[0];
  if (line === undefined || !/[。；]/u.test(line.text)) return null;
  const window = line.text.slice(0, INLINE_WINDOW);
  const number = head.numbers.find(
    (one) => one.start > line.start && one.start < line.start + INLINE_WINDOW,
  );
  const upToNumber =
    number === undefined ? '' : text.slice(line.start, number.start).replace(/[（(\s]+$/u, '');
  const stop = INLINE_STOP.exec(window)?.index ?? -1;
  const words =
    endsAsTitle(upToNumber) && !/[。；]/u.test(upToNumber)
      ? upToNumber
      : stop > 0
        ? window.slice(0, stop)
        : '';
  if (words.length < 6 || /[。；]|^(?:为|根据|按照|现将)/u.test(words) || !balanced(words))
    return null;
  return {
    value: joined(words),
    sure: true,
    quote: quoteOf(text, line.start, line.start + words.length),
  };
};

/** Only blanks from here on; looks no further than the first thing said. */
const saysNothing = (text: string, from: number): boolean => {
  for (const _ of linesOf(text, from)) return false;
  return true;
};

/** A text of one line is its own title; without the words of a title it is only a candidate. */
const onlyLine = ({ text }: CanonicalText, head: Head): FoundTitle | null => {
  const line = head.lines[0];
  if (
    line === undefined ||
    line.kind === 'addressee' ||
    !saysNothing(text, line.end) ||
    line.text.length > MAX_CHARACTERS ||
    /[。；]/u.test(line.text)
  )
    return null;
  const number = head.numbers.find((one) => one.end === line.end && one.start > line.start);
  const end =
    number === undefined
      ? line.end
      : line.start + text.slice(line.start, number.start).replace(/[（(\s]+$/u, '').length;
  if (end <= line.start) return null;
  const words = text.slice(line.start, end);
  return { value: joined(words), sure: endsAsTitle(words), quote: quoteOf(text, line.start, end) };
};

const fromName = ({ text }: CanonicalText, fileName: string): FoundTitle | null => {
  const name = fileName.replace(/\.[A-Za-z]{2,5}$/u, '').trim();
  const at = name.length < 4 ? -1 : text.slice(0, 8000).indexOf(name);
  return at < 0
    ? null
    : { value: joined(name), sure: false, quote: quoteOf(text, at, at + name.length) };
};

/** 某市人民政府令⏎第189号: the name of the order is its title. */
const fromOrder = ({ text }: CanonicalText, head: Head): FoundTitle | null => {
  const line = head.lines.find((one) => one.kind === 'number');
  const number = head.numbers.find((one) => one.start === line?.start);
  const words =
    number === undefined
      ? ''
      : (/^[^\n]{2,60}?(?:令|公告|通告)/u.exec(text.slice(number.start, number.end))?.[0] ?? '');
  if (number === undefined || words === '') return null;
  return {
    value: joined(words),
    sure: number.sure,
    quote: quoteOf(text, number.start, number.start + words.length),
  };
};

/** Null where no words of the text can be the title; `sure` only where they end as titles do and stand where titles stand. */
export const findTitle = (
  source: CanonicalText,
  head: Head,
  fileName: string,
): FoundTitle | null => {
  const lines = onlyLine(source, head) ?? fromLines(source, head, fileName);
  if (lines?.sure) return lines;
  const other = fromOrder(source, head) ?? inline(source, head) ?? fromField(source, head);
  return other?.sure ? other : (lines ?? other ?? fromName(source, fileName));
};
