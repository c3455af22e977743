/** `gongkai catalogue import`: a task table as rows for a person to confirm, or as the catalogue object. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { catalogueRows } from '../../shared/catalogue/catalogue-table.ts';
import { donghu2021 } from '../../shared/catalogue/donghu-2021.ts';
import type { Catalogue } from '../../shared/domain/catalogue.ts';
import { reasonOf } from '../../shared/domain/refusal.ts';
import { importCatalogue } from '../../shared/usecases/import-catalogue.ts';
import { EXIT, type ExitCode, UsageError } from './exit-codes.ts';
import { localTextReader } from './text-reader.ts';

const showCatalogue = (catalogue: Catalogue, width: number): string => {
  const room = Math.max(100, width) - 7;
  const table = new Table({
    head: ['编号', '分节', '任务', '牵头单位', '责任部门', '工作要求'],
    colWidths: [0.06, 0.18, 0.22, 0.12, 0.12, 0.3].map((share) =>
      Math.max(6, Math.floor(room * share)),
    ),
    wordWrap: true,
    wrapOnWordBoundary: false,
    style: { head: [], border: [] },
  });
  for (const row of catalogueRows(catalogue)) {
    table.push([
      row.number,
      row.section,
      row.title,
      row.leadUnits,
      row.responsibleUnits,
      row.requirement,
    ]);
  }
  const { title, catalogueId, version, issuer, documentNumber, year, tasks } = catalogue;
  const head = `${title}\n${issuer || '发文机关未识别'} ${documentNumber ?? '文号未识别'} ${year ?? '年度未识别'}`;
  return `${head}\n${table.toString()}\n共 ${tasks.length} 项任务（${catalogueId} 第 ${version} 版）。请对照原表核对后再启用。`;
};

const read = async (path: string): Promise<Uint8Array> => {
  try {
    return await readFile(path);
  } catch (error) {
    throw new UsageError(`打不开文件 / cannot open: ${path}`, { cause: error });
  }
};

const importFile = async (
  path: string,
  options: { json: boolean; id: string | undefined },
): Promise<ExitCode> => {
  const bytes = await read(path);
  const reader = localTextReader(1);
  try {
    const id = options.id === undefined ? {} : { catalogueId: options.id };
    const draft = await importCatalogue({ reader }, { bytes, fileName: basename(path), ...id });
    if (!draft.ok) {
      const reason = reasonOf(draft.error);
      if (options.json) process.stdout.write(`${JSON.stringify({ file: path, error: reason })}\n`);
      process.stderr.write(`${path}\n${reason.code}：${reason.zh}\n${reason.code}: ${reason.en}\n`);
      return EXIT.tableRefused;
    }
    const { catalogue, warnings } = draft.value;
    for (const { code, detail } of warnings) process.stderr.write(`提示 ${code} ${detail}\n`);
    const shown = options.json
      ? JSON.stringify(catalogue, null, 2)
      : showCatalogue(catalogue, process.stdout.columns ?? 160);
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
    options: { json: { type: 'boolean', default: false }, id: { type: 'string' } },
  });
  const [verb, file, ...rest] = positionals;
  if (verb === 'show' && file === undefined) {
    const shown = values.json
      ? JSON.stringify(donghu2021, null, 2)
      : showCatalogue(donghu2021, process.stdout.columns ?? 160);
    process.stdout.write(`${shown}\n`);
    return EXIT.fine;
  }
  if (verb !== 'import' || file === undefined || rest.length > 0)
    throw new UsageError('catalogue import FILE | catalogue show');
  return importFile(file, { json: values.json, id: values.id });
};
