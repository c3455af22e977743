/** What every store of originals has to keep. */
import { describe, expect, test } from 'vitest';
import type { ObjectRef } from '../../shared/domain/document.ts';
import type { ObjectStore } from '../../shared/ports.ts';
import { refusedKind } from './refused-kind.ts';

export interface Originals {
  readonly objects: ObjectStore;
  /** Puts an original there as an officer would. */
  readonly put: (key: string, content: Uint8Array) => Promise<ObjectRef>;
}

const KEYS = [
  'a.docx',
  '部门/二〇二六年/通知.docx',
  'with space and 空格.pdf',
  'a+b & 100% #1 ?x=y.txt',
  'quote\'and"double.txt',
  '(括号)[方括号]{花}.txt',
  'deep/er/and/deep/er/x.txt',
];

export const objectsContract = (name: string, originals: () => Promise<Originals>): void => {
  describe(`originals in ${name}`, () => {
    test.each(KEYS)('an original is read back byte for byte from %s', async (key) => {
      const { objects, put } = await originals();
      const content = Uint8Array.from({ length: 70_000 }, (_, n) => (n * 31) % 256);
      const ref = await put(key, content);
      expect(await objects.head(ref)).toEqual({ ref, bytes: 70_000 });
      const answer = await objects.read(ref, 70_000);
      expect(answer?.ok === true && Buffer.from(answer.value).equals(content)).toBe(true);
    });

    test('an empty original is there and empty', async () => {
      const { objects, put } = await originals();
      const ref = await put('empty.txt', new Uint8Array());
      expect(await objects.head(ref)).toEqual({ ref, bytes: 0 });
      const answer = await objects.read(ref, 10);
      expect(answer?.ok === true && answer.value.length).toBe(0);
    });

    test('what is over the limit by one byte is refused', async () => {
      const { objects, put } = await originals();
      const ref = await put('large.bin', new Uint8Array(5_000_001));
      expect(refusedKind(await objects.read(ref, 5_000_000))).toBe('TOO_LARGE');
      expect((await objects.read(ref, 5_000_001))?.ok).toBe(true);
    });

    test('what is not there is null', async () => {
      const { objects, put } = await originals();
      const { bucket } = await put('there/a.txt', new Uint8Array(1));
      for (const key of [
        'gone.txt',
        'there',
        'there/',
        'there/a.txt/b',
        '不在.docx',
        'x'.repeat(900),
      ]) {
        const ref = { bucket, key, versionId: '' };
        expect(await objects.head(ref)).toBeNull();
        expect(await objects.read(ref, 10)).toBeNull();
      }
    });
  });
};
