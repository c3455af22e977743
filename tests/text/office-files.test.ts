import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { screenRows } from '../../shared/screening/screen-rows.ts';
import { extract } from '../../shared/text/extract.ts';

const reference = resolve(
  process.env['GONGKAI_REFERENCE'] ?? join(import.meta.dirname, '../../../shared'),
);
const folder = join(reference, 'files');
const files = existsSync(folder)
  ? readdirSync(folder).filter((name) => /\.(?:doc|wps|xlsx?|et|csv)$/u.test(name))
  : [];
if (files.length === 0)
  process.stdout.write(`Skipped: no real office files in ${folder} (set GONGKAI_REFERENCE)\n`);

test.skipIf(files.length === 0)(
  'every real old Word file and spreadsheet gives its words in consistent blocks',
  { timeout: 120_000 },
  async () => {
    const failed: string[] = [];
    for (const name of files) {
      const result = await extract(readFileSync(join(folder, name)), name, screenRows);
      if (!result.ok) {
        failed.push(`${name} ${result.error.kind}`);
        continue;
      }
      const { text, blocks, format } = result.value;
      // A web page under .doc is held to the tests of web pages.
      if (format === 'html') continue;
      const joined = blocks.map(({ start, end }) => text.slice(start, end)).join('\n');
      const isChinese = (text.match(/\p{Script=Han}/gu)?.length ?? 0) > 40;
      const isClean = !/[\u0000-\u0008\u000e-\u001f\ufffd]/u.test(text);
      if (joined !== text || !isChinese || !isClean) failed.push(name);
    }
    expect(failed).toEqual([]);
  },
);

test.skipIf(files.length === 0)(
  'the same workbook saved as xls and as xlsx gives the same text',
  async () => {
    const [xls, xlsx] = ['xls-506ac579.xls', 'xlsx-e68dd892.xlsx'];
    if (!files.includes(xls) || !files.includes(xlsx)) throw new Error('The workbooks are missing');
    const read = async (name: string): Promise<string> => {
      const result = await extract(readFileSync(join(folder, name)), name);
      return result.ok ? result.value.text : result.error.kind;
    };
    expect(await read(xls)).toBe(await read(xlsx));
  },
);
