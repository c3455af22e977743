import { describe } from 'vitest';
import { dynamoCatalogues } from '../../../shared/adapters/aws/dynamo-catalogues.ts';
import { cataloguesContract } from '../../contracts/catalogues-contract.ts';
import { dynamoEndpoint } from '../../servers/available.ts';
import { dynamoClient, freshTable } from '../../servers/clients.ts';

const endpoint = await dynamoEndpoint();

describe.skipIf(endpoint === null)('over DynamoDB Local', () => {
  const client = dynamoClient(endpoint ?? '');
  cataloguesContract('DynamoDB', async () => dynamoCatalogues(client, await freshTable(client)));
});
