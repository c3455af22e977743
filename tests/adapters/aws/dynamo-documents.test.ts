import { describe } from 'vitest';
import { dynamoDocuments } from '../../../shared/adapters/aws/dynamo-documents.ts';
import { documentsContract } from '../../contracts/documents-contract.ts';
import { dynamoEndpoint } from '../../servers/available.ts';
import { dynamoClient, freshTable } from '../../servers/clients.ts';

const endpoint = await dynamoEndpoint();

describe.skipIf(endpoint === null)('over DynamoDB Local', () => {
  const client = dynamoClient(endpoint ?? '');
  documentsContract('DynamoDB', async () => dynamoDocuments(client, await freshTable(client)));
});
