import { openDatabase } from '../../../shared/adapters/local/open-database.ts';
import { sqliteDocuments } from '../../../shared/adapters/local/sqlite-documents.ts';
import { documentsContract } from '../../contracts/documents-contract.ts';
import { scratchFolders } from './scratch-folder.ts';

const folder = scratchFolders();

documentsContract('SQLite', async () => sqliteDocuments(openDatabase(await folder())));
