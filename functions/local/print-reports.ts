/** Prints file reports for people: a table for the terminal, rows for a spreadsheet. */
import Table from 'cli-table3';
import { stringify } from 'csv-stringify/sync';
import type { FileReport } from './file-report.ts';

const HEADER = ['文件', '标题', '文号', '任务', '类别', '公开属性', '把握', '首条依据'] as const;
const BANDS: Readonly<Record<string, string>> = {
  auto: '自动',
  likely: '较有把握',
  possible: '可能',
  none: '—',
};
const STATES: Readonly<Record<string, string>> = {
  refused: '已退回',
  scanning: '待识别扫描件',
  quarantined: '已隔离',
  superseded: '已被新版替代',
  decided: '已审核',
};
/** Columns of a terminal that does not say how wide it is. */
const DEFAULT_WIDTH = 160;
/** Shares of the width, in the order of the header. */
const SHARES = [0.16, 0.2, 0.12, 0.07, 0.07, 0.08, 0.07, 0.23] as const;

const score = (value: number | null): string => (value === null ? '未评分' : value.toFixed(2));

const cells = (report: FileReport): string[] => {
  const { file, title, documentNumber, tasks, categories, attribute, reason } = report;
  if (reason !== null) {
    const state = STATES[report.state] ?? report.state;
    return [file, '—', '—', '—', '—', '—', state, `${reason.code}：${reason.zh}`];
  }
  const [first] = tasks;
  const [category] = categories;
  const band =
    first === undefined ? '无任务' : `${BANDS[first.band] ?? first.band} ${score(first.score)}`;
  const quote = first?.evidence[0]?.quote ?? category?.evidence[0]?.quote ?? '';
  return [
    file,
    title ?? '—',
    documentNumber ?? '—',
    tasks.map(({ code }) => code).join(' ') || '—',
    categories.map(({ code }) => code).join(' ') || '—',
    attributeWords(attribute),
    band,
    quote.replace(/\s+/gu, ' ').slice(0, 60),
  ];
};

const attributeWords = (attribute: FileReport['attribute']): string => {
  if (attribute === null) return '—';
  const { declared, recommended } = attribute;
  return declared === 'A0' || declared === recommended
    ? recommended
    : `${recommended}（文标${declared}）`;
};

export const reportTable = (
  reports: readonly FileReport[],
  width: number = DEFAULT_WIDTH,
): string => {
  const room = Math.max(100, width) - SHARES.length - 1;
  const table = new Table({
    head: [...HEADER],
    colWidths: SHARES.map((share) => Math.max(8, Math.floor(room * share))),
    wordWrap: true,
    wrapOnWordBoundary: false,
    style: { head: [], border: [] },
  });
  for (const report of reports) table.push(cells(report));
  return table.toString();
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

/** RFC 4180 with a byte order mark, as spreadsheets in Chinese offices expect; cells that look like formulas are defused. */
export const reportCsv = (reports: readonly FileReport[], withHeader: boolean): string =>
  stringify(
    reports.map((report) => [
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
    {
      header: withHeader,
      columns: [...CSV_COLUMNS],
      bom: withHeader,
      escape_formulas: true,
      record_delimiter: 'windows',
    },
  );
