/** `gongkai catalogue import`: a task table as rows for a person to confirm, or as the catalogue object. */
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { catalogueRows } from '../../shared/catalogue/catalogue-table.ts';
import { donghu2021 } from '../../shared/catalogue/donghu-2021.ts';
import type { Catalogue } from '../../shared/domain/catalogue.ts';
import { type Refusal, reasonOf } from '../../shared/domain/refusal.ts';
import { importCatalogue } from '../../shared/usecases/import-catalogue.ts';
import { aside } from '../../shared/usecases/read-upload.ts';
import { editByFile, writeWords } from './edit-catalogue-command.ts';
import { EXIT, type ExitCode, UsageError } from './exit-codes.ts';
import { readPath } from './read-path.ts';
import { type Column, terminalTable } from './terminal-table.ts';
import { localTextReader } from './text-reader.ts';

const COLUMNS: readonly Column[] = [
  { head: '编号', kind: 'codes' },
  { head: '分节', kind: 'prose', share: 3 },
  { head: '任务', kind: 'prose', share: 4 },
  { head: '牵头单位', kind: 'prose', share: 2 },
  { head: '责任部门', kind: 'prose', share: 2 },
  { head: '工作要求', kind: 'prose', share: 6 },
];

const showCatalogue = (catalogue: Catalogue): string => {
  const rows = catalogueRows(catalogue).map((row) => [
    row.number,
    row.section,
    row.title,
    row.leadUnits,
    row.responsibleUnits,
    row.requirement,
  ]);
  const { title, catalogueId, version, issuer, documentNumber, year, tasks } = catalogue;
  const head = `${title}\n${issuer || '发文机关未识别'} ${documentNumber ?? '文号未识别'} ${year ?? '年度未识别'}`;
  const table = terminalTable(COLUMNS, rows, process.stdout.columns);
  return `${head}\n${table}\n共 ${tasks.length} 项任务（${catalogueId} 第 ${version} 版）。请对照原表核对后再启用。`;
};

/** Told apart as by `classify`; a table that cannot be trusted has a code of its own. */
const exitOf = (why: Refusal): ExitCode => {
  if (why.kind.startsWith('TABLE_')) return EXIT.tableRefused;
  if (why.kind === 'SECRET_MARK') return EXIT.quarantined;
  return aside(why).state === 'scanning' ? EXIT.scanning : EXIT.refused;
};

const refuseTable = (path: string, why: Refusal, json: boolean): ExitCode => {
  const reason = reasonOf(why);
  if (json) process.stdout.write(`${JSON.stringify({ file: path, error: reason })}\n`);
  process.stderr.write(`${path}\n${reason.code}：${reason.zh}\n${reason.code}: ${reason.en}\n`);
  return exitOf(why);
};

const importFile = async (
  path: string,
  options: { json: boolean; id: string | undefined },
): Promise<ExitCode> => {
  const bytes = await readPath(path);
  if (!bytes.ok) return refuseTable(path, bytes.error, options.json);
  const reader = localTextReader(1);
  try {
    const id = options.id === undefined ? {} : { catalogueId: options.id };
    const upload = { bytes: bytes.value, fileName: basename(path), ...id };
    const draft = await importCatalogue({ reader }, upload);
    if (!draft.ok) return refuseTable(path, draft.error, options.json);
    const { catalogue, warnings } = draft.value;
    for (const { code, detail } of warnings) process.stderr.write(`提示 ${code} ${detail}\n`);
    const shown = options.json ? JSON.stringify(catalogue, null, 2) : showCatalogue(catalogue);
    process.stdout.write(`${shown}\n`);
    return EXIT.fine;
  } finally {
    await reader.close();
  }
};

export const catalogueCommand = async (args: readonly string[]): Promise<ExitCode> => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      id: { type: 'string' },
      home: { type: 'string' },
    },
  });
  const [verb, file, ...rest] = positionals;
  if (verb === 'show' && file === undefined) {
    const shown = values.json ? JSON.stringify(donghu2021, null, 2) : showCatalogue(donghu2021);
    process.stdout.write(`${shown}\n`);
    return EXIT.fine;
  }
  if (verb === 'words' && file === undefined) return writeWords(values.home);
  if (verb === 'edit' && file !== undefined && rest.length === 0)
    return editByFile(file, { home: values.home, json: values.json });
  if (verb !== 'import' || file === undefined || rest.length > 0)
    throw new UsageError('catalogue import FILE | show | words | edit FILE');
  return importFile(file, { json: values.json, id: values.id });
};
