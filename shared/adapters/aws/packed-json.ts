/** Values of any size in rows of at most 400 KB: JSON, gzipped, and what does not fit beside it in rows of its own. */
import { randomUUID } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import * as z from 'zod';
import type { Table, Write } from './dynamo-table.ts';

/** Two such rows and a hundred small ones stay below the 4 MB of a transaction; one stays below the 400 KB of a row. */
const LARGEST_PART = 300_000;
/** More than any record grows to; a damaged row must not fill the memory. */
const LARGEST_JSON = 512 * 2 ** 20;

/** Either the bytes, or the name and number of the rows `PART#<name>#<n>` of the same partition that hold them. */
export const packedSchema = z.union([
  z.object({ body: z.instanceof(Uint8Array) }),
  z.object({ parts: z.object({ name: z.string(), count: z.int().min(1) }) }),
]);
export type Packed = z.infer<typeof packedSchema>;

export interface Packing {
  /** To stand in the row itself. */
  readonly packed: Packed;
  /** To be written one by one before the row that points to them; none where it all fits. */
  readonly parts: readonly Write[];
}

const partKey = (pk: string, name: string, at: number) => ({
  pk,
  sk: `PART#${name}#${String(at).padStart(4, '0')}`,
});

/** Packs a value of partition `pk`. Parts have a name of their own each time: nobody ever reads half of two. */
export const pack = (pk: string, value: unknown): Packing => {
  const bytes = gzipSync(JSON.stringify(value));
  if (bytes.length <= LARGEST_PART) return { packed: { body: bytes }, parts: [] };
  const name = randomUUID();
  const count = Math.ceil(bytes.length / LARGEST_PART);
  const parts = Array.from({ length: count }, (_, at): Write => {
    const body = bytes.subarray(at * LARGEST_PART, (at + 1) * LARGEST_PART);
    return { kind: 'put', row: { ...partKey(pk, name, at), body } };
  });
  return { packed: { parts: { name, count } }, parts };
};

const partSchema = z.object({ body: z.instanceof(Uint8Array) });

const bytesOf = async (table: Table, pk: string, packed: Packed): Promise<Uint8Array | null> => {
  if ('body' in packed) return packed.body;
  const { name, count } = packed.parts;
  const rows = await table.query({
    where: 'pk = :pk AND begins_with(sk, :part)',
    values: { ':pk': pk, ':part': `PART#${name}#` },
  });
  if (rows.length !== count) return null;
  return Buffer.concat(rows.map((row) => partSchema.parse(row).body));
};

/** The value; null where its parts are gone because a newer value took its place meanwhile. */
export const unpack = async (table: Table, pk: string, packed: Packed): Promise<unknown> => {
  const bytes = await bytesOf(table, pk, packed);
  if (bytes === null) return null;
  return JSON.parse(gunzipSync(bytes, { maxOutputLength: LARGEST_JSON }).toString('utf8'));
};

/** Writes the parts, each in a call of its own. */
export const writeParts = async (table: Table, parts: readonly Write[]): Promise<void> => {
  for (const part of parts) await table.write([part]);
};

/** Removes parts that nothing points to any more. */
export const removeParts = async (table: Table, pk: string, packed: Packed): Promise<void> => {
  if ('body' in packed) return;
  const { name, count } = packed.parts;
  for (let at = 0; at < count; at += 1)
    await table.write([{ kind: 'delete', key: partKey(pk, name, at) }]);
};
