/** A document that was set aside is read again, for example after an upgrade or when a fault was mended. */
import type { DocumentRecord } from '../domain/document.ts';
import { type Refusal, refusal } from '../domain/refusal.ts';
import { accept, type Result, refuse } from '../domain/result.ts';
import type { Capabilities } from '../ports.ts';
import { advance } from './advance-document.ts';
import { extractDocument } from './extract-document.ts';

type Needs = Parameters<typeof extractDocument>[0] & Pick<Capabilities, 'documents'>;

const RERUNNABLE: ReadonlySet<DocumentRecord['state']> = new Set([
  'refused',
  'scanning',
  'received',
  'extracted',
]);

/** Refuses with NO_SUCH_DOCUMENT, WRONG_STATE or STALE_REVISION. Quarantined documents are never opened again. */
export const rerunDocument = async (
  needs: Needs,
  documentId: string,
  actor: string,
): Promise<Result<DocumentRecord, Refusal>> => {
  const record = await needs.documents.get(documentId);
  if (record === null) return refuse(refusal('NO_SUCH_DOCUMENT', documentId));
  if (!RERUNNABLE.has(record.state)) return refuse(refusal('WRONG_STATE', record.state));
  if (record.state === 'refused' || record.state === 'scanning') {
    const step = { to: 'received', kind: 'rerun', at: needs.clock.now(), actor } as const;
    const outcome = await needs.documents.apply(advance(record, {}, step));
    if (outcome.kind === 'stale')
      return refuse(refusal('STALE_REVISION', `revision ${outcome.current.revision}`));
  }
  const { record: read } = await extractDocument(needs, {
    ref: record.source,
    uploadedAt: record.receivedAt,
  });
  return accept((await needs.documents.get(documentId)) ?? read);
};
