/** 发文字号: every bracket and spacing that occurs, orders and announcements, and the broken forms as mere candidates. */
import type { DocumentNumber } from '../domain/elements.ts';
import { joined } from '../domain/lines.ts';
import type { Span } from '../domain/text.ts';
import { CLOSE, chineseNumber, DIGIT, GAP, OPEN, plainDigits } from './characters.ts';

/** `sure` false: brackets, 号 or the issuer mark are missing, so that the parts are only a likely reading. */
export interface FoundNumber extends Span {
  readonly value: DocumentNumber;
  readonly sure: boolean;
  /** Pieces are missing: what is left is read, but shown as damaged. */
  readonly broken: boolean;
}

const YEAR = `(${DIGIT}(?:${GAP}${DIGIT}){3})`;
const SEQUENCE = `(${DIGIT}(?:[ \\u3000]?${DIGIT}){0,4}(?:${GAP}[-－–—之]${GAP}${DIGIT}{1,3})?)`;
const COUNT = `(${DIGIT}(?:[ \\u3000]?${DIGIT}){0,4}|[一二三四五六七八九十百零〇]{1,6})`;

const BRACKETED = new RegExp(
  `${OPEN}${GAP}${YEAR}${GAP}(?:年度?)?${GAP}${CLOSE}${GAP}第?${GAP}${SEQUENCE}${GAP}号`,
  'gu',
);
const ORDER = new RegExp(
  `(令|公告|通告)${GAP}(?:${OPEN}?${GAP}${YEAR}${GAP}年?${GAP}${CLOSE}?${GAP})?(第?)${GAP}${COUNT}${GAP}号`,
  'gu',
);
/** 某市人民政府第68号令 */
const REVERSED = new RegExp(`第${GAP}${COUNT}${GAP}号${GAP}令`, 'gu');
/** 国家税务总局2018年第12号: the word 公告 or 令 is left out. */
const DATED = new RegExp(`${YEAR}${GAP}年${GAP}第${GAP}${SEQUENCE}${GAP}号`, 'gu');
const BROKEN = new RegExp(
  [
    `${OPEN}?${GAP}((?:19|20)${DIGIT}{2})${GAP}(${DIGIT}{1,4})${GAP}号`,
    `${OPEN}${GAP}((?:19|20)${DIGIT}{2})${GAP}${CLOSE}${GAP}第?(${DIGIT}{1,4})(?!${DIGIT})`,
    `((?:19|20)${DIGIT}{2})${GAP}年?${CLOSE}${GAP}第?(${DIGIT}{1,4})${GAP}号`,
    `${OPEN}([4-9]${DIGIT})${CLOSE}${GAP}第?(${DIGIT}{1,4})${GAP}号`,
  ].join('|'),
  'gu',
);

/** Words that can stand before a mark without belonging to it; the mark is what follows the last of them. */
const BEFORE_MARK =
  /根据|按照|依据|依照|遵照|参照|印发|转发|批转|下发|颁发|发布|公布|贯彻|落实|执行|关于|详见|参见|通知|意见|决定|办法|规定|细则|方案|批复|条例|解释|规则|规程|规划|计划|纲要|预案|目录|标准|措施|公告|通告|通报|决议|命令|指南|要点|制度|试行|暂行|请示|报告|议案|纪要|若干|文件|文号|字号|编号|精神|的|等|废止|号[和及与、]?/gu;
const LEADING = /^(?:[以按对据见在由]|日(?=[\p{Script=Han}]{2})|[（(][^（()）]{0,6}[)）])+/u;
const MARK = /(?:[\p{Script=Han}A-Za-z]|[（(][\p{Script=Han}]{1,3}[)）])+$/u;
const SPACED_MARK = /(?:[\p{Script=Han}][ \u3000]){1,11}[\p{Script=Han}]$/u;
const MARK_WINDOW = 40;

/** 沪规划资源规, 国中医药办法监发: inside a short run these belong to the mark itself. */
const MAY_BE_INSIDE = /^(?:规划|办法|标准|目录|措施|规则|制度|计划|规定|公布|发布|执行|报告|等)$/u;
const SHORT_RUN = 9;

const withoutLead = (run: string): string => {
  let from = 0;
  for (const word of run.matchAll(BEFORE_MARK)) {
    const after = word.index + word[0].length;
    const inside = word.index > 0 && run.length <= SHORT_RUN && MAY_BE_INSIDE.test(word[0]);
    if (run.length - after >= 2 && !inside) from = after;
  }
  const rest = run.slice(from);
  const lead = LEADING.exec(rest)?.[0].length ?? 0;
  return rest.length - lead >= 2 ? rest.slice(lead) : rest;
};

/** The mark that ends before `at`, with the offset where it starts. */
const markBefore = (text: string, at: number): { mark: string; start: number } => {
  const window = text.slice(Math.max(0, at - MARK_WINDOW), at);
  const before = window.trimEnd();
  if (window.length - before.length > 3) return { mark: '', start: at };
  const run = MARK.exec(before)?.[0] ?? '';
  const spaced = run.length === 1 ? (SPACED_MARK.exec(before)?.[0] ?? run) : run;
  const raw = withoutLead(spaced);
  return {
    mark: raw.replace(/\s/gu, ''),
    start: raw === '' ? at : at - window.length + before.length - raw.length,
  };
};

const plainSequence = (raw: string): string =>
  raw
    .split(/[-－–—之]/u)
    .map(plainDigits)
    .join('-');

const validYear = (raw: string): number | null => {
  const year = Number(plainDigits(raw));
  return year >= 1949 && year <= 2100 ? year : null;
};

const bracketed = (text: string, match: RegExpExecArray): FoundNumber | null => {
  const year = validYear(match[1] ?? '');
  if (year === null) return null;
  const { mark, start } = markBefore(text, match.index);
  const sequence = plainSequence(match[2] ?? '');
  const whole = mark.length >= 2 && mark.length <= 20;
  const value = { normalised: `${mark}〔${year}〕${sequence}号`, issuerMark: mark, year, sequence };
  return {
    value,
    sure: whole,
    broken: !whole,
    start,
    end: match.index + match[0].length,
  };
};

/** Issuers of an order or announcement may be several, with blanks between: 财政部 税务总局公告2018年第14号. */
const ISSUERS = /[\p{Script=Han}、 \u3000]{1,40}$/u;

const issuersBefore = (text: string, at: number): { mark: string; start: number } => {
  const window = text.slice(Math.max(0, at - MARK_WINDOW), at);
  const line = window.slice(window.trimEnd().lastIndexOf('\n') + 1);
  const run = (ISSUERS.exec(line)?.[0] ?? '').trimStart();
  const whole = run.trimEnd();
  const raw = line.trim() === whole ? run : run.slice(run.trimEnd().search(/[^ \u3000]+$/u));
  const mark = withoutLead(raw);
  return { mark: joined(mark), start: at - mark.length };
};

const order = (text: string, match: RegExpExecArray): FoundNumber | null => {
  const [whole, kind = '', yearWords, ordinal, count = ''] = match;
  const year = yearWords === undefined ? null : validYear(yearWords);
  if (year === null && (yearWords !== undefined || (kind !== '令' && ordinal === ''))) return null;
  const number = chineseNumber(plainDigits(count) || count);
  if (number === null) return null;
  const { mark, start } = issuersBefore(text, match.index);
  const sequence = String(number);
  const dated = year === null ? '' : `${year}年`;
  const value = {
    normalised: `${mark}${kind}${dated}第${sequence}号`,
    issuerMark: mark,
    year,
    sequence,
  };
  return { value, sure: mark !== '', broken: false, start, end: match.index + whole.length };
};

const reversed = (text: string, match: RegExpExecArray): FoundNumber | null => {
  const [whole, count = ''] = match;
  const number = chineseNumber(plainDigits(count) || count);
  const { mark, start } = issuersBefore(text, match.index);
  if (number === null || mark.length < 2) return null;
  const sequence = String(number);
  const normalised = `${mark}令第${sequence}号`;
  const value = { normalised, issuerMark: mark, year: null, sequence };
  return { value, sure: true, broken: false, start, end: match.index + whole.length };
};

const dated = (text: string, match: RegExpExecArray): FoundNumber | null => {
  const year = validYear(match[1] ?? '');
  const { mark, start } = issuersBefore(text, match.index);
  if (year === null || mark.length < 2) return null;
  const sequence = plainSequence(match[2] ?? '');
  const value = { normalised: `${mark}${year}年第${sequence}号`, issuerMark: mark, year, sequence };
  return { value, sure: false, broken: false, start, end: match.index + match[0].length };
};

/** Lost brackets or lost 号 (网页抽取会丢括号): the split into year and sequence is a guess, so it is never sure. */
const broken = (text: string, match: RegExpExecArray): FoundNumber | null => {
  const groups = match.slice(1).filter((group) => group !== undefined);
  const digits = plainDigits(groups[0] ?? '');
  const year = digits.length === 4 ? validYear(digits) : null;
  const { mark, start } = markBefore(text, match.index);
  if (mark.length < 2) return null;
  const sequence = plainSequence(groups[1] ?? '');
  const value = {
    normalised: `${mark}〔${digits}〕${sequence}号`,
    issuerMark: mark,
    year,
    sequence,
  };
  return { value, sure: false, broken: true, start, end: match.index + match[0].length };
};

/** More numbers than any real paper cites; what follows in a hostile text is left. */
const MAX_TRIED = 20_000;

const every = (
  text: string,
  pattern: RegExp,
  read: (text: string, match: RegExpExecArray) => FoundNumber | null,
): FoundNumber[] => {
  const found: FoundNumber[] = [];
  let tried = 0;
  for (const match of text.matchAll(pattern)) {
    const one = read(text, match);
    if (one !== null) found.push(one);
    tried += 1;
    if (tried >= MAX_TRIED) break;
  }
  return found;
};

const apart = (found: readonly FoundNumber[]): FoundNumber[] => {
  const kept: FoundNumber[] = [];
  for (const one of [...found].sort((a, b) => a.end - b.end || a.start - b.start)) {
    const last = kept.at(-1);
    if (last === undefined || one.start >= last.end) kept.push(one);
  }
  return kept;
};

/** Well-formed numbers of the text in order: bracketed ones, orders, announcements. */
export const findNumbers = (text: string): FoundNumber[] =>
  apart([
    ...every(text, BRACKETED, bracketed),
    ...every(text, ORDER, order),
    ...every(text, REVERSED, reversed),
  ]);

/** Likely readings of damaged numbers; only for places where a number is expected, never for running text. */
export const findBrokenNumbers = (text: string): FoundNumber[] =>
  apart([...every(text, BROKEN, broken), ...every(text, DATED, dated)]);

/** A single number as it stands in a list or a field; null where nothing can be read. */
export const parseDocumentNumber = (
  raw: string,
): { value: DocumentNumber; sure: boolean } | null => {
  const text = raw.slice(0, 400);
  const [found = findBrokenNumbers(text)[0]] = findNumbers(text);
  return found === undefined ? null : { value: found.value, sure: found.sure };
};
