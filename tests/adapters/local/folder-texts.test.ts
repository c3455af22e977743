import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderTexts } from '../../../shared/adapters/local/folder-texts.ts';
import { canonicalBuilder } from '../../../shared/text/canonical.ts';
import { sha256Of } from '../../contracts/sample-documents.ts';
import { textsContract } from '../../contracts/texts-contract.ts';
import { scratchFolders } from './scratch-folder.ts';

const folder = scratchFolders();

const files = async (root: string): Promise<string[]> => {
  const found = await readdir(root, { recursive: true, withFileTypes: true });
  return found.filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name));
};

const damage = async (root: string, from: string, to: string): Promise<void> => {
  for (const path of await files(root)) {
    const content = await readFile(path, 'utf8');
    await writeFile(path, content.replace(from, to));
  }
};

textsContract('a folder', async () => {
  const root = await folder();
  return { texts: folderTexts(root), damage: (from, to) => damage(root, from, to) };
});

test('a damaged text is whole again once it is written again, and no unfinished file is left', async () => {
  const root = await folder();
  const texts = folderTexts(root);
  const builder = canonicalBuilder();
  builder.paragraph('正文');
  const text = builder.build('txt');
  const hash = sha256Of('正文');
  await texts.write('doc-1', hash, text);
  await damage(root, '正文', '假文');
  await texts.write('doc-1', hash, text);
  expect(await texts.read('doc-1', hash)).toEqual(text);
  expect(await files(root)).toEqual([join(root, 'doc-1', `${hash}.json`)]);
});
