import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { defaultArtefact } from '../../shared/classify/artefact.ts';
import type { ModelStore } from '../../shared/ports.ts';
import { loadArtefact } from '../../shared/usecases/load-artefact.ts';

const sha256 = (bytes: Uint8Array | string): string =>
  createHash('sha256').update(bytes).digest('hex');

const bytesOf = (content: unknown): Uint8Array =>
  new TextEncoder().encode(typeof content === 'string' ? content : JSON.stringify(content));

/** A store with one model whose artefact is `content`; `change` spoils the manifest. */
const storeWith = (content: unknown, change: object = {}) => {
  const artefact = bytesOf(content);
  const modelId = sha256(`${Math.random()}`);
  const manifest = bytesOf({
    format: 1,
    modelId,
    catalogueId: 'dh2021',
    catalogueVersion: 1,
    software: '0.1.0',
    reviews: 30,
    newestReview: '2021-07-05T00:00:00.000Z',
    settings: {},
    files: { 'artefact.json': sha256(artefact) },
    ...change,
  });
  const models: ModelStore = {
    writeModelFile: async () => {},
    readModelFile: async ({ file }) => (file === 'manifest.json' ? manifest : artefact),
  };
  return { models, modelId };
};

test('a trained artefact is read as it was written', async () => {
  const { models, modelId } = storeWith({ ...defaultArtefact, id: 'a' });
  expect(await loadArtefact({ models }, 'dh2021', modelId)).toMatchObject({ id: 'a' });
});

test('for an artefact that shipped with older software the one that ships now stands', async () => {
  const { models } = storeWith('');
  expect(await loadArtefact({ models }, 'dh2021', 'donghu-000000000000')).toBe(defaultArtefact);
});

test('for a trained one of a form that is no longer read the one that ships now stands', async () => {
  const { models, modelId } = storeWith({ id: 'old', weights: [1, 2, 3] });
  expect(await loadArtefact({ models }, 'dh2021', modelId)).toBe(defaultArtefact);
});

test('bytes that are not those of the manifest, a manifest of another model, and an absent one are faults', async () => {
  const spoilt = storeWith(defaultArtefact, { files: { 'artefact.json': sha256('x') } });
  await expect(loadArtefact(spoilt, 'dh2021', spoilt.modelId)).rejects.toThrow('damaged');
  const other = storeWith(defaultArtefact, { modelId: sha256('y') });
  await expect(loadArtefact(other, 'dh2021', other.modelId)).rejects.toThrow('damaged');
  const absent = { ...spoilt.models, readModelFile: async () => null };
  await expect(loadArtefact({ models: absent }, 'dh2021', sha256('z'))).rejects.toThrow('manifest');
});
