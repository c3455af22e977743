/** What every store of files out of containers promises. */
import { expect, test } from 'vitest';
import type { ChildStore, ObjectStore } from '../../shared/ports.ts';

interface Subject {
  readonly children: ChildStore;
  readonly objects: ObjectStore;
  readonly bucket: string;
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

export const childrenContract = (name: string, make: () => Promise<Subject>): void => {
  test(`${name}: a file out of a container is an original that can be read`, async () => {
    const { children, objects, bucket } = await make();
    const key = `expanded/${'a'.repeat(32)}/1/000/材料/通知.txt`;
    const child = { key, bytes: bytes('通知'), uploadedAt: '2021-07-05T01:00:00.000Z' };
    const ref = await children.keep(bucket, child);
    expect(ref.key).toBe(key);
    const read = await objects.read(ref, 100);
    expect(read?.ok === true && new TextDecoder().decode(read.value)).toBe('通知');
  });

  test(`${name}: kept twice it is one original under one reference`, async () => {
    const { children, bucket } = await make();
    const key = `expanded/${'b'.repeat(32)}/1/000/a.txt`;
    const child = { key, bytes: bytes('甲'), uploadedAt: '2021-07-05T01:00:00.000Z' };
    expect(await children.keep(bucket, child)).toEqual(await children.keep(bucket, child));
  });
};
