/** 发文机关: the 标志 above the number, the title's words before 关于, a field, or the signature; of several the first. */
import { joined, lineBefore, trimmed } from '../domain/lines.ts';
import { type Quote, quoteOf } from '../domain/text.ts';
import type { Head } from './head.ts';
import { isBodyName, type Signature } from './own-date.ts';

export interface FoundIssuer {
  readonly value: string;
  readonly sure: boolean;
  readonly quote: Quote;
}

const BODY_END =
  '(?:人民政府|政府|办公厅|办公室|委员会|联合会|指挥部|领导小组|办事处|党工委|[部厅局署委会院社])';
const TWO_BODIES = new RegExp(
  `^(.{2,40}?${BODY_END})(?=[ \\u3000、，\\n]|[\\p{Script=Han}]{2,8}?(?:省|自治区|市|区|县|州)[\\p{Script=Han}]{1,20}${BODY_END}$)`,
  'u',
);

/** The first of several signers; a span without blanks at its ends. */
const firstBody = (text: string, start: number, end: number): { start: number; end: number } => {
  const span = trimmed(text, start, end);
  const first = TWO_BODIES.exec(span.text)?.[1];
  return { start: span.start, end: first === undefined ? span.end : span.start + first.length };
};

const found = (text: string, start: number, end: number): FoundIssuer | null => {
  const first = firstBody(text, start, end);
  const value = joined(text.slice(first.start, first.end)).replace(
    /[（(](?:章|印|盖章|代章|公章)[）)]$/u,
    '',
  );
  return value.length < 2 || first.end <= first.start
    ? null
    : { value, sure: true, quote: quoteOf(text, first.start, first.end) };
};

const fromMark = (text: string, head: Head): FoundIssuer | null => {
  const line = head.lines.find((one) => one.kind === 'mark');
  if (line === undefined) return null;
  const words = line.text.replace(/\s*文\s*件$/u, '');
  return found(text, line.start, line.start + words.length);
};

const fromTitle = (text: string, title: Quote | null): FoundIssuer | null => {
  if (title === null) return null;
  const at = /关于|印发《|转发/u.exec(title.quote)?.index ?? -1;
  const before = at < 3 ? '' : title.quote.slice(0, at).trimEnd();
  if (
    before.length < 3 ||
    /[《》，。]/u.test(before) ||
    !new RegExp(`${BODY_END}$`, 'u').test(before.replace(/\s/gu, ''))
  )
    return null;
  return found(text, title.start, title.start + before.length);
};

const fromField = (text: string, head: Head): FoundIssuer | null => {
  const field = head.fields.find((one) => one.name === 'issuer' && isBodyName(one.value.text));
  return field === undefined ? null : found(text, field.value.start, field.value.end);
};

/** Joint signatures stand one above the other: the first of the lines in a row. */
const topSigner = (text: string, { signer }: Signature): { start: number; end: number } => {
  let top = { start: signer.start, end: signer.end };
  for (let round = 0; round < 8; round += 1) {
    const above = lineBefore(text, top.start);
    if (!isBodyName(above.text)) return top;
    top = above;
  }
  return top;
};

/** What a full name has before the short one: 中华人民共和国, 某市某区人民政府; no label, no other body. */
const FULLER = /^(?!.*(?:机关|单位|机构|来源|发布|公司))[\p{Script=Han}]{1,20}$/u;

/** A title or masthead may say 某街道办事处 for what signs as 某区人民政府某街道办事处. */
const isFuller = (other: FoundIssuer | null, named: FoundIssuer): other is FoundIssuer =>
  other !== null &&
  other.value.length > named.value.length &&
  other.value.endsWith(named.value) &&
  FULLER.test(other.value.slice(0, -named.value.length));

export const findIssuer = (
  text: string,
  head: Head,
  known: { title: Quote | null; signature: Signature | null },
): FoundIssuer | null => {
  const field = fromField(text, head);
  const named = fromMark(text, head) ?? fromTitle(text, known.title) ?? field;
  const { signature } = known;
  const top = signature === null ? null : topSigner(text, signature);
  const signed = top === null ? null : found(text, top.start, top.end);
  if (named === null || (signed !== null && signed.value === field?.value)) return signed;
  return [signed, field].find((other) => isFuller(other, named)) ?? named;
};
