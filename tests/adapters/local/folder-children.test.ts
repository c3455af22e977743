import { expect, test } from 'vitest';
import { folderChildren } from '../../../shared/adapters/local/folder-children.ts';
import { folderObjects } from '../../../shared/adapters/local/folder-objects.ts';
import { childrenContract } from '../../contracts/children-contract.ts';
import { scratchFolders } from './scratch-folder.ts';

const scratchFolder = scratchFolders();

childrenContract('folder', async () => {
  const root = await scratchFolder();
  return {
    children: folderChildren(root, async () => {}),
    objects: folderObjects(root),
    bucket: 'inbox',
  };
});

test('the file is taken in with the time of its container before the keeping is over', async () => {
  const taken: string[] = [];
  const children = folderChildren(await scratchFolder(), async ({ key }, at) => {
    taken.push(`${key} ${at}`);
  });
  const key = `expanded/${'c'.repeat(32)}/1/000/a.txt`;
  await children.keep('inbox', { key, bytes: new Uint8Array([1]), uploadedAt: 'then' });
  expect(taken).toEqual([`${key} then`]);
});
