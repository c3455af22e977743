/** 主送机关: the line or lines between title and body that end in a colon. */
import { joined } from '../domain/lines.ts';
import { type Quote, quoteOf } from '../domain/text.ts';
import { type Head, isAddressee } from './head.ts';

export interface FoundAddressee {
  readonly value: string;
  readonly sure: boolean;
  readonly quote: Quote;
}

const found = (text: string, start: number, end: number): FoundAddressee => ({
  value: joined(text.slice(start, end)),
  sure: true,
  quote: quoteOf(text, start, end),
});

/** 各区县人民政府：为深入贯彻… — addressee and body on one line. */
const INLINE =
  /(?:^|[\s号])((?:各|[\p{Script=Han}]{2,20}(?:省|市|区|县|州|局|厅|委))[^。；：:\n]{1,280})[：:]/u;

const inline = (text: string, from: number): FoundAddressee | null => {
  const match = INLINE.exec(text.slice(from, from + 500));
  const words = match?.[1]?.trim();
  if (match === null || words === undefined || !isAddressee(`${words}：`)) return null;
  const start = from + match.index + match[0].indexOf(words);
  return found(text, start, start + words.length);
};

/** Lines above that end in a comma or run on belong to it: they are full and name further bodies. */
export const findAddressee = (
  text: string,
  head: Head,
  title: Quote | null,
): FoundAddressee | null => {
  const last = head.lines.at(-1);
  const from = title?.end ?? 0;
  if (last?.kind !== 'addressee') return title === null ? null : inline(text, from);
  let start = last.start;
  for (const line of head.lines.slice(0, -1).reverse()) {
    if (line.kind !== 'other' || line.start < from || last.end - line.start > 600) break;
    if (!/[、，,]|各/u.test(line.text)) break;
    start = line.start;
  }
  return found(text, start, last.end - 1);
};
