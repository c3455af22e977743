/** Where a version of a catalogue lies in the table. */
import type { Key } from './dynamo-table.ts';

export const paddedVersion = (version: number): string => String(version).padStart(8, '0');

export const catalogueKey = (catalogueId: string, version: number): Key => ({
  pk: `CATALOGUE#${catalogueId}`,
  sk: `VERSION#${paddedVersion(version)}`,
});
