import { expect, test } from 'vitest';
import { pagePort } from '../../../shared/text/pdf/page-port.ts';

const heardOn = (port: ReturnType<typeof pagePort>): unknown[] => {
  const heard: unknown[] = [];
  port.addEventListener('message', ({ data }) => heard.push(data));
  return heard;
};

test('a piece of a page keeps its lists when the sender empties its own, and shares what is in them', async () => {
  const port = pagePort();
  const heard = heardOn(port);
  const word = { str: '公开' };
  const chunk = { items: [word], lang: null };
  port.postMessage({ stream: 3, streamId: 1, chunk });
  chunk.items.length = 0;
  expect(heard).toEqual([]);
  await Promise.resolve();
  expect(heard).toEqual([{ stream: 3, streamId: 1, chunk: { items: [word], lang: null } }]);
  expect(heard[0]).toHaveProperty(['chunk', 'items', 0], word);
});

test('everything else is copied, and buffers that are handed over are gone from the sender', async () => {
  const port = pagePort();
  const heard = heardOn(port);
  const data = Uint8Array.of(1, 2, 3);
  port.postMessage({ action: 'GetDocRequest', callbackId: 1, data }, [data.buffer]);
  expect(data.length).toBe(0);
  await Promise.resolve();
  expect(heard).toEqual([{ action: 'GetDocRequest', callbackId: 1, data: Uint8Array.of(1, 2, 3) }]);
});

test('fonts and pictures for drawing are left out, unless somebody waits for an answer', async () => {
  const port = pagePort();
  const heard = heardOn(port);
  port.postMessage({ action: 'commonobj', data: ['f1', 'Font', {}] });
  port.postMessage({ action: 'obj', data: ['i1', 0, 'Image', {}] });
  port.postMessage({ action: 'commonobj', callbackId: 7, data: ['i2', 'CopyLocalImage', {}] });
  await Promise.resolve();
  expect(heard).toEqual([
    { action: 'commonobj', callbackId: 7, data: ['i2', 'CopyLocalImage', {}] },
  ]);
});

test('whoever stopped listening hears no more', async () => {
  const port = pagePort();
  const heard = heardOn(port);
  const stop = new AbortController();
  const other: unknown[] = [];
  port.addEventListener('message', ({ data }) => other.push(data), { signal: stop.signal });
  stop.abort();
  port.postMessage({ action: 'ready', data: null });
  await Promise.resolve();
  expect([heard.length, other.length]).toEqual([1, 0]);
  port.terminate();
  port.postMessage({ action: 'ready', data: null });
  await Promise.resolve();
  expect(heard.length).toBe(1);
});
