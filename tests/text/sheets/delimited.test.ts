import { expect, test } from 'vitest';
import { delimitedRecords } from '../../../shared/text/sheets/delimited.ts';

const countOf = (text: string): { records: number; fields: number } => {
  let [records, fields] = [0, 0];
  for (const record of delimitedRecords(text, ',')) {
    records += 1;
    fields += record.length;
  }
  return { records, fields };
};

test('records of every kind come out as they are written', () => {
  expect([...delimitedRecords('a,b\n"c,""d""\ne",f\n\n,g,\n"h', ',')]).toEqual([
    ['a', 'b'],
    ['c,"d"\ne', 'f'],
    [''],
    ['', 'g', ''],
    ['"h'],
  ]);
});

// Searches that begin anew at every line or field take minutes here, and with them the test its time.
test('two million lines before the first delimiter cost one pass', () => {
  expect(countOf(`${'a\n'.repeat(2_000_000)}b,c\n`)).toEqual({
    records: 2_000_001,
    fields: 2_000_002,
  });
}, 20_000);

test('a million quoted fields on one line cost one pass', () => {
  expect(countOf(`${'"",'.repeat(1_000_000)}c`)).toEqual({ records: 1, fields: 1_000_001 });
}, 20_000);
