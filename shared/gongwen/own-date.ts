/** Which date of a text is the 成文日期: the signature's, a field's or the one in the 题注. */
import { type Line, lineAround, lineBefore, trimmed } from '../domain/lines.ts';
import { type Quote, quoteOf, type Span } from '../domain/text.ts';
import { type FoundDate, findDates, findFieldDates, isBrokenDate } from './dates.ts';
import type { Head } from './head.ts';

export interface FoundDay {
  readonly value: string;
  readonly sure: boolean;
  readonly quote: Quote;
}

/** `signer` is the line or words above the date. */
export interface Signature {
  readonly date: FoundDate;
  readonly signer: Line;
}

const BODY_SUFFIX =
  /(?:政府|办公厅|办公室|委员会|[部厅局署委办院会社区处队]|中心|公司|集团|法院|检察院|大学|学院|街道|党工委|总队|支队|小组|指挥部|联合会|协会|银行|[（(](?:章|印|盖章|代章|公章)[）)])(?:[（(][\p{Script=Han}]{1,12}[）)])?$/u;

const SIGNER_CHARACTERS = 44;

/** True for a line that can only be the name of a body. */
export const isBodyName = (words: string): boolean =>
  words.length >= 2 &&
  words.length <= SIGNER_CHARACTERS &&
  !/[，。；：:、《》！？“”\d]/u.test(words) &&
  BODY_SUFFIX.test(words.replace(/\s/gu, ''));

/** 制作：某办公室 names who signs as the bare name does. */
const SIGNED_BY = /^(?:制作|编制|发布|署名|落款|发文)(?:单位|机关|部门)?[：:][ \u3000]{0,4}/u;

const unlabelled = (text: string, line: Line): Line =>
  trimmed(text, line.start + (SIGNED_BY.exec(line.text)?.[0].length ?? 0), line.end);

/** The text before a date on its line, or the line above. */
const signerBefore = (text: string, date: Span): Line => {
  const line = lineAround(text, date.start);
  const same = trimmed(text, Math.max(line.start, date.start - 80), date.start);
  if (same.text !== '') return same;
  const above = lineBefore(text, line.start);
  return trimmed(text, Math.max(above.start, above.end - 80), above.end);
};

const endsLine = (text: string, date: Span): boolean => {
  const after = text.slice(date.end, Math.min(lineAround(text, date.end).end, date.end + 20));
  return (
    after.trim() === '' || /^\s{0,4}[（(](?:此|本)件/u.test(after) || /^\s{1,20}附件/u.test(after)
  );
};

/** The first date after `from` that closes its line under or beside the name of a body. */
export const findSignature = (
  text: string,
  dates: readonly FoundDate[],
  from: number,
): Signature | null => {
  for (const date of dates) {
    if (date.start < from || !endsLine(text, date)) continue;
    const signer = unlabelled(text, signerBefore(text, date));
    if (isBodyName(signer.text)) return { date, signer };
    const tail = /(?:[。.\s])([\p{Script=Han}]{4,30})$/u.exec(signer.text)?.[1];
    if (tail !== undefined && isBodyName(tail))
      return { date, signer: trimmed(text, signer.end - tail.length, signer.end) };
  }
  return null;
};

const day = (text: string, date: FoundDate | undefined, sure: boolean): FoundDay | null =>
  date?.iso === undefined || date.iso === null
    ? null
    : { value: date.iso, sure, quote: quoteOf(text, date.start, date.end) };

const inFields = (text: string, head: Head, name: 'written' | 'made'): FoundDay | null => {
  for (const field of head.fields) {
    if (field.name !== name) continue;
    const date = findFieldDates(field.value.text)[0];
    if (date?.iso)
      return day(
        text,
        { ...date, start: field.value.start + date.start, end: field.value.start + date.end },
        name === 'written',
      );
  }
  return null;
};

/** Several dates in a 题注: the last one made the text what it is, and stays a candidate. */
const inRemark = (text: string, head: Head, dates: readonly FoundDate[]): FoundDay | null => {
  const remarks = head.lines.filter((line) => line.kind === 'remark');
  const inside = dates.filter(
    (date) =>
      remarks.some((line) => date.start >= line.start && date.end <= line.end) &&
      /^[^\n。]{0,120}?(?:通过|批准|发布|公布|修订|修正|印发|颁布|起?施行)/u.test(
        text.slice(date.end, date.end + 160),
      ),
  );
  const made = inside.filter(
    (date) => !/^[ \u3000起]{0,3}(?:起?施行)/u.test(text.slice(date.end, date.end + 8)),
  );
  const passed = made.length === 1 && remarks.some((line) => /^[（(].*通过/u.test(line.text));
  return day(text, made.at(-1), passed);
};

const standsAlone = (text: string, date: FoundDate): boolean =>
  text.slice(Math.max(lineAround(text, date.start).start, date.start - 20), date.start).trim() ===
    '' && endsLine(text, date);

/** 附注 stands right under the 成文日期 (GB/T 9704—2012 7.3.7). */
const NOTE_BELOW = /^\s{0,20}[（(【]?(?:此|本)[ \u3000]{0,3}件[^\n。]{0,24}公开/u;

/** A date alone on its line after the body: sure above the 附注, else the last one as a candidate. */
const aloneBelow = (text: string, from: number, dates: readonly FoundDate[]): FoundDay | null => {
  const alone = dates.filter((date) => date.start >= from && standsAlone(text, date));
  const noted = alone.find((date) => NOTE_BELOW.test(text.slice(date.end, date.end + 80)));
  return day(text, noted, true) ?? day(text, alone.at(-1), false);
};

const aloneInHead = (text: string, dates: readonly FoundDate[]): FoundDay | null =>
  day(
    text,
    dates.find((date) => standsAlone(text, date)),
    false,
  );

const TAIL_CHARACTERS = 1500;

const brokenLine = (text: string): boolean =>
  text
    .slice(Math.max(0, text.length - TAIL_CHARACTERS))
    .split('\n')
    .some((line) => isBrokenDate(line.trim()));

/** W_BROKEN_DATE: a line has the shape of a date but names no day; nothing is mended. */
export const findOwnDate = (
  text: string,
  head: Head,
): { day: FoundDay | null; signature: Signature | null; flags: string[] } => {
  const dates = findDates(text);
  const signature = findSignature(text, dates, Math.min(head.bodyStart, text.length));
  const signed = signature === null ? null : day(text, signature.date, true);
  const impossible = signature !== null && signature.date.iso === null;
  const found =
    signed ??
    inFields(text, head, 'written') ??
    inRemark(text, head, dates) ??
    aloneBelow(text, head.bodyStart, dates) ??
    inFields(text, head, 'made') ??
    aloneInHead(text, dates);
  const broken =
    impossible ||
    (found === null &&
      (brokenLine(text) || dates.some((date) => date.iso === null && endsLine(text, date))));
  return { day: found, signature, flags: broken ? ['W_BROKEN_DATE'] : [] };
};
