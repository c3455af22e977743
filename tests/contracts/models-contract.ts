/** What every store of models has to keep: a file once there never changes. */
import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { MODEL_FILES, type ModelFile } from '../../shared/domain/model.ts';
import type { ModelPlace, ModelStore } from '../../shared/ports.ts';

const idOf = (name: string): string => createHash('sha256').update(name).digest('hex');

const placeOf = (rest: Partial<ModelPlace> = {}): ModelPlace => ({
  catalogueId: 'yx2026',
  modelId: idOf('first'),
  file: 'artefact.json',
  ...rest,
});

const bytesOf = (words: string): Uint8Array => new TextEncoder().encode(words);

/** `make` gives an empty store each time. */
export const modelsContract = (name: string, make: () => Promise<ModelStore>): void => {
  describe(`models in ${name}`, () => {
    test('every file of a model is read back as it was written, and no other', async () => {
      const models = await make();
      for (const file of MODEL_FILES) {
        expect(await models.readModelFile(placeOf({ file }))).toBeNull();
        await models.writeModelFile(placeOf({ file }), bytesOf(`{"file":"${file}"}`));
      }
      for (const file of MODEL_FILES)
        expect(await models.readModelFile(placeOf({ file }))).toEqual(
          bytesOf(`{"file":"${file}"}`),
        );
      expect(await models.readModelFile(placeOf({ modelId: idOf('second') }))).toBeNull();
      expect(await models.readModelFile(placeOf({ catalogueId: 'other' }))).toBeNull();
      expect(await models.readModelFile(placeOf({ modelId: 'shipped-1' }))).toBeNull();
    });

    test('the same bytes again are fine; other bytes throw and the first stay', async () => {
      const models = await make();
      await models.writeModelFile(placeOf(), bytesOf('{"id":1}'));
      await models.writeModelFile(placeOf(), bytesOf('{"id":1}'));
      for (const other of ['{"id":2}', '{"id":1', '{"id":1} ', ''])
        await expect(models.writeModelFile(placeOf(), bytesOf(other))).rejects.toThrow(
          /other bytes/u,
        );
      expect(await models.readModelFile(placeOf())).toEqual(bytesOf('{"id":1}'));
    });

    test('a file that is part of a larger buffer is written alone', async () => {
      const models = await make();
      const inside = new Uint8Array([9, 9, 1, 2, 3, 9]).subarray(2, 5);
      await models.writeModelFile(placeOf(), inside);
      await models.writeModelFile(placeOf(), new Uint8Array([1, 2, 3]));
      expect(await models.readModelFile(placeOf())).toEqual(new Uint8Array([1, 2, 3]));
    });

    test('a file of several megabytes and an empty one are read back whole', async () => {
      const models = await make();
      const large = new Uint8Array(randomBytes(3_000_000));
      await models.writeModelFile(placeOf(), large);
      await models.writeModelFile(placeOf({ file: 'metrics.json' }), new Uint8Array());
      const found = await models.readModelFile(placeOf());
      expect(found !== null && Buffer.from(found).equals(large)).toBe(true);
      expect(await models.readModelFile(placeOf({ file: 'metrics.json' }))).toEqual(
        new Uint8Array(),
      );
    });

    test.each([
      { catalogueId: '../../etc' },
      { catalogueId: '' },
      { modelId: '..' },
      { modelId: 'a/b' },
      { modelId: '' },
      { file: '../x.json' as ModelFile },
    ])('no file is written or read outside its place: %o', async (rest) => {
      const models = await make();
      await expect(models.writeModelFile(placeOf(rest), bytesOf('{}'))).rejects.toThrow(/place/u);
      await expect(models.readModelFile(placeOf(rest))).rejects.toThrow(/place/u);
    });
  });
};
