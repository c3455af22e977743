import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { dynamoDocuments } from '../../../shared/adapters/aws/dynamo-documents.ts';
import { documentsContract } from '../../contracts/documents-contract.ts';
import { change, next, sampleRecord, sha256Of, tag } from '../../contracts/sample-documents.ts';
import { dynamoEndpoint } from '../../servers/available.ts';
import { dynamoClient, freshTable } from '../../servers/clients.ts';
import { commandsOf, keysIn } from './watch-table.ts';

const endpoint = await dynamoEndpoint();
const ALL = { limit: 50, after: null };

describe.skipIf(endpoint === null)('over DynamoDB Local', () => {
  const client = dynamoClient(endpoint ?? '');
  documentsContract('DynamoDB', async () => dynamoDocuments(client, await freshTable(client)));

  test('a document lies under the keys of the design', async () => {
    const table = await freshTable(client);
    const documents = dynamoDocuments(client, table);
    const tags = [tag('dh2021:T06'), tag('dh2021:T07', 'rejected'), tag('C07', 'accepted')];
    const source = { bucket: 'inbox', key: '部门/a.docx', versionId: '' };
    const record = sampleRecord({ state: 'proposed', tags, source });
    await documents.apply(change(null, record, { words: ['宣传'] }));
    expect(await keysIn(client, table)).toEqual([
      'DOC#doc-1 / DOC',
      'DOC#doc-1 / EVENT#00000001',
      'DOC#doc-1 / TAG#category#C07',
      'DOC#doc-1 / TAG#task#dh2021:T06',
      'KEY#inbox/部门/a.docx / 2026-03-01T00:00:00.000Z#doc-1',
      'LEDGER#dh2021 / TASK#dh2021:T06',
      'LEDGER#dh2021 / TASK#dh2021:T07',
      `SHA#${sha256Of('doc-1')} / doc-1`,
      'WORD#宣传 / 2026-03-01T00:00:00.000Z#doc-1',
    ]);
  });

  test('parts of a record too large for one row go when a smaller one takes its place or a change is late', async () => {
    const table = await freshTable(client);
    const documents = dynamoDocuments(client, table);
    const noise = (bytes: number) => {
      const quote = randomBytes(bytes).toString('base64');
      return [
        tag('dh2021:T06', 'proposed', { evidence: [{ start: 0, end: quote.length, quote }] }),
      ];
    };
    const parts = async () =>
      (await keysIn(client, table)).filter((key) => key.includes('/ PART#')).length;
    const first = sampleRecord({ tags: noise(1_000_000) });
    await documents.apply(change(null, first));
    expect(await parts()).toBeGreaterThanOrEqual(3);
    const second = next(first, { tags: noise(100) });
    const rivals = [second, next(first, { tags: noise(1_000_000) })].map((record) =>
      documents.apply(change(first, record)),
    );
    const kinds = (await Promise.all(rivals)).map(({ kind }) => kind);
    expect([...kinds].sort()).toEqual(['applied', 'stale']);
    const stored = await documents.get('doc-1');
    if (stored === null) throw new Error('the document is gone');
    expect(await parts()).toBe(kinds[0] === 'applied' ? 0 : 4);
    await documents.apply(change(stored, next(stored, { tags: [] })));
    expect(await parts()).toBe(0);
  });

  test('words turned over in more than one transaction leave no row behind', async () => {
    const table = await freshTable(client);
    const documents = dynamoDocuments(client, table);
    const words = (from: string) => Array.from({ length: 40 }, (_, n) => `${from}${n}`);
    const codes = (from: number) =>
      Array.from({ length: 20 }, (_, n) => tag(`dh2021:T${from + n}`));
    const first = sampleRecord({ state: 'proposed', tags: codes(10) });
    await documents.apply(change(null, first, { words: words('old') }));
    const second = next(first, { tags: codes(50) });
    await documents.apply(change(first, second, { words: words('new') }));
    const found = (await keysIn(client, table)).filter((key) => key.startsWith('WORD#'));
    expect(found).toHaveLength(40);
    expect(found.every((key) => key.startsWith('WORD#new'))).toBe(true);
  });

  test('a superseded document leaves no word and no tag behind', async () => {
    const table = await freshTable(client);
    const documents = dynamoDocuments(client, table);
    const first = sampleRecord({ state: 'proposed', tags: [tag('dh2021:T06')] });
    await documents.apply(change(null, first, { words: ['宣传'] }));
    await documents.apply(change(first, next(first, { state: 'superseded' })));
    const keys = await keysIn(client, table);
    expect(keys.filter((key) => /^WORD#|\/ TAG#/u.test(key))).toEqual([]);
    expect(keys).toContain('DOC#doc-1 / DOC');
  });

  test('no request scans, and a change is one read and one transaction', async () => {
    const own = dynamoClient(endpoint ?? '');
    const documents = dynamoDocuments(own, await freshTable(own));
    const commands = commandsOf(own);
    const record = sampleRecord({ state: 'proposed', tags: [tag('dh2021:T06')] });
    await documents.apply(change(null, record, { words: ['宣传'] }));
    expect(commands).toEqual(['BatchGetItemCommand', 'TransactWriteItemsCommand']);
    commands.length = 0;
    await documents.get('doc-1');
    await documents.byState('proposed', ALL);
    await documents.byCode('task', 'dh2021:T06', ALL);
    await documents.byWord('宣传', ALL);
    await documents.bySha256(sha256Of('doc-1'));
    await documents.byKey('inbox', 'doc-1.docx');
    await documents.events('doc-1', ALL);
    await documents.counts('dh2021');
    expect(new Set(commands)).toEqual(new Set(['BatchGetItemCommand', 'QueryCommand']));
    expect(commands).toHaveLength(10);
  });

  test('a table that is not there is a fault without any type of the SDK', async () => {
    const documents = dynamoDocuments(client, 'no-such-table');
    const thrown = await documents.get('doc-1').catch((error: unknown) => error);
    expect(thrown).toMatchObject({
      name: 'Error',
      message: 'DynamoDB BatchGetItem failed: ResourceNotFoundException',
      cause: { name: 'ResourceNotFoundException' },
    });
  });
});
