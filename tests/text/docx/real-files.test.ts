import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { canonicalTextSchema } from '../../../shared/domain/text.ts';
import { crossCheck } from '../../../shared/text/docx/cross-check.ts';
import { previewDocx } from '../../../shared/text/docx/preview-docx.ts';
import { readDocx } from '../../../shared/text/read-docx.ts';
import { referenceFolder } from '../../making/seed-notice.ts';
import { readBytes } from './reading.ts';

const FOLDER = join(referenceFolder(), 'files');

const realFiles = (): string[] =>
  existsSync(FOLDER) ? readdirSync(FOLDER).filter((name) => /^docx-.*\.docx$/u.test(name)) : [];

const REASON = 'no real files at GONGKAI_REFERENCE or ../shared';

const characters = (html: string): string[] => [
  ...html
    .replace(/<[^>]*>/gu, '')
    .replace(/&(lt|gt|quot|amp);/gu, (_, name: string) => {
      return { lt: '<', gt: '>', quot: '"', amp: '&' }[name] ?? '';
    })
    .normalize('NFC')
    .replace(/[\s\u3000]+/gu, ''),
];

/** How many of `wanted` stand in `text` in their order. */
const inOrder = (wanted: readonly string[], text: string): number => {
  let at = 0;
  for (const character of text) if (character === wanted[at]) at += 1;
  return at;
};

test('every character that mammoth shows of a real file stands in our text, in order', async (context) => {
  const names = realFiles();
  if (names.length === 0) return context.skip(REASON);
  let shown = 0;
  let compared = 0;
  for (const name of names) {
    const bytes = readFileSync(join(FOLDER, name));
    const read = await readDocx(bytes);
    const preview = await previewDocx(bytes);
    if (!read.ok || !preview.ok) {
      // A blank letterhead: neither reading has any text.
      expect([name, read.ok ? '' : read.error.kind]).toEqual(['docx-8c1237b4.docx', 'NO_TEXT']);
      expect(preview.ok && characters(preview.value)).toEqual([]);
      continue;
    }
    const wanted = characters(preview.value);
    expect([name, inOrder(wanted, read.value.text)]).toEqual([name, wanted.length]);
    expect([name, crossCheck(preview.value, read.value).share]).toEqual([name, 1]);
    expect(canonicalTextSchema.safeParse(read.value).success).toBe(true);
    shown += wanted.length;
    compared += 1;
  }
  context.annotate(`${compared} files, ${shown} characters of mammoth all in ours`);
  expect(compared).toBeGreaterThanOrEqual(20);
});

test('the tables of a real law and of a real yearly report have their merged cells in the grid', async (context) => {
  if (realFiles().length === 0) return context.skip(REASON);
  const tablesOf = async (name: string) =>
    (await readBytes(readFileSync(join(FOLDER, name)))).blocks.filter(
      (block) => block.kind === 'table',
    );
  const law = await tablesOf('docx-10753be7.docx');
  expect(law.map(({ rows, columns }) => `${rows}x${columns}`)).toEqual([
    '13x5',
    '11x2',
    '52x3',
    '5x4',
    '10x4',
    '45x2',
  ]);
  for (const table of [...law, ...(await tablesOf('docx-f062d965.docx'))]) {
    const taken = new Set<string>();
    for (const { row, column, rowSpan, columnSpan } of table.cells)
      for (let y = row; y < row + rowSpan; y += 1)
        for (let x = column; x < column + columnSpan; x += 1) {
          expect(taken.has(`${y},${x}`)).toBe(false);
          taken.add(`${y},${x}`);
        }
    expect(taken.size).toBe(table.rows * table.columns);
  }
});
