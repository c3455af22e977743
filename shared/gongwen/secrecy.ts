/** 密级 marks (GB/T 9704—2012 7.2.2): level with ★ and term, or alone on a line of the head; words of the body never count. */
import { joined, type Line, lineAround, linesOf } from '../domain/lines.ts';
import { type CanonicalText, type Quote, quoteOf } from '../domain/text.ts';
import { fieldsOf } from './fields.ts';

export type SecrecyLevel = '绝密' | '机密' | '秘密';

export interface SecrecyMark {
  readonly value: { readonly level: SecrecyLevel; readonly term: string | null };
  readonly sure: boolean;
  readonly quote: Quote;
}

const LEVEL =
  '(?<level>[绝絕][ \\u3000\\n]{0,4}密|[机機][ \\u3000\\n]{0,4}密|[秘祕][ \\u3000\\n]{0,4}密)';
const STAR = '[★☆✭✩✮⭐＊*※]';
const TERM =
  '(?<term>(?:[\\d０-９]{1,3}|[一二三四五六七八九十]{1,3})[ \\u3000]{0,2}(?:年|个?月|天|日)|长[ \\u3000]{0,4}期|启[ \\u3000]{0,4}封)?';
const STARRED = new RegExp(
  `(?<=^|[\\s（(【\\[：:\\d])${LEVEL}级?[ \\u3000\\n]{0,4}${STAR}[ \\u3000]{0,4}${TERM}`,
  'gmu',
);
const COPY = '(?:(?:No\\.?|№|份号|编号|第)?[：:]?[ \\u3000]{0,4}\\d{1,8}号?)?';
const URGENCY =
  '(?:特[ \\u3000]*急|加[ \\u3000]*急|急[ \\u3000]*件|特[ \\u3000]*提|平[ \\u3000]*急)?';
const ALONE = new RegExp(
  `^${COPY}[ \\u3000]{0,40}[（(【\\[]?${LEVEL}[级件]?[）)】\\]]?[ \\u3000]{0,10}${TERM}[ \\u3000]{0,40}${URGENCY}[ \\u3000]{0,10}${COPY}$`,
  'u',
);
const PLAIN_LEVEL = new RegExp(`^${LEVEL}(?![不非])`, 'u');

const HEAD_LINES = 15;
const HEAD_CHARACTERS = 3000;
const PAGE_LINES = 3;

const levelOf = (raw: string): SecrecyLevel => {
  const first = raw.charAt(0);
  if (first === '绝' || first === '絕') return '绝密';
  return first === '机' || first === '機' ? '机密' : '秘密';
};

const markOf = (groups: Record<string, string | undefined> | undefined): SecrecyMark['value'] => ({
  level: levelOf(groups?.['level'] ?? ''),
  term: groups?.['term'] === undefined ? null : joined(groups['term']),
});

/** 机密★10年 at a line start, after a blank or a copy number; ★ without a term must end its words. */
const starred = (text: string): SecrecyMark | null => {
  for (const match of text.matchAll(STARRED)) {
    const start = match.index;
    const end = start + match[0].trimEnd().length;
    const quote = quoteOf(text, start, end);
    const value = markOf(match.groups);
    const next = text.charAt(end);
    const closed = value.term !== null || next === '' || /[\s）)】\]]/u.test(next);
    const lead = text.slice(Math.max(lineAround(text, start).start, start - 60), start);
    const headed = start < HEAD_CHARACTERS || /^[\s\d（(【[]*$/u.test(lead);
    if (closed && headed && !/[，。；“"]/u.test(lead)) return { value, sure: true, quote };
  }
  return null;
};

const aloneOn = (text: string, line: Line): SecrecyMark | null => {
  const match = line.text.length <= 80 ? ALONE.exec(line.text) : null;
  return match === null
    ? null
    : { value: markOf(match.groups), sure: true, quote: quoteOf(text, line.start, line.end) };
};

const firstOf = (lines: Iterable<Line>, most: number): Line[] => {
  const first: Line[] = [];
  for (const line of lines) {
    first.push(line);
    if (first.length >= most) break;
  }
  return first;
};

/** 机 and 密 each on a line of its own, as narrow text boxes give them. */
const upright = (text: string, lines: readonly Line[]): SecrecyMark | null => {
  for (const [index, line] of lines.entries()) {
    const next = lines[index + 1];
    if (next?.text === '密' && /^[绝絕机機秘祕]$/u.test(line.text))
      return {
        value: { level: levelOf(line.text), term: null },
        sure: true,
        quote: quoteOf(text, line.start, next.end),
      };
  }
  return null;
};

const headMark = (text: string): SecrecyMark | null => {
  const lines = firstOf(linesOf(text, 0, Math.min(text.length, HEAD_CHARACTERS)), HEAD_LINES);
  for (const line of lines) {
    const mark = aloneOn(text, line);
    if (mark !== null) return mark;
  }
  return upright(text, lines);
};

const fieldMark = (text: string): SecrecyMark | null => {
  for (const field of fieldsOf(text, 0, Math.min(text.length, HEAD_CHARACTERS))) {
    const match = field.name === 'secrecy' ? PLAIN_LEVEL.exec(field.value.text) : null;
    if (match !== null)
      return {
        value: markOf(match.groups),
        sure: true,
        quote: quoteOf(text, field.value.start, field.value.end),
      };
  }
  return null;
};

/** A stamp may stand on any page: the first lines of each are looked at. */
const pageMark = ({ text, pages }: CanonicalText): SecrecyMark | null => {
  for (const page of pages) {
    for (const line of firstOf(linesOf(text, page.start, page.end), PAGE_LINES)) {
      const mark = aloneOn(text, line);
      if (mark !== null) return mark;
    }
  }
  return null;
};

/** A mark that stands only beside the text covers all of it: the first line is quoted. */
const metadataMark = ({ text, metadata }: CanonicalText): SecrecyMark | null => {
  for (const [name, value] of Object.entries(metadata)) {
    const match = /密级|秘密等级|header|页眉|页脚|footer/iu.test(name)
      ? PLAIN_LEVEL.exec(value.trim())
      : null;
    const [line] = match === null ? [] : firstOf(linesOf(text), 1);
    if (match !== null && line !== undefined)
      return {
        value: markOf(match.groups),
        sure: false,
        quote: quoteOf(text, line.start, line.end),
      };
  }
  return null;
};

/** The 密级 mark of a text or of the part of it that was read so far; null where none stands. Linear. */
export const findSecrecyMark = (text: CanonicalText): SecrecyMark | null =>
  starred(text.text) ??
  headMark(text.text) ??
  fieldMark(text.text) ??
  pageMark(text) ??
  metadataMark(text);

const NAMED = new RegExp(
  `^[（(【\\[]${LEVEL}[级件]?[）)】\\]]|(?<=^|[\\s（(【\\[_-])${LEVEL}级?${STAR}${TERM}`,
  'u',
);

/** A level with ★, or in brackets at the very beginning, of a file name; a name that merely speaks of secrets has none. */
export const secrecyOfName = (fileName: string): SecrecyMark['value'] | null => {
  const match = NAMED.exec(fileName);
  return match === null ? null : markOf(match.groups);
};
