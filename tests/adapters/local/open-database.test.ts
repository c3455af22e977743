import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { MIGRATIONS } from '../../../shared/adapters/local/migrations.ts';
import { openDatabase } from '../../../shared/adapters/local/open-database.ts';
import { sqliteDocuments } from '../../../shared/adapters/local/sqlite-documents.ts';
import { sqliteReleases } from '../../../shared/adapters/local/sqlite-releases.ts';
import { sampleReview } from '../../contracts/reviews-contract.ts';
import { change, sampleRecord } from '../../contracts/sample-documents.ts';
import { SHIPPED_MODEL } from './scratch-database.ts';
import { scratchFolders } from './scratch-folder.ts';

const folder = scratchFolders();
const ADAPTERS = join(import.meta.dirname, '../../../shared/adapters/local');
const SAMPLES = join(import.meta.dirname, '../../contracts/sample-documents.ts');

test('a database opened again holds what was written, on disk before the answer', async () => {
  const home = await folder();
  const first = openDatabase(join(home, 'new', 'deep'), SHIPPED_MODEL);
  await sqliteDocuments(first).apply(change(null, sampleRecord()));
  expect(first.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
  expect(first.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 2 });
  first.close();
  const again = openDatabase(join(home, 'new', 'deep'), SHIPPED_MODEL);
  expect(await sqliteDocuments(again).get('doc-1')).toEqual(sampleRecord());
});

test('what a killed process was told is stored is still stored', async () => {
  const home = await folder();
  const script = `
    import { openDatabase } from '${ADAPTERS}/open-database.ts';
    import { sqliteDocuments } from '${ADAPTERS}/sqlite-documents.ts';
    import { change, sampleRecord } from '${SAMPLES}';
    const documents = sqliteDocuments(openDatabase('${home}', 'shipped-1'));
    for (let n = 0; ; n += 1) {
      await documents.apply(change(null, sampleRecord({ documentId: 'doc-' + n })));
      process.stdout.write(n + '\\n');
    }`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script]);
  let last = -1;
  child.stdout.on('data', (lines: Buffer) => {
    last = Math.max(last, ...lines.toString().trim().split('\n').map(Number));
    if (last >= 20) child.kill('SIGKILL');
  });
  await once(child, 'exit');
  expect(last).toBeGreaterThanOrEqual(20);
  const documents = sqliteDocuments(openDatabase(home, SHIPPED_MODEL));
  for (let n = 0; n <= last; n += 1) {
    expect((await documents.get(`doc-${n}`))?.revision).toBe(1);
    expect((await documents.events(`doc-${n}`, { limit: 5, after: null })).rows).toHaveLength(1);
  }
});

test('processes that write to one document at once lose no change', async () => {
  const home = await folder();
  await sqliteDocuments(openDatabase(home, SHIPPED_MODEL)).apply(change(null, sampleRecord()));
  const script = `
    import { openDatabase } from '${ADAPTERS}/open-database.ts';
    import { sqliteDocuments } from '${ADAPTERS}/sqlite-documents.ts';
    import { change, next } from '${SAMPLES}';
    const documents = sqliteDocuments(openDatabase('${home}', 'shipped-1'));
    for (let applied = 0; applied < 40; ) {
      const record = await documents.get('doc-1');
      const outcome = await documents.apply(change(record, next(record, {})));
      if (outcome.kind === 'applied') applied += 1;
    }`;
  const children = [1, 2, 3].map(() =>
    spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'inherit' }),
  );
  const ends = await Promise.all(children.map((child) => once(child, 'exit')));
  expect(ends.map(([code]) => code)).toEqual([0, 0, 0]);
  const documents = sqliteDocuments(openDatabase(home, SHIPPED_MODEL));
  expect((await documents.get('doc-1'))?.revision).toBe(121);
  const { rows } = await documents.events('doc-1', { limit: 200, after: null });
  expect(rows).toHaveLength(121);
});

test('an event can be neither changed nor deleted, not even by hand', async () => {
  const database = openDatabase(await folder(), SHIPPED_MODEL);
  await sqliteDocuments(database).apply(change(null, sampleRecord()));
  expect(() => database.exec("UPDATE events SET event = '{}'")).toThrow(/never changed/u);
  expect(() => database.exec('DELETE FROM events')).toThrow(/never deleted/u);
});

/** A database as the first version of the tables was left. */
const oldDatabase = async (active: boolean): Promise<string> => {
  const home = await folder();
  const old = new DatabaseSync(join(home, 'gongkai.sqlite'));
  const [first] = MIGRATIONS;
  first?.(old, '');
  old.exec(`INSERT INTO catalogues VALUES ('yx2026', 3, '任务表', '{}')`);
  if (active) old.exec(`INSERT INTO active_catalogue VALUES (1, 'yx2026', 3)`);
  old.exec('PRAGMA user_version = 1');
  old.close();
  return home;
};

test('a catalogue that older software had activated stays in force, with the model that ships', async () => {
  const home = await oldDatabase(true);
  const releases = sqliteReleases(openDatabase(home, SHIPPED_MODEL));
  const standing = await releases.standing();
  expect(standing).toMatchObject({
    revision: 1,
    active: { catalogueId: 'yx2026', version: 3, model: SHIPPED_MODEL },
    shadow: null,
    move: 'activate',
  });
  expect((await releases.moves({ limit: 5, after: null })).rows).toEqual([standing]);
  const again = sqliteReleases(openDatabase(home, 'shipped-2'));
  expect(await again.standing()).toEqual(standing);
});

test('where older software had activated nothing, nothing stands', async () => {
  const home = await oldDatabase(false);
  expect(await sqliteReleases(openDatabase(home, SHIPPED_MODEL)).standing()).toBeNull();
});

test('a review can be neither changed nor deleted, not even by hand', async () => {
  const database = openDatabase(await folder(), SHIPPED_MODEL);
  const record = sampleRecord();
  await sqliteDocuments(database).apply(change(null, record, { review: sampleReview(record) }));
  expect(() => database.exec("UPDATE reviews SET review = '{}'")).toThrow(/never changed/u);
  expect(() => database.exec('DELETE FROM reviews')).toThrow(/never deleted/u);
});

test('tables of newer software are left alone', async () => {
  const home = await folder();
  const database = openDatabase(home, SHIPPED_MODEL);
  database.exec('PRAGMA user_version = 99');
  database.close();
  expect(() => openDatabase(home, SHIPPED_MODEL)).toThrow(/newer software/u);
});
