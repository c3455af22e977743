import fc from 'fast-check';
import { expect, test } from 'vitest';
import { spreadsheetCsv } from '../../../functions/local/spreadsheet-csv.ts';
import { delimitedRecords } from '../../../shared/text/sheets/delimited.ts';

const STARTS = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠', '|', '%'];

const fieldsOf = (csv: string): string[] => [...delimitedRecords(csv, ',')][0] ?? [];

/** What a spreadsheet would take for a formula, or may once it has dropped blanks. */
const isFormula = (field: string): boolean =>
  /^[=+\-@＝＋－＠]/u.test(field.replace(/^[\s\u200b\u200e\u200f\ufeff\u0000-\u001f]+/u, ''));

test.each([
  ['a call', "=cmd|'/C calc'!A0"],
  ['a sum', '+1+1'],
  ['a minus', '-2+3+cmd|x'],
  ['an old call', '@SUM(A1)'],
  ['a tab before it', '\t=1+1'],
  ['a line end before it', '\r=1+1'],
  ['a new line before it', '\n=1+1'],
  ['a blank before it', ' =1+1'],
  ['a wide blank before it', '\u3000=1+1'],
  ['a sign without width before it', '\u200b=1+1'],
  ['a byte order mark before it', '\ufeff=1+1'],
  ['wide signs', '＝1+1'],
  ['a wide plus', '＋1'],
  ['a wide minus', '－1'],
  ['a wide at', '＠SUM(A1)'],
])('%s is no formula any more', (_, field) => {
  const [first = '', second] = fieldsOf(spreadsheetCsv([[field, 'b']], false));
  expect(isFormula(first)).toBe(false);
  expect(second).toBe('b');
});

test('numbers stay numbers, and words stay as they are', () => {
  expect(spreadsheetCsv([[-0.5, 12, '通知', '2024-01-01', null, 'a-b']], true)).toBe(
    '\ufeff-0.5,12,通知,2024-01-01,,a-b\r\n',
  );
});

test('no text whatever comes out as a formula, and no field breaks its row', () => {
  const evil = fc
    .array(fc.oneof(fc.constantFrom(...STARTS, '"', ',', ';', ' ', '\u3000'), fc.string()))
    .map((pieces) => pieces.join(''));
  fc.assert(
    fc.property(evil, evil, (one, other) => {
      const fields = fieldsOf(spreadsheetCsv([[one, other]], false));
      expect(fields.length).toBeLessThanOrEqual(2);
      for (const field of fields) expect(isFormula(field)).toBe(false);
    }),
  );
});
