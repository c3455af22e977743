import { openDatabase } from '../../../shared/adapters/local/open-database.ts';
import { sqliteCatalogues } from '../../../shared/adapters/local/sqlite-catalogues.ts';
import { cataloguesContract } from '../../contracts/catalogues-contract.ts';
import { scratchFolders } from './scratch-folder.ts';

const folder = scratchFolders();

cataloguesContract('SQLite', async () => sqliteCatalogues(openDatabase(await folder())));
