import { randomBytes } from 'node:crypto';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, test } from 'vitest';
import { dynamoCatalogues } from '../../../shared/adapters/aws/dynamo-catalogues.ts';
import { dynamoReleases } from '../../../shared/adapters/aws/dynamo-releases.ts';
import { releasesContract } from '../../contracts/releases-contract.ts';
import { sampleCatalogue } from '../../contracts/sample-catalogue.ts';
import { minute } from '../../contracts/sample-documents.ts';
import { sampleCandidate, sampleReport, sampleStanding } from '../../contracts/sample-releases.ts';
import { dynamoEndpoint } from '../../servers/available.ts';
import { dynamoClient, freshTable } from '../../servers/clients.ts';
import { commandsOf, keysIn } from './watch-table.ts';

const endpoint = await dynamoEndpoint();
const ALL = { limit: 50, after: null };
const SHIPPED = 'shipped-1';

describe.skipIf(endpoint === null)('over DynamoDB Local', () => {
  const client = dynamoClient(endpoint ?? '');
  const storesOf = (table: string, by = client) => ({
    catalogues: dynamoCatalogues(by, table),
    releases: dynamoReleases(by, table, SHIPPED),
  });
  releasesContract('DynamoDB', async () => storesOf(await freshTable(client)));

  test('releases lie under keys of their own, and no request scans', async () => {
    const table = await freshTable(client);
    const own = dynamoClient(endpoint ?? '');
    const { catalogues, releases } = storesOf(table, own);
    await catalogues.save(sampleCatalogue());
    const commands = commandsOf(own);
    const candidate = sampleCandidate('m1');
    const { releaseId } = candidate;
    await releases.keepCandidate(candidate);
    await releases.keepCandidate({ ...candidate, report: sampleReport(releaseId) });
    await releases.move(sampleStanding(1), [{ releaseId, state: 'shadow' }]);
    await releases.noteShadow(releaseId, {
      documentId: 'doc-1',
      at: minute(1),
      active: [],
      shadow: [],
    });
    await releases.standing();
    await releases.moves(ALL);
    await releases.candidate(releaseId);
    await releases.candidates('yx2026', ALL);
    await releases.shadowNotes(releaseId, ALL);
    expect(new Set(commands)).toEqual(
      new Set(['BatchGetItemCommand', 'QueryCommand', 'TransactWriteItemsCommand']),
    );
    const keys = await keysIn(client, table);
    expect(keys.filter((key) => !key.startsWith('CATALOGUE'))).toEqual([
      'CANDIDATE#yx2026.1.m1 / CANDIDATE',
      'CANDIDATE#yx2026.1.m1 / SHADOW#doc-1',
      'CANDIDATES#yx2026 / 2026-03-01T00:00:00.000Z#yx2026.1.m1',
      'RELEASE / MOVE#00000001',
      'RELEASE / STANDING',
    ]);
  });

  test('parts of a report too large for one row go when another takes its place', async () => {
    const table = await freshTable(client);
    const { releases } = storesOf(table);
    const { releaseId } = sampleCandidate('m1');
    const keep = (bytes: number) =>
      releases.keepCandidate({
        ...sampleCandidate('m1'),
        report: sampleReport(releaseId, { zh: randomBytes(bytes).toString('base64') }),
      });
    const parts = async () =>
      (await keysIn(client, table)).filter((key) => key.includes('/ PART#')).length;
    await keep(1_000_000);
    expect(await parts()).toBe(4);
    await keep(700_000);
    expect(await parts()).toBe(3);
    await keep(10);
    expect(await parts()).toBe(0);
  });

  test('a catalogue that earlier software had activated is in force as the first move, once', async () => {
    const table = await freshTable(client);
    const { catalogues, releases } = storesOf(table);
    for (const version of [1, 2]) await catalogues.save(sampleCatalogue({ version }));
    const place = { pk: 'ACTIVE_CATALOGUE', sk: 'ACTIVE_CATALOGUE' };
    const Item = marshall({ ...place, catalogueId: 'yx2026', version: 2 });
    await client.send(new PutItemCommand({ TableName: table, Item }));
    const seen = await Promise.all([1, 2, 3].map(() => releases.standing()));
    expect(seen[0]).toMatchObject({
      revision: 1,
      active: { catalogueId: 'yx2026', version: 2, model: SHIPPED },
      move: 'activate',
    });
    for (const each of seen) expect(each).toEqual(seen[0]);
    expect((await releases.moves(ALL)).rows).toEqual([seen[0]]);
    const second = sampleStanding(2);
    expect((await releases.move(second, [])).ok).toBe(true);
    expect(await releases.standing()).toEqual(second);
  });
});
