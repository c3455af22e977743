/** 台账: every task of the active catalogue with what stands behind it, tasks without anything included. */
import { shortCode } from '../domain/catalogue.ts';
import type { Capabilities, LedgerCount } from '../ports.ts';
import { activeCatalogue } from './active-catalogue.ts';

export interface LedgerRow extends LedgerCount {
  readonly shortCode: string;
  readonly number: number;
  readonly title: string;
  readonly leadUnits: readonly string[];
  readonly responsibleUnits: readonly string[];
}

export const countLedger = async (
  needs: Pick<Capabilities, 'ledger' | 'catalogues' | 'releases'>,
): Promise<{
  readonly catalogueId: string;
  readonly version: number;
  readonly rows: readonly LedgerRow[];
}> => {
  const { catalogueId, version, tasks } = await activeCatalogue(needs);
  const counts = new Map(
    (await needs.ledger.counts(catalogueId)).map((count) => [count.code, count]),
  );
  const rows = tasks.map(({ code, number, title, leadUnits, responsibleUnits }) => ({
    ...(counts.get(code) ?? { code, proposed: 0, accepted: 0, rejected: 0, newest: null }),
    shortCode: shortCode(code),
    number,
    title,
    leadUnits,
    responsibleUnits,
  }));
  return { catalogueId, version, rows };
};
