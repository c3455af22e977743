import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { dynamoDocuments } from '../../../shared/adapters/aws/dynamo-documents.ts';
import { dynamoReviews } from '../../../shared/adapters/aws/dynamo-reviews.ts';
import { reviewsContract, sampleReview } from '../../contracts/reviews-contract.ts';
import { change, next, sampleRecord, tag } from '../../contracts/sample-documents.ts';
import { dynamoEndpoint } from '../../servers/available.ts';
import { dynamoClient, freshTable } from '../../servers/clients.ts';
import { commandsOf, keysIn } from './watch-table.ts';

const endpoint = await dynamoEndpoint();
const ALL = { limit: 50, after: null };

describe.skipIf(endpoint === null)('over DynamoDB Local', () => {
  const client = dynamoClient(endpoint ?? '');
  const storesOf = (table: string, by = client) => ({
    documents: dynamoDocuments(by, table),
    reviews: dynamoReviews(by, table),
  });
  reviewsContract('DynamoDB', async () => storesOf(await freshTable(client)));

  test('a review lies under its catalogue by time, in the one transaction of the decision, and no request scans', async () => {
    const table = await freshTable(client);
    const own = dynamoClient(endpoint ?? '');
    const { documents, reviews } = storesOf(table, own);
    const first = sampleRecord({ state: 'proposed' });
    await documents.apply(change(null, first));
    const commands = commandsOf(own);
    const record = next(first, { state: 'decided' });
    await documents.apply(change(first, record, { review: sampleReview(record) }));
    expect(commands).toEqual(['BatchGetItemCommand', 'TransactWriteItemsCommand']);
    commands.length = 0;
    await reviews.reviews('yx2026', ALL);
    await reviews.reviewCount('yx2026');
    await reviews.trainedCount('yx2026');
    await reviews.markTrained('yx2026', 1);
    expect(commands).toEqual([
      'QueryCommand',
      'BatchGetItemCommand',
      'BatchGetItemCommand',
      'TransactWriteItemsCommand',
    ]);
    const keys = await keysIn(client, table);
    expect(keys.filter((key) => /REVIEW|LEARNING/u.test(key))).toEqual([
      'LEARNING#yx2026 / LEARNING',
      'REVIEWS#yx2026 / 2026-03-01T00:02:00.000Z#doc-1#00000002',
    ]);
  });

  test('the largest decision, all words and tags turned over, still fits', async () => {
    const { documents, reviews } = storesOf(await freshTable(client));
    const words = (from: string) => Array.from({ length: 40 }, (_, n) => `${from}${n}`);
    const tags = (from: number) => Array.from({ length: 20 }, (_, n) => tag(`dh2021:T${from + n}`));
    const first = sampleRecord({ state: 'proposed', tags: tags(10) });
    await documents.apply(change(null, first, { words: words('old') }));
    const record = next(first, { state: 'decided', tags: tags(50) });
    const review = sampleReview(record);
    const asked = change(first, record, { words: words('new'), review });
    expect(await documents.apply(asked)).toEqual({ kind: 'applied' });
    expect((await reviews.reviews('yx2026', ALL)).rows).toEqual([review]);
    expect((await documents.byWord('new39', ALL)).rows).toHaveLength(1);
  });

  test('parts of a long review that came too late are taken away again', async () => {
    const table = await freshTable(client);
    const { documents } = storesOf(table);
    const first = sampleRecord({ state: 'proposed' });
    await documents.apply(change(null, first));
    const record = next(first, { state: 'decided' });
    const code = `yx2026:${randomBytes(600_000).toString('base64')}`;
    const review = sampleReview(record, { final: [{ scheme: 'task', code }] });
    const outcomes = await Promise.all(
      [1, 2, 3].map(() => documents.apply(change(first, record, { review }))),
    );
    expect(outcomes.filter(({ kind }) => kind === 'applied')).toHaveLength(1);
    const parts = (await keysIn(client, table)).filter((key) => key.includes('/ PART#'));
    expect(parts).toHaveLength(3);
  });
});
