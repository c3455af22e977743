/** Finds the documents that one file holds (a 汇编, an issue of a bulletin, several notices in a row) by titles, document numbers and addressees. */
import type { CanonicalText, Span } from '../domain/text.ts';
import { isNavigation, type Line, linesOf } from './lines.ts';

const NUMBER =
  /^[（(]?[\p{Script=Han}A-Za-z]{2,16}[〔［[（(【](?:19|20)\d{2}[〕］\]）)】]第?\d{1,4}号[）)]?$/u;
const TITLE =
  /关于.{3,70}的?(?:通知|意见|决定|公告|通告|通报|批复|复函|函|请示|报告|答复|公示)(?:[（(].{1,16}[）)])?$|^.{4,40}(?:办法|规定|细则|条例|方案|预案|规划|解读|问答|纪要|公告|公示|预算公开|决算公开|年度报告|清单|目录)(?:[（(].{1,16}[）)])?$/u;
const NO_TITLE =
  /[。；，！？：]|^(?:第[一二三四五六七八九十]{1,3}[章条节]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]|附件)|[.…·]{2,}|\d$/u;
const ADDRESSEE =
  /^(?!.{0,4}(?:上一篇|下一篇|来源|相关))[^。；]{0,120}(?:各|政府|委员会|委|局|厅|办|部门|单位|公司|企业|街道|社区|镇|村|代表|委员|同志|院|校|中心)[^。；]{0,60}[：:]$/u;
/** The whole says that it gathers documents. */
const GATHERS = /汇编|选编|合集|文件集|(?<!统计|数据|普查)公报|政报|专刊/u;
/** A cover and what it carries are one document. */
const CARRIES = /转发|批转|印发|公布|发布|下发/u;

/** Below this a stretch is an entry of a list and no document. */
const SHORTEST_PART = 120;
const MOST_PARTS = 40;
const LOOK = 3;
const OPENING = 400;

/** Longer lines are neither a title nor a number nor an address. */
const LONGEST_LINE = 130;

const packed = (line: Line): string => line.text.replace(/\s/gu, '');

const isTitle = (line: Line): boolean => {
  const text = packed(line);
  return text.length >= 6 && text.length <= 80 && TITLE.test(text) && !NO_TITLE.test(text);
};

/** Where the document begins that this number belongs to: at the title just above, else at the number, which then stands above its title. */
const startByNumber = (lines: readonly Line[], at: number): number => {
  for (let back = 1; back <= LOOK; back += 1) {
    const above = lines[at - back];
    if (above !== undefined && isTitle(above)) return above.start;
  }
  const head = lines[at - 1];
  return head !== undefined && /文件$/u.test(packed(head)) ? head.start : (lines[at]?.start ?? 0);
};

const byNumbers = (lines: readonly Line[]): readonly number[] => {
  const seen = new Set<string>();
  return lines.flatMap((line, at) => {
    const number = packed(line).replace(/[（()）]/gu, '');
    if (!NUMBER.test(packed(line)) || seen.has(number)) return [];
    seen.add(number);
    return [startByNumber(lines, at)];
  });
};

const byAddressees = (lines: readonly Line[]): readonly number[] =>
  lines.flatMap((line, at) =>
    isTitle(line) && lines.slice(at + 1, at + 1 + LOOK).some((next) => ADDRESSEE.test(packed(next)))
      ? [line.start]
      : [],
  );

const byTitles = (lines: readonly Line[]): readonly number[] =>
  lines.slice(1).flatMap((line) => (isTitle(line) ? [line.start] : []));

/** From each start to the next; stretches too short to be a document fall to the one before, or away at the top. */
const spansFrom = (starts: readonly number[], end: number): readonly Span[] => {
  const spans: { start: number; end: number }[] = [];
  const sorted = [...new Set(starts)].sort((a, b) => a - b);
  sorted.forEach((start, at) => {
    const span = { start, end: sorted[at + 1] ?? end };
    if (span.end - span.start >= SHORTEST_PART) spans.push(span);
  });
  return spans.slice(0, MOST_PARTS);
};

/** In reading order; empty where the file holds one document. */
export const partsOf = (document: CanonicalText): readonly Span[] => {
  const all = linesOf(document.text).all;
  const lines = all.filter((line) => line.text.length <= LONGEST_LINE && !isNavigation(line));
  const top = lines.slice(0, 4).map(packed).join('');
  const gathers = GATHERS.test(top);
  const numbered = spansFrom([...byNumbers(lines), ...byAddressees(lines)], document.text.length);
  const parts =
    numbered.length < 2 && gathers ? spansFrom(byTitles(lines), document.text.length) : numbered;
  if (parts.length < 2) return [];
  const opening = document.text.slice(parts[0]?.start ?? 0, (parts[0]?.start ?? 0) + OPENING);
  return parts.length === 2 && !gathers && CARRIES.test(top + opening) ? [] : parts;
};
