import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalBuilder, normaliseText } from '../../shared/text/canonical.ts';

test('blocks, cells and pages point at exactly the words that were added', () => {
  const builder = canonicalBuilder();
  builder.page(1);
  builder.heading('  一、总体要求\r\n', 1);
  builder.table([
    { row: 1, column: 0, text: '甲\t乙' },
    { row: 0, column: 0, columnSpan: 2, text: '表头' },
    { row: 1, column: 1, text: '丙\n丁' },
  ]);
  builder.page(2, 'unread');
  builder.page(3);
  builder.note('注\u200b释');
  const { text, blocks, pages } = builder.build('docx');
  expect(text).toBe('一、总体要求\n表头\n甲 乙\t丙\n丁\n注释');
  expect(blocks.map((block) => text.slice(block.start, block.end))).toEqual([
    '一、总体要求',
    '表头\n甲 乙\t丙\n丁',
    '注释',
  ]);
  const table = blocks.find((block) => block.kind === 'table');
  expect(
    table?.kind === 'table' && table.cells.map((cell) => text.slice(cell.start, cell.end)),
  ).toEqual(['表头', '甲 乙', '丙\n丁']);
  expect(table).toMatchObject({ rows: 2, columns: 2, page: 1 });
  expect(pages.map((page) => [page.number, page.state, text.slice(page.start, page.end)])).toEqual([
    [1, 'read', '一、总体要求\n表头\n甲 乙\t丙\n丁'],
    [2, 'unread', ''],
    [3, 'read', '注释'],
  ]);
});

test('normalised text is stable, well formed and in NFC whatever goes in', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (raw) => {
      const once = normaliseText(raw);
      expect(once.isWellFormed()).toBe(true);
      expect(once).toBe(once.normalize('NFC'));
      expect(normaliseText(once)).toBe(once);
    }),
  );
});

test('a run of half a million blanks is passed in linear time', () => {
  const builder = canonicalBuilder();
  for (const blank of [' ', '\t', '\u3000']) builder.paragraph(`甲${blank.repeat(500_000)}乙`);
  expect(builder.length()).toBe(3 * 500_002 + 2);
});
