import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { extract } from '../../shared/text/extract.ts';

const reference = resolve(
  process.env['GONGKAI_REFERENCE'] ?? join(import.meta.dirname, '../../../shared'),
);
const folder = join(reference, 'files');
const files = existsSync(folder)
  ? readdirSync(folder).filter((name) => /\.(?:s?html?|txt)$/u.test(name))
  : [];
if (files.length === 0)
  process.stdout.write(`Skipped: no real files in ${folder} (set GONGKAI_REFERENCE)\n`);

test.skipIf(files.length === 0)(
  'every real web page and text gives its words and consistent blocks',
  async () => {
    const failed: string[] = [];
    for (const name of files) {
      const result = await extract(readFileSync(join(folder, name)), name);
      if (!result.ok) {
        failed.push(`${name} ${result.error.kind}`);
        continue;
      }
      const { text, blocks } = result.value;
      const joined = blocks.map(({ start, end }) => text.slice(start, end)).join('\n');
      const isChinese = (text.match(/\p{Script=Han}/gu)?.length ?? 0) > 40;
      if (joined !== text || !isChinese || text.includes('\ufffd')) failed.push(name);
    }
    expect(failed).toEqual([]);
  },
);

test.skipIf(files.length === 0)(
  'real pages of one site give their title, the article and nothing around it',
  async () => {
    const name = files.find((file) => file.startsWith('htm-10378dfc'));
    if (name === undefined) throw new Error('The page is missing');
    const result = await extract(readFileSync(join(folder, name)), name);
    const text = result.ok ? result.value.text : '';
    expect(text.startsWith('国务院办公厅关于推进海绵城市建设的指导意见\n')).toBe(true);
    expect(text.endsWith('2015年10月11日')).toBe(true);
    expect(text).not.toMatch(/当前位置|版权|内容纠错|文档附件/u);
  },
);

test.skipIf(files.length === 0)(
  'a real .doc that is a web page is read as one and warned of',
  async () => {
    const result = await extract(
      readFileSync(join(folder, 'doc-30350877.doc')),
      'doc-30350877.doc',
    );
    expect(result).toMatchObject({
      ok: true,
      value: { format: 'html', warnings: [{ code: 'W_ENDING', detail: '.doc → html' }] },
    });
  },
);
