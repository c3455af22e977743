import { spawnSync } from 'node:child_process';
import { afterAll, expect, test } from 'vitest';
import { workerTextReader } from '../../../shared/adapters/worker/worker-text-reader.ts';
import type { TextReader } from '../../../shared/ports.ts';

const entry = new URL('../../../shared/text/extract-worker.ts', import.meta.url);
const misbehaving = new URL('./misbehaving-worker.ts', import.meta.url);
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

const open: { close(): Promise<void> }[] = [];
const readerOf = (
  options: Partial<Parameters<typeof workerTextReader>[0]> = {},
): TextReader & { close(): Promise<void> } => {
  const reader = workerTextReader({
    entry: misbehaving,
    timeLimitMs: 30_000,
    memoryLimitMb: 256,
    ...options,
  });
  open.push(reader);
  return reader;
};
afterAll(() => Promise.all(open.map((reader) => reader.close())));

const textOf = async (reader: TextReader, text: string, name = 'notice.txt'): Promise<string> => {
  const read = await reader.extract(bytesOf(text), name);
  return read.ok ? read.value.text : read.error.kind;
};

test('a file is read in a thread and the bytes of the caller stay whole', async () => {
  const bytes = bytesOf('关于公开预算的通知\n各街道：');
  const read = await readerOf({ entry }).extract(bytes, '通知.txt');
  expect(read).toMatchObject({
    ok: true,
    value: { format: 'txt', text: '关于公开预算的通知\n各街道：' },
  });
  expect(new TextDecoder().decode(bytes)).toBe('关于公开预算的通知\n各街道：');
});

test('bytes that are a view into a larger buffer are read alone', async () => {
  const whole = Buffer.from('秘密的前文|关于公开的通知|后文');
  const from = whole.indexOf('|') + 1;
  const view = whole.subarray(from, whole.indexOf('|', from));
  const read = await readerOf({ entry }).extract(view, 'a.txt');
  expect(read.ok && read.value.text).toBe('关于公开的通知');
});

test('a reader that spins is stopped at the time limit and the next file is read', async () => {
  const reader = readerOf({ timeLimitMs: 3_000 });
  expect(await reader.extract(bytesOf('甲'), 'spin.txt')).toEqual({
    ok: false,
    error: { kind: 'TIME_LIMIT', detail: '3 s' },
  });
  expect(await textOf(reader, '政府信息公开年报')).toBe('政府信息公开年报');
});

test('a reader that fills the heap is stopped at the memory limit and the next file is read', async () => {
  const reader = readerOf({ memoryLimitMb: 64 });
  expect(await reader.extract(bytesOf('甲'), 'heap.txt')).toEqual({
    ok: false,
    error: { kind: 'MEMORY_LIMIT', detail: '64 MB' },
  });
  expect(await textOf(reader, '政府信息公开年报')).toBe('政府信息公开年报');
});

test('a reader that fills buffers outside the heap is stopped at the memory limit', async () => {
  const reader = readerOf({ memoryLimitMb: 128 });
  expect(await textOf(reader, '甲', 'buffers.txt')).toBe('MEMORY_LIMIT');
  expect(await textOf(reader, '政府信息公开年报')).toBe('政府信息公开年报');
});

test('a thread that ends by itself is a fault, and the next file is read', async () => {
  const reader = readerOf();
  await expect(reader.extract(bytesOf('甲'), 'exit.txt')).rejects.toThrow('reading thread failed');
  expect(await textOf(reader, '政府信息公开年报')).toBe('政府信息公开年报');
});

test('a promise that a library forgets ends neither the file nor the next one', async () => {
  const reader = readerOf();
  expect(await textOf(reader, '关于公开预算的通知', 'forget.txt')).toBe('关于公开预算的通知');
  expect(await textOf(reader, '政府信息公开年报')).toBe('政府信息公开年报');
});

test('what a large file left behind does not count against the next one', async () => {
  const reader = readerOf({ memoryLimitMb: 128 });
  for (let round = 0; round < 4; round += 1)
    expect(await textOf(reader, '政府信息公开年报', 'garbage.txt')).toBe('政府信息公开年报');
});

test('a small file has less time than a large one', async () => {
  const reader = readerOf({ timeLimitMs: 30_000, smallFileLimitMs: 1_000 });
  expect(await reader.extract(bytesOf('甲'), 'spin.txt')).toEqual({
    ok: false,
    error: { kind: 'TIME_LIMIT', detail: '2 s' },
  });
});

test('an entry that does not exist is a fault, not a refusal', async () => {
  const reader = readerOf({ entry: new URL('./no-such-worker.ts', import.meta.url) });
  await expect(reader.extract(bytesOf('甲'), 'a.txt')).rejects.toThrow('reading thread failed');
});

test('several files over two threads come back each to its caller, also when one of them spins', async () => {
  const reader = readerOf({ workers: 2, timeLimitMs: 6_000 });
  const names = Array.from({ length: 12 }, (_, index) => `第${index}号通知的正文`);
  const [spun, ...texts] = await Promise.all([
    textOf(reader, '甲', 'spin.txt'),
    ...names.map((text) => textOf(reader, text)),
  ]);
  expect(spun).toBe('TIME_LIMIT');
  expect(texts).toEqual(names);
});

test('what a library prints while reading does not reach the output of the process', () => {
  const program = `
    import { workerTextReader } from ${JSON.stringify(new URL('../../../shared/adapters/worker/worker-text-reader.ts', import.meta.url).href)};
    const reader = workerTextReader({ entry: new URL(${JSON.stringify(misbehaving.href)}), timeLimitMs: 30000, memoryLimitMb: 256 });
    const read = await reader.extract(new TextEncoder().encode('甲乙丙丁'), 'print.txt');
    console.log(read.ok);`;
  const run = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    encoding: 'utf8',
    timeout: 20_000,
  });
  expect(run.signal).toBe(null);
  expect(run.stderr).toBe('');
  // The process ends by itself although the reader was not closed: an idle thread keeps nothing alive.
  expect(run.stdout).toBe('true\n');
});

test('one thread reads many files one after another', async () => {
  const reader = readerOf({ timeLimitMs: 20_000 });
  for (const text of ['第一份', '第二份', '第三份']) expect(await textOf(reader, text)).toBe(text);
});

test('a closed reader takes no file', async () => {
  const reader = readerOf();
  await reader.close();
  await expect(reader.extract(bytesOf('甲'), 'a.txt')).rejects.toThrow('closed');
});
