import { expect, test } from 'vitest';
import { denseGrid, spokenCells } from '../../../shared/catalogue/table/grid.ts';
import { type TableSketch, textOf } from '../make-text.ts';

const gridOf = (...parts: readonly (string | TableSketch)[]) => {
  const { text, blocks } = textOf(...parts);
  const table = blocks.find((block) => block.kind === 'table');
  return table?.kind === 'table' ? denseGrid(text, table) : null;
};

test('a merged cell stands in every slot that it covers, and a missing cell is null', () => {
  const grid = gridOf('前言', [
    [
      { text: '甲', rows: 2 },
      { text: '乙', columns: 2 },
    ],
    ['丙', null],
  ]);
  expect(grid?.rows.map((row) => row.map((cell) => cell?.text ?? null))).toEqual([
    ['甲', '乙', '乙'],
    ['甲', '丙', null],
  ]);
  expect(grid?.rows[0]?.[0]).toBe(grid?.rows[1]?.[0]);
  expect(spokenCells(grid?.rows[0] ?? []).map(({ text }) => text)).toEqual(['甲', '乙']);
});

test('a table wider than 64 columns is no grid', () => {
  expect(gridOf([Array.from({ length: 65 }, (_, at) => `${at}`)])).toBeNull();
  expect(gridOf([Array.from({ length: 64 }, (_, at) => `${at}`)])?.width).toBe(64);
});
