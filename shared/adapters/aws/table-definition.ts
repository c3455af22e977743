/** The one table as DynamoDB is asked to create it, on demand: for tests and for a table made by hand. */
import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import { TABLE_SHAPE } from '../../domain/table-shape.ts';

type Keyed = { readonly partitionKey: string; readonly sortKey: string };

const keySchema = ({ partitionKey, sortKey }: Keyed): CreateTableCommandInput['KeySchema'] => [
  { AttributeName: partitionKey, KeyType: 'HASH' },
  { AttributeName: sortKey, KeyType: 'RANGE' },
];

const keyed: readonly Keyed[] = [TABLE_SHAPE, ...TABLE_SHAPE.indexes];

export const tableDefinition = (tableName: string): CreateTableCommandInput => ({
  TableName: tableName,
  BillingMode: 'PAY_PER_REQUEST',
  KeySchema: keySchema(TABLE_SHAPE),
  AttributeDefinitions: keyed
    .flatMap(({ partitionKey, sortKey }) => [partitionKey, sortKey])
    .map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
  GlobalSecondaryIndexes: TABLE_SHAPE.indexes.map((index) => ({
    IndexName: index.name,
    KeySchema: keySchema(index),
    Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: [...index.nonKeyAttributes] },
  })),
});
