/** Sums up the columns of a long list: what kind they hold, how many are filled and differ, sums and bounds. */
import type { ColumnCount } from '../../domain/screening.ts';
import { LIMITS } from '../limits.ts';
import type { SheetRow } from './sheet.ts';
import { dayOf, kindOf, numberOf, type ValueKind } from './value-kind.ts';

export interface ColumnSummary {
  readonly kind: ValueKind | 'empty';
  readonly filled: number;
  /** At most `MOST_DISTINCT`: then there are at least so many. */
  readonly distinct: number;
  readonly sum: string;
  readonly least: string;
  readonly most: string;
}

export const MOST_DISTINCT = 200_000;

interface Tally {
  readonly kinds: Record<ValueKind, number>;
  readonly distinct: Set<string>;
  filled: number;
  characters: number;
  sum: number;
  places: number;
  least: number;
  most: number;
  firstDay: string;
  lastDay: string;
  percent: boolean;
}

const newTally = (): Tally => ({
  kinds: { number: 0, date: 0, code: 0, text: 0 },
  distinct: new Set(),
  filled: 0,
  characters: 0,
  sum: 0,
  places: 0,
  least: Number.POSITIVE_INFINITY,
  most: Number.NEGATIVE_INFINITY,
  firstDay: '',
  lastDay: '',
  percent: false,
});

const placesOf = (text: string): number => /\.(\d{1,12})/u.exec(text)?.[1]?.length ?? 0;

const addNumber = (tally: Tally, text: string): void => {
  const value = numberOf(text);
  if (Number.isNaN(value)) return;
  tally.sum += value;
  tally.places = Math.max(tally.places, placesOf(text));
  tally.least = Math.min(tally.least, value);
  tally.most = Math.max(tally.most, value);
  tally.percent ||= /[%％]/u.test(text);
};

const addDay = (tally: Tally, text: string): void => {
  const day = dayOf(text);
  if (tally.firstDay === '' || day < dayOf(tally.firstDay)) tally.firstDay = text;
  if (tally.lastDay === '' || day > dayOf(tally.lastDay)) tally.lastDay = text;
};

const add = (tally: Tally, text: string): void => {
  if (text === '') return;
  const kind = kindOf(text);
  tally.filled += 1;
  tally.characters += text.length;
  tally.kinds[kind] += 1;
  if (tally.distinct.size < MOST_DISTINCT) tally.distinct.add(text);
  if (kind === 'number') addNumber(tally, text);
  if (kind === 'date') addDay(tally, text);
};

const NEARLY_ALL = 0.9;

const kindOfColumn = ({ kinds, filled }: Tally): ColumnSummary['kind'] => {
  if (filled === 0) return 'empty';
  const found = (['number', 'date', 'code'] as const).find(
    (kind) => kinds[kind] >= filled * NEARLY_ALL,
  );
  return found ?? 'text';
};

const summaryOf = (tally: Tally): ColumnSummary => {
  const kind = kindOfColumn(tally);
  const isNumber = kind === 'number';
  const shown = (value: number): string => String(Number(value.toFixed(tally.places)));
  const [least, most] = isNumber
    ? [shown(tally.least), shown(tally.most)]
    : kind === 'date'
      ? [tally.firstDay, tally.lastDay]
      : ['', ''];
  return {
    kind,
    filled: tally.filled,
    distinct: tally.distinct.size,
    sum: isNumber && !tally.percent ? shown(tally.sum) : '',
    least,
    most,
  };
};

export interface RowsSummary {
  readonly columns: readonly ColumnSummary[];
  /** Average characters of the filled cells of the wordiest column that is mostly filled. */
  readonly wordiest: number;
}

const TOTAL = /^(?:合\s{0,9}计|总\s{0,9}计|小\s{0,9}计|累\s{0,9}计)[：:]?$/u;

/** A row of totals: it would be counted twice. */
export const isTotal = ({ texts }: SheetRow): boolean =>
  texts.slice(0, 3).some((text) => TOTAL.test(text.trim()));

/** `rows` without totals, one text a column. */
export const summariseRows = (rows: Iterable<readonly string[]>, columns: number): RowsSummary => {
  const tallies = Array.from({ length: columns }, newTally);
  let count = 0;
  for (const row of rows) {
    count += 1;
    for (const [at, tally] of tallies.entries()) add(tally, row[at]?.trim() ?? '');
  }
  const wordiest = tallies
    .filter(({ filled }) => filled * 2 >= count && filled > 0)
    .reduce((most, { characters, filled }) => Math.max(most, characters / filled), 0);
  return { columns: tallies.map(summaryOf), wordiest };
};

/** More rows than this under one header can be a list. */
const FEWEST_ROWS = 200;
/** More rows than this are one whatever they say. */
const MOST_ROWS = 2_000;
/** Cells of a list are short; requirements of a task table are not. */
const SHORT = 25;

export const isList = (rows: number, cells: number, { wordiest }: RowsSummary): boolean =>
  cells > LIMITS.tableCells || rows > MOST_ROWS || (rows > FEWEST_ROWS && wordiest <= SHORT);

const KINDS: Readonly<Record<ColumnSummary['kind'], string>> = {
  number: '数字',
  date: '日期',
  code: '号码',
  text: '文字',
  empty: '空',
};

const PERSONAL: Readonly<Record<ColumnCount['code'], string>> = {
  P_ID: '身份证号',
  P_PHONE: '手机号',
  P_BANK: '银行卡号',
  P_ADDR: '住址',
  P_MINOR: '未成年人',
  Q2_INTERNAL: '内部标记',
};

export const SUMMARY_HEADER = [
  '列名',
  '类型',
  '有值',
  '不同值',
  '合计',
  '最小',
  '最大',
  '个人信息',
];
export const PERSONAL_COLUMN = SUMMARY_HEADER.length - 1;

/** Nobody adds these up. */
const NO_SUM = /序号|编号|编码|代码|年份|年度|年龄|电话|邮编|单价|标准|比例/u;

/** Bounds of a birthday or of what holds personal numbers would tell of one person. */
const ONE_PERSON = /出生|生日|年龄/u;

export const summaryRow = (
  name: string,
  column: ColumnSummary,
  counts: readonly ColumnCount[],
): string[] => {
  const isOpen = counts.length === 0 && !ONE_PERSON.test(name);
  const distinct = `${column.distinct}${column.distinct >= MOST_DISTINCT ? '+' : ''}`;
  return [
    name,
    KINDS[column.kind],
    String(column.filled),
    distinct,
    isOpen && !NO_SUM.test(name) ? column.sum : '',
    isOpen ? column.least : '',
    isOpen ? column.most : '',
    counts.map(({ code, count }) => `${PERSONAL[code]} ${count}`).join('；'),
  ];
};
