import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderModels } from '../../../shared/adapters/local/folder-models.ts';
import { modelsContract } from '../../contracts/models-contract.ts';
import { scratchFolders } from './scratch-folder.ts';

const folder = scratchFolders();

modelsContract('folders', async () => folderModels(join(await folder(), 'models')));

test('of ten writers at once one wins, whole, and nothing else is left behind', async () => {
  const root = await folder();
  const models = folderModels(root);
  const place = { catalogueId: 'yx2026', modelId: 'm1', file: 'artefact.json' } as const;
  const contents = Array.from({ length: 10 }, (_, n) => Buffer.alloc(200_000, n));
  const outcomes = await Promise.allSettled(
    contents.map((bytes) => models.writeModelFile(place, bytes)),
  );
  const winners = outcomes.flatMap(({ status }, n) => (status === 'fulfilled' ? [n] : []));
  expect(winners).toHaveLength(1);
  const found = await models.readModelFile(place);
  expect(found !== null && contents[winners[0] ?? -1]?.equals(found)).toBe(true);
  expect(await readdir(join(root, 'yx2026', 'm1'))).toEqual(['artefact.json']);
});
