/** Prints what each request over documents consumes of DynamoDB at 100 and at 2,000 stored documents (`node tests/benchmarks/capacity.ts`). */
import { Buffer } from 'node:buffer';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { dynamoDocuments } from '../../shared/adapters/aws/dynamo-documents.ts';
import type { DocumentRecord } from '../../shared/domain/document.ts';
import {
  change,
  minute,
  next,
  sampleRecord,
  sha256Of,
  tag,
  withTitle,
} from '../contracts/sample-documents.ts';
import { dynamoClient, freshTable } from '../servers/clients.ts';
import { dynamoProblem, startDynamo } from '../servers/dynamodb-local.ts';

const SIZES = [100, 2_000];
const TASKS = 60;
const AT_A_TIME = 8;
const PAGE = { limit: 20, after: null };

const capacitySchema = z.union([
  z.array(z.object({ CapacityUnits: z.number() })),
  z.object({ CapacityUnits: z.number() }).transform((one) => [one]),
]);

/** Asks every request of the client for its capacity and adds it up. */
const meterOf = (client: DynamoDBClient): { take: () => { units: number; requests: number } } => {
  let units = 0;
  let requests = 0;
  client.middlewareStack.add(
    (send) => async (args) => {
      const answer = await send({
        ...args,
        input: { ...args.input, ReturnConsumedCapacity: 'TOTAL' },
      });
      const { output } = answer;
      const consumed = capacitySchema.safeParse(
        'ConsumedCapacity' in output ? output['ConsumedCapacity'] : null,
      );
      requests += 1;
      for (const each of consumed.data ?? []) units += each.CapacityUnits;
      return answer;
    },
    { step: 'initialize' },
  );
  const take = () => {
    const taken = { units, requests };
    units = 0;
    requests = 0;
    return taken;
  };
  return { take };
};

const code = (n: number): string => `dh2021:T${String((n % TASKS) + 1).padStart(2, '0')}`;

/** A document of an ordinary size: three tags with evidence, ten personal hits, twenty words. */
const documentOf = (n: number): { record: DocumentRecord; words: string[] } => {
  const quote = `第${n}号通知要求各社区按时公开有关情况`.repeat(3);
  const evidence = [0, 1, 2].map(() => ({ start: 0, end: quote.length, quote }));
  const record = sampleRecord({
    documentId: sha256Of(`document ${n}`).slice(0, 32),
    state: 'proposed',
    receivedAt: minute(n),
    sha256: sha256Of(`bytes ${n}`),
    tags: [
      tag(code(n), 'proposed', { evidence }),
      tag(code(n + 1), 'proposed', { evidence, rank: 1 }),
      tag('C07', 'proposed', { evidence }),
    ],
    personal: Array.from({ length: 10 }, (_, at) => ({
      start: at,
      end: at + 11,
      code: 'P_PHONE' as const,
      masked: '138****1234',
    })),
  });
  const words = ['公开', ...Array.from({ length: 19 }, (_, at) => `词${(n * 31 + at * 17) % 500}`)];
  return {
    record: withTitle(record, `关于第${n}号公开工作的通知`, `云溪办〔2026〕${n}号`),
    words: [...new Set(words)],
  };
};

type Documents = ReturnType<typeof dynamoDocuments>;

const fill = async (documents: Documents, from: number, to: number): Promise<void> => {
  for (let n = from; n < to; n += AT_A_TIME) {
    const some = Array.from({ length: Math.min(AT_A_TIME, to - n) }, (_, at) => documentOf(n + at));
    await Promise.all(
      some.map(({ record, words }) => documents.apply(change(null, record, { words, risk: 500 }))),
    );
  }
};

const decide = async (documents: Documents, n: number): Promise<void> => {
  const { record } = documentOf(n);
  const tags = record.tags.map((each) => ({ ...each, standing: 'accepted' as const }));
  const outcome = await documents.apply(change(record, next(record, { state: 'decided', tags })));
  if (outcome.kind !== 'applied') throw new Error('the decision came too late');
};

/** The requests that are measured; `fresh` is a document not stored yet. */
const requestsOf = (documents: Documents, fresh: number): [string, () => Promise<unknown>][] => {
  const { record, words } = documentOf(fresh);
  const old = documentOf(fresh - 1).record;
  return [
    ['apply: receive', () => documents.apply(change(null, record, { words }))],
    ['apply: decide', () => decide(documents, fresh - 1)],
    ['get', () => documents.get(old.documentId)],
    ['events', () => documents.events(old.documentId, PAGE)],
    ['byState, page of 20', () => documents.byState('proposed', PAGE)],
    ['byCode, page of 20', () => documents.byCode('category', 'C07', PAGE)],
    ['byWord, page of 20', () => documents.byWord('公开', PAGE)],
    ['bySha256', () => documents.bySha256(sha256Of(`bytes ${fresh - 1}`))],
    ['byKey', () => documents.byKey('inbox', old.source.key)],
    [`counts of ${TASKS} tasks`, () => documents.counts('dh2021')],
  ];
};

const measure = async (client: DynamoDBClient): Promise<Map<string, string[]>> => {
  const documents = dynamoDocuments(client, await freshTable(client));
  const meter = meterOf(client);
  const table = new Map<string, string[]>();
  let stored = 0;
  for (const size of SIZES) {
    await fill(documents, stored, size);
    for (const [name, request] of requestsOf(documents, size)) {
      meter.take();
      await request();
      const { units, requests } = meter.take();
      table.set(name, [...(table.get(name) ?? []), `${units.toFixed(1)} (${requests})`]);
    }
    stored = size + 1;
  }
  return table;
};

const print = (rows: ReadonlyMap<string, readonly string[]>): void => {
  const sample = documentOf(1);
  console.log(`record as JSON: ${Buffer.byteLength(JSON.stringify(sample.record))} bytes\n`);
  console.log(`| capacity units (requests) | ${SIZES.map((n) => `${n} documents`).join(' | ')} |`);
  console.log(`|---|${SIZES.map(() => '---:').join('|')}|`);
  for (const [name, cells] of rows) console.log(`| ${name} | ${cells.join(' | ')} |`);
};

const problem = dynamoProblem();
if (problem !== null) throw new Error(problem);
const server = await startDynamo();
try {
  print(await measure(dynamoClient(server.endpoint)));
} finally {
  await server.stop();
}
