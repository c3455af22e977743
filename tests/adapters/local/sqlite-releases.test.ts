import { expect, test } from 'vitest';
import { sqliteCatalogues } from '../../../shared/adapters/local/sqlite-catalogues.ts';
import { sqliteReleases } from '../../../shared/adapters/local/sqlite-releases.ts';
import { releasesContract } from '../../contracts/releases-contract.ts';
import { sampleCatalogue } from '../../contracts/sample-catalogue.ts';
import { sampleStanding } from '../../contracts/sample-releases.ts';
import { scratchDatabases } from './scratch-database.ts';

const database = scratchDatabases();

releasesContract('SQLite', async () => {
  const opened = await database();
  return { catalogues: sqliteCatalogues(opened), releases: sqliteReleases(opened) };
});

test('a move can be neither changed nor deleted, not even by hand', async () => {
  const opened = await database();
  await sqliteCatalogues(opened).save(sampleCatalogue());
  await sqliteReleases(opened).move(sampleStanding(1), []);
  expect(() => opened.exec("UPDATE moves SET standing = '{}'")).toThrow(/never changed/u);
  expect(() => opened.exec('DELETE FROM moves')).toThrow(/never deleted/u);
});
