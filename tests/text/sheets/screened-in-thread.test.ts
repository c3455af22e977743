import { afterAll, expect, test } from 'vitest';
import { workerTextReader } from '../../../shared/adapters/worker/worker-text-reader.ts';
import { readUpload } from '../../../shared/usecases/read-upload.ts';
import { rawXlsx, xmlRow } from '../../making/raw-xlsx.ts';

const reader = workerTextReader({
  entry: new URL('../../../shared/text/extract-worker.ts', import.meta.url),
  timeLimitMs: 60_000,
  memoryLimitMb: 512,
});
afterAll(() => reader.close());

test('a phone number that stands in row 900 of a list, and nowhere in the text, is on the record', {
  timeout: 60_000,
}, async () => {
  const rows = [
    xmlRow(1, ['云溪街道2022年补贴发放明细表']),
    xmlRow(2, ['序号', '户主', '电话']),
    ...Array.from({ length: 1_000 }, (_, at) =>
      xmlRow(at + 3, [at + 1, '某某', at === 900 ? '13900001111' : '-']),
    ),
  ].join('');
  const bytes = rawXlsx({ sheets: [{ name: 'Sheet1', rows }] });
  const reading = await readUpload({ reader }, bytes, '明细.xlsx');
  if (reading.kind !== 'read') throw new Error(reading.refusal.kind);
  expect(reading.text.text).not.toContain('13900001111');
  expect(reading.text.columnHits).toMatchObject([{ column: 'C', code: 'P_PHONE', count: 1 }]);
  expect(reading.flags).toEqual(expect.arrayContaining(['P_PHONE', 'W_PERSONAL_ROWS']));
  expect(reading.personal).toMatchObject([{ code: 'P_PHONE', masked: '手机号 1' }]);
});
