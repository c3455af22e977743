import { expect, test } from 'vitest';
import { LIMITS } from '../../../shared/text/limits.ts';
import { columnLetters, mergeOf, placeOf, sheetBudget } from '../../../shared/text/sheets/sheet.ts';

test('places and merges are read within the bounds of a sheet, others are none', () => {
  expect(placeOf('A1')).toEqual({ row: 0, column: 0 });
  expect(placeOf('XFD1048576')).toEqual({ row: 1_048_575, column: 16_383 });
  for (const name of ['XFE1', 'A0', 'A1048577', '', 'R1C1', 'AAAA1'])
    expect(placeOf(name)).toBe(null);
  expect(mergeOf('B2:C4')).toEqual({ row: 1, column: 1, lastRow: 3, lastColumn: 2 });
  for (const name of ['B2', 'C4:B2', 'B2:']) expect(mergeOf(name)).toBe(null);
  expect([0, 25, 26, 701, 702, 16_383].map(columnLetters)).toEqual([
    'A',
    'Z',
    'AA',
    'ZZ',
    'AAA',
    'XFD',
  ]);
});

test('cells over the bound, or characters over theirs, are refused', () => {
  const cells = sheetBudget();
  for (let at = 0; at < LIMITS.sheetCells; at += 1)
    if (cells.spend('') !== null) throw new Error('too early');
  expect(cells.spend('')).toMatchObject({ kind: 'TEXT_TOO_LONG' });
  const characters = sheetBudget();
  const long = 'a'.repeat(1_000_000);
  for (let at = 0; at < 60; at += 1) expect(characters.spend(long)).toBe(null);
  expect(characters.spend('a')).toMatchObject({ kind: 'TEXT_TOO_LONG' });
});
