import { describe } from 'vitest';
import { dynamoCatalogues } from '../../../shared/adapters/aws/dynamo-catalogues.ts';
import { dynamoReleases } from '../../../shared/adapters/aws/dynamo-releases.ts';
import { releasesContract } from '../../contracts/releases-contract.ts';
import { dynamoEndpoint } from '../../servers/available.ts';
import { dynamoClient, freshTable } from '../../servers/clients.ts';

const endpoint = await dynamoEndpoint();

describe.skipIf(endpoint === null)('over DynamoDB Local', () => {
  const client = dynamoClient(endpoint ?? '');
  releasesContract('DynamoDB', async () => {
    const table = await freshTable(client);
    return { catalogues: dynamoCatalogues(client, table), releases: dynamoReleases(client, table) };
  });
});
