/** Reads the counters of a catalogue's tasks. */
import * as z from 'zod';
import { documentSummarySchema } from '../../domain/document-summary.ts';
import { TABLE_SHAPE } from '../../domain/table-shape.ts';
import type { LedgerCount } from '../../ports.ts';
import { codePk, ledgerPk } from './document-rows.ts';
import type { Table } from './dynamo-table.ts';

const [, BY_CODE] = TABLE_SHAPE.indexes;
/** Newest receipts asked for at a time. */
const AT_A_TIME = 8;

const counterSchema = z.object({
  sk: z.string(),
  proposed: z.int(),
  accepted: z.int(),
  rejected: z.int(),
});
type Counter = z.infer<typeof counterSchema>;

const codeOf = ({ sk }: Counter): string => sk.slice('TASK#'.length);

/** Receipt of the newest document under the code that counts; eventually consistent, unlike the counters. */
const newestOf = async (table: Table, code: string): Promise<string | null> => {
  const [row] = await table.query(
    {
      index: BY_CODE.name,
      where: `${BY_CODE.partitionKey} = :code`,
      values: { ':code': codePk('task', code), ':proposed': 'proposed', ':decided': 'decided' },
      filter: {
        holds: '#summary.#state IN (:proposed, :decided)',
        names: { '#summary': 'summary', '#state': 'state' },
      },
      backwards: true,
    },
    1,
  );
  return row === undefined ? null : documentSummarySchema.parse(row['summary']).receivedAt;
};

const countOf = async (table: Table, counter: Counter): Promise<LedgerCount> => {
  const { proposed, accepted, rejected } = counter;
  const code = codeOf(counter);
  const newest = proposed + accepted > 0 ? await newestOf(table, code) : null;
  return { code, proposed, accepted, rejected, newest };
};

/** By code, without tasks that no document counts for. */
export const ledgerCounts = async (
  table: Table,
  catalogueId: string,
): Promise<readonly LedgerCount[]> => {
  const rows = await table.query({ where: 'pk = :pk', values: { ':pk': ledgerPk(catalogueId) } });
  const counters = rows
    .map((row) => counterSchema.parse(row))
    .filter(({ proposed, accepted, rejected }) => proposed + accepted + rejected > 0);
  const counts: LedgerCount[] = [];
  for (let from = 0; from < counters.length; from += AT_A_TIME) {
    const some = counters.slice(from, from + AT_A_TIME);
    counts.push(...(await Promise.all(some.map((counter) => countOf(table, counter)))));
  }
  return counts;
};
