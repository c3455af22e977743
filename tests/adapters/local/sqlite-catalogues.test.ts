import { sqliteCatalogues } from '../../../shared/adapters/local/sqlite-catalogues.ts';
import { cataloguesContract } from '../../contracts/catalogues-contract.ts';
import { scratchDatabases } from './scratch-database.ts';

const database = scratchDatabases();

cataloguesContract('SQLite', async () => sqliteCatalogues(await database()));
