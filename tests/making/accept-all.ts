/** The decision of a reviewer who agrees with every tag of a proposal. */
import type { Decision, DocumentRecord } from '../../shared/domain/document.ts';

export const acceptAll = (record: DocumentRecord): Decision => ({
  revision: record.revision,
  verdicts: record.tags.map(({ scheme, code }) => ({ scheme, code, verdict: 'accept' })),
  additions: [],
  primaryTask: record.tags.find(({ scheme }) => scheme === 'task')?.code ?? null,
  primaryCategory: record.tags.find(({ scheme }) => scheme === 'category')?.code ?? null,
  attribute: null,
  note: '',
});
