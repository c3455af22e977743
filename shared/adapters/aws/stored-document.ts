/** Reads the document row with its parts back into a record. */
import * as z from 'zod';
import { type DocumentRecord, documentSchema } from '../../domain/document.ts';
import { documentKey } from './document-rows.ts';
import type { Table } from './dynamo-table.ts';
import { type Packed, packedSchema, unpack } from './packed-json.ts';

export interface StoredDocument {
  readonly record: DocumentRecord;
  readonly words: readonly string[];
  readonly packed: Packed;
}

const rowSchema = z.object({ words: z.array(z.string()) });

/** Parts can be replaced between the reading of the row and of its parts; then both are read again. */
const TRIES = 5;

/** Strongly consistent; null where there is no such document. */
export const storedDocument = async (
  table: Table,
  documentId: string,
): Promise<StoredDocument | null> => {
  const key = documentKey(documentId);
  for (let tries = 0; tries < TRIES; tries += 1) {
    const [row] = await table.gets([key]);
    if (row === undefined) return null;
    const packed = packedSchema.parse(row);
    const value = await unpack(table, key.pk, packed);
    if (value !== null)
      return { record: documentSchema.parse(value), words: rowSchema.parse(row).words, packed };
  }
  throw new Error('The parts of a document are missing');
};
