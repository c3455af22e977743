/** What every store of canonical texts has to keep. */
import { describe, expect, test } from 'vitest';
import type { CanonicalText } from '../../shared/domain/text.ts';
import type { TextStore } from '../../shared/ports.ts';
import { canonicalBuilder } from '../../shared/text/canonical.ts';
import { sha256Of } from './sample-documents.ts';

export interface Texts {
  readonly texts: TextStore;
  /** Replaces `from` by `to` in every text stored, behind the store's back. */
  readonly damage: (from: string, to: string) => Promise<void>;
}

const textOf = (...paragraphs: string[]): CanonicalText => {
  const builder = canonicalBuilder();
  builder.heading('关于公开工作的通知', 1);
  for (const paragraph of paragraphs) builder.paragraph(paragraph);
  builder.table([{ row: 0, column: 0, text: '责任单位' }]);
  builder.metadata('author', '某人');
  return builder.build('docx');
};

const IDS = ['doc-1', '../../etc', 'a/b', '文件', '.', 'x'.repeat(300)];

export const textsContract = (name: string, make: () => Promise<Texts>): void => {
  describe(`texts in ${name}`, () => {
    test.each(IDS)('a text is read back with its blocks under the id %s', async (id) => {
      const { texts } = await make();
      const text = textOf('𠮷野家 emoji 😀 and ‹quotes›');
      const hash = sha256Of(text.text);
      expect(await texts.read(id, hash)).toBeNull();
      await texts.write(id, hash, text);
      expect(await texts.read(id, hash)).toEqual(text);
      expect(await texts.read(`${id}x`, hash)).toBeNull();
      expect(await texts.read(id, sha256Of('other'))).toBeNull();
    });

    test('a text written twice, and twice at once, stays as it is; another text of the document stands beside it', async () => {
      const { texts } = await make();
      const [one, two] = [textOf('第一稿'), textOf('第二稿')];
      const write = (text: CanonicalText) => texts.write('doc-1', sha256Of(text.text), text);
      await Promise.all([write(one), write(one), write(two)]);
      await write(one);
      expect(await texts.read('doc-1', sha256Of(one.text))).toEqual(one);
      expect(await texts.read('doc-1', sha256Of(two.text))).toEqual(two);
    });

    test('a text under the hash of another, or under no hash, is never written', async () => {
      const { texts } = await make();
      const text = textOf('正文');
      const wrong = sha256Of('another');
      await expect(texts.write('doc-1', wrong, text)).rejects.toThrow(/sha256/u);
      expect(await texts.read('doc-1', wrong)).toBeNull();
      await expect(texts.write('doc-1', '../../x', text)).rejects.toThrow(/sha256/u);
      await expect(texts.read('doc-1', '../../x')).rejects.toThrow(/sha256/u);
    });

    test.each([
      ['its words', '公开', '保密'],
      ['an offset of a block', '"start":0', '"start":1'],
    ])(
      'a stored text that was changed in %s is not read as if it were right',
      async (_, from, to) => {
        const { texts, damage } = await make();
        const text = textOf('正文');
        const hash = sha256Of(text.text);
        await texts.write('doc-1', hash, text);
        await damage(from, to);
        await expect(texts.read('doc-1', hash)).rejects.toThrow(/damaged/u);
      },
    );

    test('a text of five million characters is read back whole', async () => {
      const { texts } = await make();
      const text = textOf('公开工作要点'.repeat(850_000));
      expect(text.text.length).toBeGreaterThan(5_000_000);
      const hash = sha256Of(text.text);
      await texts.write('doc-1', hash, text);
      expect((await texts.read('doc-1', hash))?.text === text.text).toBe(true);
    });
  });
};
