/** Reads the words of tasks and categories out of a sheet that an office filled in, and lays them out as such a sheet. */
import { type Catalogue, shortCode } from '../domain/catalogue.ts';
import {
  type CatalogueEdits,
  catalogueEditsSchema,
  type LabelEdit,
} from '../domain/catalogue-edits.ts';
import { type Refusal, refusal } from '../domain/refusal.ts';
import { accept, type Result, refuse } from '../domain/result.ts';
import type { CanonicalText } from '../domain/text.ts';
import { categoryLabels } from './category-labels.ts';
import { denseGrid, type GridRow } from './table/grid.ts';

/** Column names that an office may use; the first is the one we write. */
const COLUMNS = {
  code: ['代码', '编码', '任务代码', 'code'],
  scope: ['范围', '适用范围', 'scope'],
  typicalEvidence: ['典型材料', '典型证据', 'typicalevidence'],
  notThis: ['不属于', '不含', '不包括', 'notthis'],
} as const;
type Column = keyof typeof COLUMNS;
const NAMES: readonly Column[] = ['code', 'scope', 'typicalEvidence', 'notThis'];

const PHRASE_ENDS = /[；;｜|\n]/u;

const phrasesOf = (cell: string): string[] =>
  cell
    .split(PHRASE_ENDS)
    .map((phrase) => phrase.trim())
    .filter((phrase) => phrase !== '');

/** What we write out carries an apostrophe where a spreadsheet would take the words for a formula. */
const DEFUSED = /^'(?=[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠])/u;

const wordsIn = (cell: string): string => cell.replace(DEFUSED, '');

type Header = ReadonlyMap<Column, number>;

const headerOf = (row: GridRow): Header | null => {
  const found = new Map<Column, number>();
  row.forEach((cell, at) => {
    const word = (cell?.text ?? '').replace(/\s/gu, '').toLowerCase();
    const name = NAMES.find((each) => COLUMNS[each].some((known) => known === word));
    if (name !== undefined && !found.has(name)) found.set(name, at);
  });
  return found.has('code') && found.size > 1 ? found : null;
};

/** Columns that the sheet does not have change nothing; an empty cell of one that it has empties the words. */
const editOf = (row: GridRow, header: Header): LabelEdit | null => {
  const cell = (name: Column): string | undefined => {
    const at = header.get(name);
    return at === undefined ? undefined : wordsIn(row[at]?.text ?? '');
  };
  const code = cell('code') ?? '';
  if (code === '') return null;
  const scope = cell('scope');
  const typicalEvidence = cell('typicalEvidence');
  const notThis = cell('notThis');
  return {
    code,
    ...(scope === undefined ? {} : { scope }),
    ...(typicalEvidence === undefined ? {} : { typicalEvidence: phrasesOf(typicalEvidence) }),
    ...(notThis === undefined ? {} : { notThis: phrasesOf(notThis) }),
  };
};

const editsOfTable = (rows: readonly GridRow[]): LabelEdit[] => {
  const start = rows.findIndex((row) => headerOf(row) !== null);
  const header = rows[start] === undefined ? null : headerOf(rows[start]);
  if (header === null) return [];
  return rows
    .slice(start + 1)
    .map((row) => editOf(row, header))
    .filter((edit) => edit !== null);
};

const isCategory = ({ code }: LabelEdit): boolean => /^[CEP]\d{2}$/u.test(code);

/** Refuses with TABLE_NO_HEADER where no table has a column of codes beside one of words, or BAD_REQUEST where a cell is too long or the sheet so long that only a summary of it was read. */
export const readEdits = ({
  text,
  blocks,
  warnings,
}: CanonicalText): Result<CatalogueEdits, Refusal> => {
  const summed = warnings.find(({ code }) => code === 'W_ROWS_SUMMARISED');
  if (summed !== undefined)
    return refuse(
      refusal(
        'BAD_REQUEST',
        `行数过多，请分成几张表 / too many rows, send several sheets: ${summed.detail}`,
      ),
    );
  const edits = blocks.flatMap((block) => {
    const grid = block.kind === 'table' ? denseGrid(text, block) : null;
    return grid === null ? [] : editsOfTable(grid.rows);
  });
  if (edits.length === 0) return refuse(refusal('TABLE_NO_HEADER', '代码、范围、典型材料、不属于'));
  const parsed = catalogueEditsSchema.safeParse({
    tasks: edits.filter((edit) => !isCategory(edit)),
    categories: edits.filter(isCategory),
  });
  if (parsed.success) return accept(parsed.data);
  const places = parsed.error.issues.map(({ path, code }) => `${path.join('.')}: ${code}`);
  return refuse(refusal('BAD_REQUEST', places.slice(0, 5).join('; ')));
};

/** The sheet that an office fills in: a header, then a row a task and a row a category. */
export const editSheet = (catalogue: Catalogue): readonly (readonly string[])[] => [
  [COLUMNS.code[0], '名称', COLUMNS.scope[0], COLUMNS.typicalEvidence[0], COLUMNS.notThis[0]],
  ...[...catalogue.tasks, ...categoryLabels(catalogue.categories)].map((label) => [
    shortCode(label.code),
    label.title,
    label.scope,
    label.typicalEvidence.join('；'),
    label.notThis.join('；'),
  ]),
];
