/** Prints file reports for people: a table for the terminal, rows for a spreadsheet. */
import { dirname, sep } from 'node:path';
import type { FileReport } from './file-report.ts';
import { spreadsheetCsv } from './spreadsheet-csv.ts';
import { type Column, DEFAULT_WIDTH, terminalTable } from './terminal-table.ts';

const BANDS: Readonly<Record<string, string>> = {
  auto: '自动',
  likely: '较有把握',
  possible: '可能',
  none: '—',
};
const STATES: Readonly<Record<string, string>> = {
  received: '未完成',
  refused: '已退回',
  scanning: '待识别',
  quarantined: '已隔离',
  superseded: '已替代',
  decided: '已审核',
  expanded: '已展开',
};

const score = (value: number | null): string => (value === null ? '未评分' : value.toFixed(2));

interface Row {
  readonly file: string;
  readonly title: string;
  readonly number: string;
  readonly tasks: string;
  readonly categories: string;
  readonly attribute: string;
  readonly band: string;
  readonly quote: string;
}

const NONE = '—';

const bandOf = ({ state, tasks: [first] }: FileReport): string => {
  const aside = STATES[state];
  if (aside !== undefined) return aside;
  return first === undefined
    ? '无任务'
    : `${BANDS[first.band] ?? first.band} ${score(first.score)}`;
};

const quoteOf = ({ reason, tasks, categories }: FileReport): string => {
  if (reason !== null) return `${reason.code}：${reason.zh}`;
  const quote = tasks[0]?.evidence[0]?.quote ?? categories[0]?.evidence[0]?.quote ?? '';
  return quote.replace(/\s+/gu, ' ');
};

const attributeWords = (attribute: FileReport['attribute']): string => {
  if (attribute === null) return NONE;
  const { declared, recommended } = attribute;
  return declared === 'A0' || declared === recommended
    ? recommended
    : `${recommended} 文标${declared}`;
};

const rowOf = (report: FileReport, folder: string): Row => ({
  file: report.file.slice(folder.length),
  title: report.title ?? NONE,
  number: report.documentNumber ?? NONE,
  tasks: report.tasks.map(({ code }) => code).join(' ') || NONE,
  categories: report.categories.map(({ code }) => code).join(' ') || NONE,
  attribute: attributeWords(report.attribute),
  band: bandOf(report),
  quote: quoteOf(report),
});

const WIDE_COLUMNS: readonly Column[] = [
  { head: '文件', kind: 'prose', share: 5 },
  { head: '标题', kind: 'prose', share: 5 },
  { head: '文号', kind: 'codes' },
  { head: '任务', kind: 'codes' },
  { head: '类别', kind: 'codes' },
  { head: '属性', kind: 'codes' },
  { head: '把握', kind: 'codes' },
  { head: '首条依据', kind: 'prose', share: 6 },
];
const NARROW_COLUMNS: readonly Column[] = [
  { head: '文件 标题 文号', kind: 'prose', share: 5 },
  { head: '任务 类别 属性 把握', kind: 'codes' },
  { head: '首条依据', kind: 'prose', share: 4 },
];
/** Below this many columns eight cells side by side leave no room to read. */
const WIDE_FROM = 120;

const wideCells = (row: Row): string[] => [
  row.file,
  row.title,
  // 机关代字 above, 〔年〕号 below: a number is never broken elsewhere.
  row.number.replace('〔', ' 〔'),
  row.tasks,
  row.categories,
  row.attribute,
  row.band,
  row.quote,
];

const narrowCells = (row: Row): string[] => {
  const known = (...cells: string[]): string => cells.filter((cell) => cell !== NONE).join('\n');
  return [
    known(row.file, row.title, row.number),
    known(row.tasks, row.categories, row.attribute, row.band),
    row.quote,
  ];
};

/** The folder that all files share, with its separator; "" for a single file or none in common. */
const sharedFolder = (reports: readonly FileReport[]): string => {
  const folders = reports.map(({ file }) => file.slice(0, dirname(file).length + 1));
  const [first = ''] = folders;
  return reports.length > 1 && first.endsWith(sep) && folders.every((each) => each === first)
    ? first
    : '';
};

/** Every cell in full; under 120 columns three columns instead of eight. A folder common to all files stands above. */
export const reportTable = (
  reports: readonly FileReport[],
  width: number = DEFAULT_WIDTH,
): string => {
  const folder = sharedFolder(reports);
  const rows = reports.map((report) => rowOf(report, folder));
  const table =
    width < WIDE_FROM
      ? terminalTable(NARROW_COLUMNS, rows.map(narrowCells), width)
      : terminalTable(WIDE_COLUMNS, rows.map(wideCells), width);
  return folder === '' ? table : `${folder}\n${table}`;
};

const CSV_COLUMNS = [
  'file',
  'state',
  'reason',
  'title',
  'documentNumber',
  'issuer',
  'genre',
  'date',
  'form',
  'tasks',
  'scores',
  'bands',
  'categories',
  'declared',
  'recommended',
  'grounds',
  'flags',
  'firstQuote',
] as const;

/** A row a file; the header stands above the first. */
export const reportCsv = (reports: readonly FileReport[], withHeader: boolean): string =>
  spreadsheetCsv(
    [
      ...(withHeader ? [CSV_COLUMNS] : []),
      ...reports.map((report) => [
        report.file,
        report.state,
        report.reason === null ? '' : `${report.reason.code} ${report.reason.zh}`,
        report.title,
        report.documentNumber,
        report.issuer,
        report.genre,
        report.date,
        report.form,
        report.tasks.map(({ code }) => code).join(' '),
        report.tasks.map((task) => score(task.score)).join(' '),
        report.tasks.map(({ band }) => band).join(' '),
        report.categories.map(({ code }) => code).join(' '),
        report.attribute?.declared,
        report.attribute?.recommended,
        report.attribute?.grounds.join(' '),
        report.flags.join(' '),
        report.tasks[0]?.evidence[0]?.quote,
      ]),
    ],
    withHeader,
  );
