import { expect, test } from 'vitest';
import { plainRecords } from '../../../shared/text/sheets/plain-records.ts';

const record = (kind: number, bytes: readonly number[]): number[] => [
  kind & 255,
  kind >> 8,
  bytes.length & 255,
  bytes.length >> 8,
  ...bytes,
];
const kindsOf = (stream: Uint8Array): number[] => {
  const kinds: number[] = [];
  const view = new DataView(stream.buffer);
  for (let at = 0; at + 4 <= stream.length; at += 4 + view.getUint16(at + 2, true))
    kinds.push(view.getUint16(at, true));
  return kinds;
};
const zeros = (count: number): number[] => new Array<number>(count).fill(0);

test('records without cells, and what goes on with them, are passed over; lengths and places stay', () => {
  const stream = Uint8Array.from([
    ...record(0x0809, zeros(16)),
    ...record(0x0896, zeros(8)),
    ...record(0x003c, zeros(8)),
    ...record(0x00fc, zeros(8)),
    ...record(0x003c, zeros(8)),
  ]);
  const plain = plainRecords(stream);
  expect(plain).toHaveLength(stream.length);
  expect(kindsOf(plain)).toEqual([0x0809, 0x1d, 0x1d, 0x00fc, 0x003c]);
});

test('a formula becomes the number, the truth value or the text mark that was kept with it', () => {
  const formula = (value: readonly number[]): number[] =>
    record(0x0006, [1, 0, 2, 0, 3, 0, ...value, ...zeros(6), 2, 0, 9, 9]);
  const number = plainRecords(Uint8Array.from(formula([1, 2, 3, 4, 5, 6, 7, 8])));
  expect(kindsOf(number)).toEqual([0x0203, 0x1d]);
  expect([...number.subarray(4, 18)]).toEqual([1, 0, 2, 0, 3, 0, 1, 2, 3, 4, 5, 6, 7, 8]);
  const truth = plainRecords(Uint8Array.from(formula([1, 0, 1, 0, 0, 0, 255, 255])));
  expect(kindsOf(truth)).toEqual([0x0205, 0x1d]);
  expect([...truth.subarray(10, 12)]).toEqual([1, 0]);
  const text = plainRecords(Uint8Array.from(formula([0, 0, 0, 0, 0, 0, 255, 255])));
  expect(kindsOf(text)).toEqual([0x0006]);
  expect([...text.subarray(24, 26)]).toEqual([0, 0]);
});

test('a record that claims more than there is ends with the stream', () => {
  const plain = plainRecords(Uint8Array.from([0x85, 0, 0xff, 0xff, 1, 2, 3]));
  expect([...plain]).toEqual([0x85, 0, 3, 0, 1, 2, 3]);
});
