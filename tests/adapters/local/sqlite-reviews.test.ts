import { sqliteDocuments } from '../../../shared/adapters/local/sqlite-documents.ts';
import { sqliteReviews } from '../../../shared/adapters/local/sqlite-reviews.ts';
import { reviewsContract } from '../../contracts/reviews-contract.ts';
import { scratchDatabases } from './scratch-database.ts';

const database = scratchDatabases();

reviewsContract('SQLite', async () => {
  const opened = await database();
  return { documents: sqliteDocuments(opened), reviews: sqliteReviews(opened) };
});
