/** A reviewer decides all tags of a document in one call, guarded by the revision that was seen. */

import { disclosureScheme } from '../catalogue/disclosure-scheme.ts';
import type { Catalogue } from '../domain/catalogue.ts';
import type { Decision, DocumentRecord, StoredTag } from '../domain/document.ts';
import { type Refusal, refusal } from '../domain/refusal.ts';
import { accept, type Result, refuse } from '../domain/result.ts';
import type { Scheme } from '../domain/scheme.ts';
import type { CanonicalText } from '../domain/text.ts';
import type { Capabilities } from '../ports.ts';
import { catalogueOfStamp } from './active-catalogue.ts';
import { advance } from './advance-document.ts';
import { decideTags } from './decide-tags.ts';
import { reviewOf } from './review-event.ts';
import { trainWhenDue } from './train-when-due.ts';

type Needs = Pick<
  Capabilities,
  'documents' | 'texts' | 'catalogues' | 'clock' | 'log' | 'reviews' | 'learningQueue'
>;

export interface DecideRequest {
  readonly documentId: string;
  readonly decision: Decision;
  /** Subject of the signed-in reviewer. */
  readonly reviewer: string;
}

/** What a reviewer is shown when the decision was not taken: the refusal and, where it helps, the record as it is now. */
export interface NotDecided {
  readonly refusal: Refusal;
  readonly current: DocumentRecord | null;
}

const DECIDABLE: ReadonlySet<DocumentRecord['state']> = new Set(['proposed', 'decided']);

/** Refuses with NO_SUCH_DOCUMENT, WRONG_STATE, STALE_REVISION, NO_SUCH_CODE, QUOTE_MISMATCH or BAD_REQUEST. */
export const decideDocument = async (
  needs: Needs,
  { documentId, decision, reviewer }: DecideRequest,
): Promise<Result<DocumentRecord, NotDecided>> => {
  const record = await needs.documents.get(documentId);
  if (record === null) return no(refusal('NO_SUCH_DOCUMENT', documentId), null);
  if (record.revision !== decision.revision) return stale(needs, record);
  if (!DECIDABLE.has(record.state)) return no(refusal('WRONG_STATE', record.state), record);
  const tags = await judge(needs, record, decision);
  if (!tags.ok) return no(tags.error, record);
  const outcome = await write(needs, record, { tags: tags.value, decision, reviewer });
  if (outcome.kind === 'stale') return stale(needs, outcome.current);
  await trainWhenDue(needs, outcome.catalogueId);
  return accept(outcome.record);
};

const no = (why: Refusal, current: DocumentRecord | null) => refuse({ refusal: why, current });

const stale = ({ log }: Needs, current: DocumentRecord) => {
  log.write('DECISION_STALE', { documentId: current.documentId, revision: current.revision });
  return no(refusal('STALE_REVISION', `revision ${current.revision}`), current);
};

const judge = async (
  needs: Needs,
  record: DocumentRecord,
  decision: Decision,
): Promise<Result<readonly StoredTag[], Refusal>> => {
  const grounds = groundsProblem(decision, disclosureScheme);
  if (grounds !== null) return refuse(grounds);
  const catalogue =
    record.versions === null ? null : await catalogueOfStamp(needs, record.versions.catalogue);
  const text =
    record.textSha256 === null
      ? null
      : await needs.texts.read(record.documentId, record.textSha256);
  if (catalogue === null || text === null)
    throw new Error('A proposal without its catalogue or text', {
      cause: { documentId: record.documentId },
    });
  return decideTags({
    record,
    decision,
    known: knownCodes(catalogue, disclosureScheme),
    text: text satisfies CanonicalText,
  });
};

/** Full codes by what a caller may write: the full code or the short one. */
const knownCodes = (catalogue: Catalogue, scheme: Scheme) => ({
  task: new Map(
    catalogue.tasks.flatMap(({ code }) => [
      [code, code] as const,
      [code.slice(code.indexOf(':') + 1), code] as const,
    ]),
  ),
  category: new Map(
    scheme.codes
      .filter(({ kind }) => 'CEP'.includes(kind))
      .map(({ code }) => [code, code] as const),
  ),
});
export type KnownCodes = ReturnType<typeof knownCodes>;

const groundsProblem = ({ attribute }: Decision, scheme: Scheme): Refusal | null => {
  if (attribute === null) return null;
  const grounds = new Set(scheme.codes.filter(({ kind }) => kind === 'N').map(({ code }) => code));
  const unknown = attribute.grounds.find((code) => !grounds.has(code));
  if (unknown !== undefined) return refusal('NO_SUCH_CODE', unknown);
  const bare = attribute.recommended === 'A3' && attribute.grounds.length === 0;
  return bare ? refusal('BAD_REQUEST', '不予公开须写明依据 N14a–N16c / A3 needs a ground') : null;
};

const write = async (
  { documents, clock, log }: Needs,
  record: DocumentRecord,
  {
    tags,
    decision,
    reviewer,
  }: { tags: readonly StoredTag[]; decision: Decision; reviewer: string },
): Promise<
  | { kind: 'applied'; record: DocumentRecord; catalogueId: string }
  | { kind: 'stale'; current: DocumentRecord }
> => {
  const attribute =
    decision.attribute === null || record.attribute === null
      ? record.attribute
      : {
          ...record.attribute,
          recommended: decision.attribute.recommended,
          grounds: [...new Set(decision.attribute.grounds)],
        };
  const change = advance(
    record,
    { tags: [...tags], attribute },
    {
      to: 'decided',
      at: clock.now(),
      actor: reviewer,
      note: decision.note,
      change: {
        before: standingOf(record),
        after: standingOf({ tags, attribute }),
      },
    },
  );
  const review = reviewOf(change.record, { reviewer, undoes: null });
  const outcome = await documents.apply({ ...change, review });
  if (outcome.kind === 'stale') return outcome;
  log.write('DOCUMENT_DECIDED', {
    documentId: record.documentId,
    revision: change.record.revision,
  });
  return { kind: 'applied', record: change.record, catalogueId: review.catalogueId };
};

/** How the tags and the attribute of a record stand, as the audit keeps it. */
export const standingOf = ({
  tags,
  attribute,
}: {
  readonly tags: readonly StoredTag[];
  readonly attribute: DocumentRecord['attribute'];
}) => ({
  tags: tags.map(({ code, standing, rank }) => ({ code, standing, rank })),
  attribute: attribute?.recommended ?? null,
  grounds: attribute?.grounds ?? [],
});
