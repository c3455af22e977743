import { sqliteDocuments } from '../../../shared/adapters/local/sqlite-documents.ts';
import { documentsContract } from '../../contracts/documents-contract.ts';
import { scratchDatabases } from './scratch-database.ts';

const database = scratchDatabases();

documentsContract('SQLite', async () => sqliteDocuments(await database()));
