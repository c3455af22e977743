/** 不满十四周岁未成年人的个人信息是敏感个人信息 (个人信息保护法第二十八条): identity numbers and birth dates of children. */
import { lineAround } from '../domain/lines.ts';
import type { PersonalHit } from '../domain/screening.ts';
import type { CanonicalText } from '../domain/text.ts';
import { birthOf } from './identity-numbers.ts';

const YEAR = /(?<!\d)(?:19|20)\d{2}(?=年|[-/.]\d)/gu;
const CHILD = /未成年|学生|儿童|幼儿|孤儿|新生(?!儿?产业)|小学|婴/u;
const DAY =
  '(?:19|20)\\d{2}(?:年\\d{1,2}月(?:\\d{1,2}日)?|[-/.]\\d{1,2}(?:[-/.]\\d{1,2})?|(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01]))';
const BORN = new RegExp(
  `(?:出生(?:日期|年月日|年月|时间)?[：: \\u3000]{0,3}|生于)(?<after>${DAY})|(?<before>${DAY})[ \\u3000]{0,2}(?:出生|生(?=[，,、。；\\s]))`,
  'gu',
);
const BIRTH_COLUMN = /出生(?:日期|年月|时间)/u;
const ADULT_AGE = 14;
const MAX_YEAR = 2100;

/** yyyymmdd against which ages are counted: the document's own date, else the end of the latest year it names. */
const reference = (text: string, date: string | null): string => {
  if (date !== null) return date.replace(/-/gu, '');
  let latest = 0;
  for (const match of text.matchAll(YEAR)) {
    const year = Number(match[0]);
    if (year <= MAX_YEAR && year > latest) latest = year;
  }
  return latest === 0 ? '' : `${latest}1231`;
};

/** Under 14 on the day of reference; without one, nothing is claimed. */
const isChild = (birth: string, day: string): boolean =>
  day !== '' && birth <= day && Number(day) - Number(birth) < ADULT_AGE * 10_000;

export function* childNumbers(
  text: string,
  ids: Iterable<PersonalHit>,
  date: string | null,
): Generator<PersonalHit, void> {
  const day = reference(text, date);
  for (const id of ids) {
    const birth = birthOf(text, id);
    if (birth !== null && isChild(birth, day)) yield { ...id, code: 'P_MINOR' };
  }
}

const HIDDEN_DAY = '****年**月';

/** 2009年9月1日至2010年8月31日出生 is a condition, nobody's birthday. */
const RANGE_BEFORE = /[—–\-~～至到][ \u3000]{0,2}$/u;
const RANGE_AFTER = /^[ \u3000]{0,2}(?:[—–\-~～至到]|[（(]含|[以之][前后]|及[以之]|前|后)/u;

function* writtenBirths(text: string): Generator<PersonalHit, void> {
  for (const match of text.matchAll(BORN)) {
    const words = match.groups?.['after'] ?? match.groups?.['before'] ?? '';
    const line = lineAround(text, match.index);
    if (
      !CHILD.test(
        text.slice(Math.max(line.start, match.index - 200), Math.min(line.end, match.index + 200)),
      )
    )
      continue;
    const start = match.index + match[0].indexOf(words);
    const end = start + words.length;
    const range =
      RANGE_BEFORE.test(text.slice(Math.max(0, start - 4), start)) ||
      RANGE_AFTER.test(text.slice(end, end + 6));
    if (range) continue;
    yield { code: 'P_MINOR', masked: HIDDEN_DAY, start, end };
  }
}

const WHOLE_DAY = new RegExp(`^${DAY}$`, 'u');

/** A column of birth dates in a table that is about children: by its head, or by the words right above it. */
function* columnBirths({ text, blocks }: CanonicalText): Generator<PersonalHit, void> {
  for (const block of blocks) {
    if (block.kind !== 'table') continue;
    const about = text.slice(Math.max(0, block.start - 120), block.start + 200);
    if (!CHILD.test(about)) continue;
    const columns = new Set(
      block.cells
        .filter((cell) =>
          BIRTH_COLUMN.test(text.slice(cell.start, Math.min(cell.end, cell.start + 20))),
        )
        .map((cell) => cell.column),
    );
    for (const { column, start, end } of block.cells)
      if (columns.has(column) && end - start <= 12 && WHOLE_DAY.test(text.slice(start, end)))
        yield { code: 'P_MINOR', masked: HIDDEN_DAY, start, end };
  }
}

export function* childBirths(source: CanonicalText): Generator<PersonalHit, void> {
  yield* writtenBirths(source.text);
  yield* columnBirths(source);
}
