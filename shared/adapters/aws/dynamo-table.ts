/** The few things gongkai asks of its DynamoDB table, in plain rows: get, query and write in one transaction. */
import {
  BatchGetItemCommand,
  type DynamoDBClient,
  QueryCommand,
  type QueryCommandInput,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { patiently } from './dynamo-patience.ts';

/** DynamoDB takes no more in one transaction, and no more in one BatchGetItem. */
export const MOST_WRITES = 100;
const MOST_GETS = 100;

export interface Key {
  readonly pk: string;
  readonly sk: string;
}
export type Row = Readonly<Record<string, unknown>>;

/** A DynamoDB condition with the values it names. */
export interface Condition {
  readonly holds: string;
  readonly values?: Row;
}

export type Write =
  | { readonly kind: 'put'; readonly row: Row & Key; readonly condition?: Condition }
  | { readonly kind: 'delete'; readonly key: Key; readonly condition?: Condition }
  | { readonly kind: 'check'; readonly key: Key; readonly condition: Condition }
  /** Gives attributes of a row new values and leaves its others; makes the row where no condition says otherwise. */
  | {
      readonly kind: 'set';
      readonly key: Key;
      readonly values: Row;
      readonly condition?: Condition;
    }
  /** Adds the amounts to counters, which start at 0. */
  | { readonly kind: 'add'; readonly key: Key; readonly amounts: Readonly<Record<string, number>> };

/** `where` selects on keys; strongly consistent but through an index. `after` is the key of the last row seen. */
interface Selection {
  readonly index?: string;
  readonly where: string;
  readonly values: Row;
  readonly filter?: { readonly holds: string; readonly names: Readonly<Record<string, string>> };
  readonly backwards?: boolean;
  readonly after?: Row | null;
}

export interface Table {
  /** At most `atMost` rows in the order of their sort key. */
  query(selection: Selection, atMost?: number): Promise<readonly Row[]>;
  /** The rows that are there, in any order. */
  gets(keys: readonly Key[], attributes?: readonly string[]): Promise<readonly Row[]>;
  /** All or none; 'unmet' where a condition did not hold. Throws on more than 100. */
  write(writes: readonly Write[]): Promise<'written' | 'unmet'>;
}

interface Place {
  readonly client: DynamoDBClient;
  readonly tableName: string;
}

const rowSchema = z.record(z.string(), z.unknown());

const conditioned = (condition: Condition | undefined) =>
  condition === undefined
    ? {}
    : {
        ConditionExpression: condition.holds,
        ...(condition.values && { ExpressionAttributeValues: marshall(condition.values) }),
      };

const additions = (amounts: Readonly<Record<string, number>>) => {
  const names = Object.keys(amounts);
  return {
    UpdateExpression: `ADD ${names.map((_, at) => `#n${at} :n${at}`).join(', ')}`,
    ExpressionAttributeNames: Object.fromEntries(names.map((name, at) => [`#n${at}`, name])),
    ExpressionAttributeValues: marshall(
      Object.fromEntries(names.map((name, at) => [`:n${at}`, amounts[name]])),
    ),
  };
};

const settings = (values: Row, condition: Condition | undefined) => {
  const names = Object.keys(values);
  const given = Object.fromEntries(names.map((name, at) => [`:s${at}`, values[name]]));
  return {
    UpdateExpression: `SET ${names.map((_, at) => `#s${at} = :s${at}`).join(', ')}`,
    ExpressionAttributeNames: Object.fromEntries(names.map((name, at) => [`#s${at}`, name])),
    ...conditioned(condition),
    ExpressionAttributeValues: marshall({ ...given, ...condition?.values }),
  };
};

const transactItem = (TableName: string, write: Write): TransactWriteItem => {
  switch (write.kind) {
    case 'put':
      return { Put: { TableName, Item: marshall(write.row), ...conditioned(write.condition) } };
    case 'delete':
      return { Delete: { TableName, Key: marshall(write.key), ...conditioned(write.condition) } };
    case 'check':
      return {
        ConditionCheck: {
          TableName,
          Key: marshall(write.key),
          ConditionExpression: write.condition.holds,
          ...conditioned(write.condition),
        },
      };
    case 'set': {
      const { key, values, condition } = write;
      return { Update: { TableName, Key: marshall(key), ...settings(values, condition) } };
    }
    case 'add':
      return { Update: { TableName, Key: marshall(write.key), ...additions(write.amounts) } };
  }
};

const surely = async <T>(operation: string, call: () => Promise<T>): Promise<T> => {
  const answer = await patiently(operation, call);
  if (answer === 'unmet') throw new Error(`DynamoDB ${operation} failed a condition nobody set`);
  return answer;
};

const queryInput = (tableName: string, selection: Selection): QueryCommandInput => ({
  TableName: tableName,
  KeyConditionExpression: selection.where,
  ExpressionAttributeValues: marshall(selection.values),
  ScanIndexForward: selection.backwards !== true,
  ...(selection.index === undefined ? { ConsistentRead: true } : { IndexName: selection.index }),
  ...(selection.filter && {
    FilterExpression: selection.filter.holds,
    ExpressionAttributeNames: { ...selection.filter.names },
  }),
});

const query = async (
  { client, tableName }: Place,
  selection: Selection,
  atMost: number,
): Promise<readonly Row[]> => {
  const rows: Row[] = [];
  const input = queryInput(tableName, selection);
  let from = selection.after ? marshall(selection.after) : undefined;
  do {
    const Limit = Math.min(1000, atMost - rows.length);
    const command = new QueryCommand({ ...input, Limit, ExclusiveStartKey: from });
    const answer = await surely('Query', () => client.send(command));
    for (const found of answer.Items ?? []) rows.push(rowSchema.parse(unmarshall(found)));
    from = answer.LastEvaluatedKey;
  } while (from !== undefined && rows.length < atMost);
  return rows;
};

/** `names` stand for the attributes, some of which are reserved words. */
const projected = (attributes: readonly string[] | undefined) =>
  attributes === undefined
    ? {}
    : {
        ProjectionExpression: attributes.map((_, at) => `#a${at}`).join(', '),
        ExpressionAttributeNames: Object.fromEntries(
          attributes.map((name, at) => [`#a${at}`, name]),
        ),
      };

const gets = async (
  { client, tableName }: Place,
  keys: readonly Key[],
  attributes?: readonly string[],
): Promise<readonly Row[]> => {
  const rows: Row[] = [];
  let due = keys.map((key) => marshall(key));
  for (let rounds = 0; due.length > 0; rounds += 1) {
    if (rounds > keys.length + 20) throw new Error('DynamoDB keeps leaving keys unread');
    const asked = {
      Keys: due.slice(0, MOST_GETS),
      ConsistentRead: true,
      ...projected(attributes),
    };
    const command = new BatchGetItemCommand({ RequestItems: { [tableName]: asked } });
    const answer = await surely('BatchGetItem', () => client.send(command));
    for (const found of answer.Responses?.[tableName] ?? [])
      rows.push(rowSchema.parse(unmarshall(found)));
    due = [...(answer.UnprocessedKeys?.[tableName]?.Keys ?? []), ...due.slice(MOST_GETS)];
  }
  return rows;
};

const write = async (
  { client, tableName }: Place,
  writes: readonly Write[],
): Promise<'written' | 'unmet'> => {
  if (writes.length > MOST_WRITES)
    throw new RangeError(`${writes.length} writes do not fit into one transaction`);
  const command = new TransactWriteItemsCommand({
    TransactItems: writes.map((each) => transactItem(tableName, each)),
  });
  const answer = await patiently('TransactWriteItems', () => client.send(command));
  return answer === 'unmet' ? 'unmet' : 'written';
};

export const dynamoTable = (client: DynamoDBClient, tableName: string): Table => {
  const place = { client, tableName };
  return {
    query: (selection, atMost = Number.MAX_SAFE_INTEGER) => query(place, selection, atMost),
    gets: (keys, attributes) => gets(place, keys, attributes),
    write: (writes) => write(place, writes),
  };
};
