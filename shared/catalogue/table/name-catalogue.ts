/** Reads what the task table is called, who issued it, under which number and for which year. */
import type { Elements } from '../../domain/elements.ts';
import type { CanonicalText } from '../../domain/text.ts';
import { oneLine } from './cell-words.ts';

export interface CatalogueName {
  readonly title: string;
  readonly issuer: string;
  readonly documentNumber: string | null;
  readonly year: number | null;
}

const TABLE_TITLE =
  /(?:分解表|任务表|分工表|分工方案|任务清单|责任清单|任务分工|台账|要点|一览表|清单)/u;
const NUMBER_LINE =
  /^\s*([\u4e00-\u9fff]{2,20})\s*[〔［[【﹝（(]\s*(\d{4})\s*[〕］\]】﹞）)]\s*(\d{1,5}(?:-\d{1,3})?)\s*号\s*$/u;
const ISSUER =
  /^[\u4e00-\u9fff（）·]{4,40}(?:人民政府|办事处|办公室|办公厅|委员会|党工委|局|厅|中心)$/u;
const HEAD_LINES = 60;

const linesBefore = ({ text, blocks }: CanonicalText, end: number | null): string[] =>
  blocks
    .filter((block) => block.kind !== 'table' && (end === null || block.start < end))
    .flatMap((block) =>
      text.slice(block.start, Math.min(block.end, block.start + 2000)).split('\n'),
    )
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** A title may be broken over two lines; the part that lacks a year or an owner takes the line before it. */
const titleAmong = (lines: readonly string[]): string => {
  const at = lines.findLastIndex(
    (line) => line.length <= 80 && TABLE_TITLE.test(line) && !/[。；：:，]/u.test(line),
  );
  const line = lines[at];
  if (line === undefined) return '';
  const before = lines[at - 1] ?? '';
  const broken = !/\d{4}/u.test(line) && /\d{4}年/u.test(before) && before.length <= 60;
  return oneLine(broken && !/[。；：:，号]$/u.test(before) ? `${before}\n${line}` : line);
};

const stem = (fileName: string | undefined): string =>
  (fileName ?? '').replace(/^.*[/\\]/u, '').replace(/\.[A-Za-z0-9]{1,5}$/u, '');

const yearOf = (text: string): number | null => {
  const year = Number(/(?:^|\D)((?:19|20)\d{2})(?:年|\D|$)/u.exec(text)?.[1] ?? Number.NaN);
  return year >= 1990 && year <= 2100 ? year : null;
};

const numberAmong = (
  lines: readonly string[],
): { normalised: string; year: number | null } | null => {
  for (const line of lines.slice(0, HEAD_LINES)) {
    const match = NUMBER_LINE.exec(line.slice(0, 60));
    if (match !== null)
      return {
        normalised: `${match[1]}〔${match[2]}〕${match[3]}号`,
        year: yearOf(match[2] ?? ''),
      };
  }
  return null;
};

const issuerAmong = (lines: readonly string[]): string =>
  lines.slice(0, HEAD_LINES).find((line, at) => ISSUER.test(line) && at < HEAD_LINES) ?? '';

/** What a document's elements say goes first, but only where they are sure; the rest is read from the words around the table. */
export const nameCatalogue = (
  canonical: CanonicalText,
  found: { readonly start: number | null; readonly captions: readonly string[] },
  given: { readonly fileName?: string; readonly elements?: Elements },
): CatalogueName => {
  const { elements } = given;
  const lines = linesBefore(canonical, found.start);
  const number =
    elements?.documentNumber?.sure === true ? elements.documentNumber.value : numberAmong(lines);
  const documentTitle = elements?.innerTitle?.value ?? elements?.title?.value ?? '';
  const title =
    titleAmong(found.captions.map(oneLine)) ||
    titleAmong(lines) ||
    documentTitle ||
    stem(given.fileName);
  const issuer = elements?.issuer?.sure === true ? elements.issuer.value : issuerAmong(lines);
  const date = elements?.date?.sure === true ? elements.date.value : '';
  return {
    title,
    issuer,
    documentNumber: number?.normalised ?? null,
    year:
      yearOf(title) ??
      yearOf(documentTitle) ??
      number?.year ??
      yearOf(date) ??
      yearOf(stem(given.fileName)),
  };
};
