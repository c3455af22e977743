import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openContainer } from '../../shared/text/container/open-container.ts';
import { isSoundOle } from '../../shared/text/ole-soundness.ts';
import { changed, OLE_CHANGES } from '../hostile/corpus/ole.ts';
import { makeMsg } from '../making/make-containers.ts';
import { rawOle, withCyclicSectors } from '../making/raw-ole.ts';

const msg = (): Uint8Array =>
  makeMsg({
    subject: '通知',
    body: '正文',
    attachments: { 'a.txt': new Uint8Array(40_000).fill(97), 'b.txt': new Uint8Array(9).fill(98) },
  });

test('files that programs write are sound', () => {
  for (const name of ['doc/samples/notice.doc', 'sheets/samples/subsidy.xls'])
    expect(isSoundOle(readFileSync(join(import.meta.dirname, name))), name).toBe(true);
  expect(isSoundOle(msg())).toBe(true);
  expect(isSoundOle(rawOle({ Workbook: new Uint8Array(9_000) }))).toBe(true);
});

test('sectors in a ring are not sound', () => {
  expect(isSoundOle(withCyclicSectors(rawOle({ Workbook: new Uint8Array(9_000) })))).toBe(false);
});

const RINGS = Object.entries(OLE_CHANGES).filter(([name]) =>
  /follows itself|leads to the first|lead back|ring|brother|again/u.test(name),
);

test('a mail whose sectors or entries run in a ring is damaged, at once', async () => {
  expect(RINGS.length).toBeGreaterThan(7);
  for (const [name, { change }] of RINGS) {
    const bytes = changed(msg(), change);
    expect(isSoundOle(bytes), name).toBe(false);
    const opened = await openContainer(bytes, 0);
    expect(opened.ok, name).toBe(false);
  }
}, 20_000);

test('an empty or cut file is not sound', () => {
  const whole = msg();
  for (const length of [0, 100, 511, 512, 1_024])
    expect(isSoundOle(whole.subarray(0, length)), `${length}`).toBe(false);
});
