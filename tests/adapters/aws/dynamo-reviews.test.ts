import { describe } from 'vitest';
import { dynamoDocuments } from '../../../shared/adapters/aws/dynamo-documents.ts';
import { dynamoReviews } from '../../../shared/adapters/aws/dynamo-reviews.ts';
import { reviewsContract } from '../../contracts/reviews-contract.ts';
import { dynamoEndpoint } from '../../servers/available.ts';
import { dynamoClient, freshTable } from '../../servers/clients.ts';

const endpoint = await dynamoEndpoint();

describe.skipIf(endpoint === null)('over DynamoDB Local', () => {
  const client = dynamoClient(endpoint ?? '');
  reviewsContract('DynamoDB', async () => {
    const table = await freshTable(client);
    return { documents: dynamoDocuments(client, table), reviews: dynamoReviews(client, table) };
  });
});
