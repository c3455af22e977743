import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  currentRef,
  folderObjects,
  storeOriginal,
} from '../../../shared/adapters/local/folder-objects.ts';
import { type Originals, objectsContract } from '../../contracts/objects-contract.ts';
import { refusedKind } from '../../contracts/refused-kind.ts';
import { sha256Of } from '../../contracts/sample-documents.ts';
import { scratchFolders } from './scratch-folder.ts';

const folder = scratchFolders();
const bytes = (text: string): Uint8Array => Buffer.from(text);

const originals = async (): Promise<Originals> => {
  const root = await folder();
  return {
    objects: folderObjects(root),
    put: async (key, content) => {
      const stored = await storeOriginal(root, { bucket: 'inbox', key }, content);
      if (!stored.ok) throw new Error(stored.error.detail);
      return stored.value;
    },
  };
};

objectsContract('a folder', originals);

const HOSTILE = [
  '../secret.txt',
  'a/../../secret.txt',
  '..',
  '.',
  './a.txt',
  '/etc/passwd',
  'a\\..\\..\\secret.txt',
  'a.txt\u0000',
  'a//b.txt',
  '',
  '\ud800.txt',
];

test.each(HOSTILE)(
  'the key %j neither reads nor writes anything outside its bucket',
  async (key) => {
    const home = await folder();
    const root = join(home, 'root');
    await mkdir(join(root, 'inbox', 'a'), { recursive: true });
    await writeFile(join(home, 'secret.txt'), 'secret');
    await writeFile(join(root, 'secret.txt'), 'secret');
    await writeFile(join(root, 'inbox', 'a.txt'), 'open');
    const objects = folderObjects(root);
    for (const bucket of ['inbox', '..', '.', '', 'inbox/..', '/']) {
      const place = { bucket, key };
      expect(await objects.head({ ...place, versionId: '' })).toBeNull();
      expect(await objects.read({ ...place, versionId: '' }, 1000)).toBeNull();
      expect(refusedKind(await storeOriginal(root, place, bytes('new')))).toBe('BAD_KEY');
    }
    expect(await readdir(home)).toEqual(['root', 'secret.txt']);
    expect((await readdir(root)).sort()).toEqual(['inbox', 'secret.txt']);
    expect(await readFile(join(home, 'secret.txt'), 'utf8')).toBe('secret');
  },
);

test('a link that leads out of the root is not followed, neither to read nor to write', async () => {
  const home = await folder();
  const root = join(home, 'root');
  await mkdir(join(root, 'inbox'), { recursive: true });
  await mkdir(join(home, 'outside'));
  await writeFile(join(home, 'outside', 'secret.txt'), 'secret');
  await symlink(join(home, 'outside'), join(root, 'inbox', 'link'));
  await symlink(join(home, 'outside', 'secret.txt'), join(root, 'inbox', 'file.txt'));
  for (const key of ['link/secret.txt', 'file.txt', 'link'])
    expect(await folderObjects(root).head({ bucket: 'inbox', key, versionId: '' })).toBeNull();
  for (const key of ['link/new.txt', 'file.txt'])
    expect(refusedKind(await storeOriginal(root, { bucket: 'inbox', key }, bytes('x')))).toBe(
      'BAD_KEY',
    );
  expect(await readdir(join(home, 'outside'))).toEqual(['secret.txt']);
  expect(await readFile(join(home, 'outside', 'secret.txt'), 'utf8')).toBe('secret');
});

test('a folder or a pipe is no original, and nobody waits at the pipe', async () => {
  const root = await folder();
  await mkdir(join(root, 'inbox', 'sub'), { recursive: true });
  execFileSync('mkfifo', [join(root, 'inbox', 'pipe')]);
  for (const key of ['sub', 'pipe'])
    expect(await folderObjects(root).read({ bucket: 'inbox', key, versionId: '' }, 10)).toBeNull();
});

test('a file that was replaced is gone for who asks for the version before', async () => {
  const root = await folder();
  const place = { bucket: 'inbox', key: 'a.txt' };
  await mkdir(join(root, 'inbox'));
  await writeFile(join(root, 'inbox', 'a.txt'), 'one');
  const before = await currentRef(root, place);
  expect(before).toEqual({ ...place, versionId: sha256Of('one') });
  await writeFile(join(root, 'inbox', 'a.txt'), 'two');
  const objects = folderObjects(root);
  expect(before && (await objects.read(before, 10))).toBeNull();
  expect((await objects.read({ ...place, versionId: sha256Of('two') }, 10))?.ok).toBe(true);
  expect((await objects.read({ ...place, versionId: '' }, 10))?.ok).toBe(true);
  expect(await currentRef(root, { bucket: 'inbox', key: 'gone' })).toBeNull();
});

test('an original is never overwritten: the same bytes are accepted again, others are refused', async () => {
  const root = await folder();
  const place = { bucket: 'inbox', key: '部门/通知.txt' };
  const stored = await storeOriginal(root, place, bytes('one'));
  expect(stored).toEqual({ ok: true, value: { ...place, versionId: sha256Of('one') } });
  expect(await storeOriginal(root, place, bytes('one'))).toEqual(stored);
  expect(refusedKind(await storeOriginal(root, place, bytes('two')))).toBe('BAD_KEY');
  expect(await readFile(join(root, 'inbox', '部门', '通知.txt'), 'utf8')).toBe('one');
  expect(await readdir(join(root, '.incoming'))).toEqual([]);
});

test('of ten uploads to one key at once one is kept', async () => {
  const root = await folder();
  const uploads = Array.from({ length: 10 }, (_, n) =>
    storeOriginal(root, { bucket: 'inbox', key: 'a.txt' }, bytes(`upload ${n}`)),
  );
  const kept = (await Promise.all(uploads)).flatMap(({ ok }, n) => (ok ? [n] : []));
  expect(kept).toHaveLength(1);
  expect(await readFile(join(root, 'inbox', 'a.txt'), 'utf8')).toBe(`upload ${kept[0]}`);
});

test('a file name longer than the disk allows is refused', async () => {
  const place = { bucket: 'inbox', key: `${'长'.repeat(100)}.txt` };
  expect(refusedKind(await storeOriginal(await folder(), place, bytes('x')))).toBe('BAD_KEY');
});
