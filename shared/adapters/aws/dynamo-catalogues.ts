/** Catalogues in DynamoDB. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { type Catalogue, catalogueSchema } from '../../domain/catalogue.ts';
import { type Refusal, refusal } from '../../domain/refusal.ts';
import { accept, type Result, refuse } from '../../domain/result.ts';
import type { CatalogueStore } from '../../ports.ts';
import { catalogueKey, paddedVersion } from './catalogue-key.ts';
import { dynamoTable, type Table } from './dynamo-table.ts';
import { pack, packedSchema, unpack, writeParts } from './packed-json.ts';

/** The list of all versions lies in a partition of its own, so that it needs no scan. */
const LIST = 'CATALOGUES';

const listedSchema = z.object({ catalogueId: z.string(), version: z.int(), title: z.string() });

const stored = async (
  table: Table,
  catalogueId: string,
  version: number,
): Promise<Catalogue | null> => {
  const key = catalogueKey(catalogueId, version);
  const [row] = await table.gets([key]);
  if (row === undefined) return null;
  return catalogueSchema.parse(await unpack(table, key.pk, packedSchema.parse(row)));
};

const sameOrStale = (before: Catalogue, catalogue: Catalogue): Result<null, Refusal> =>
  JSON.stringify(before) === JSON.stringify(catalogue)
    ? accept(null)
    : refuse(refusal('STALE_REVISION', `${catalogue.catalogueId} v${catalogue.version}`));

const save = async (table: Table, catalogue: Catalogue): Promise<Result<null, Refusal>> => {
  const { catalogueId, version, title } = catalogue;
  const before = await stored(table, catalogueId, version);
  if (before !== null) return sameOrStale(before, catalogue);
  const key = catalogueKey(catalogueId, version);
  const { packed, parts } = pack(key.pk, catalogue);
  await writeParts(table, parts);
  const condition = { holds: 'attribute_not_exists(pk)' };
  const listed = {
    pk: LIST,
    sk: `${catalogueId}#${paddedVersion(version)}`,
    catalogueId,
    version,
    title,
  };
  const outcome = await table.write([
    { kind: 'put', row: { ...key, ...packed }, condition },
    { kind: 'put', row: listed },
  ]);
  if (outcome === 'written') return accept(null);
  const winner = await stored(table, catalogueId, version);
  if (winner === null) throw new Error('A catalogue is both there and not there');
  return sameOrStale(winner, catalogue);
};

/** Over a table of `tableDefinition`. */
export const dynamoCatalogues = (client: DynamoDBClient, tableName: string): CatalogueStore => {
  const table = dynamoTable(client, tableName);
  return {
    save: async (catalogue) => save(table, catalogueSchema.parse(catalogue)),
    get: (catalogueId, version) => stored(table, catalogueId, version),
    list: async () => {
      const rows = await table.query({ where: 'pk = :pk', values: { ':pk': LIST } });
      return rows.map((row) => listedSchema.parse(row));
    },
  };
};
