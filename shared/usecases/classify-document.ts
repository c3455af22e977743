/** A read document becomes a proposal: tags with quotes for a person to confirm. */
import { classify } from '../classify/classify.ts';
import type { Classification } from '../domain/classification.ts';
import type { DocumentRecord, StoredTag } from '../domain/document.ts';
import { SOFTWARE_VERSION } from '../domain/software.ts';
import type { Capabilities } from '../ports.ts';
import { advance } from './advance-document.ts';
import { findPolicy } from './find-policy.ts';
import { releaseInForce } from './release-in-force.ts';
import { scoreInShadow } from './score-in-shadow.ts';
import { supersedeOlder } from './supersede-older.ts';

type Needs = Pick<
  Capabilities,
  'documents' | 'texts' | 'catalogues' | 'releases' | 'models' | 'clock' | 'log'
>;

export interface ClassifyOutcome {
  readonly record: DocumentRecord;
  readonly repeated: boolean;
}

/** Idempotent; a repeated one still supersedes what an interrupted one left standing. Throws where the record or its text is missing: then the store lost something and a person must look. */
export const classifyDocument = async (
  needs: Needs,
  documentId: string,
): Promise<ClassifyOutcome> => {
  const record = await needs.documents.get(documentId);
  if (record === null)
    throw new Error('No record of a document that was handed on', { cause: { documentId } });
  if (record.state !== 'extracted' || record.textSha256 === null || record.elements === null) {
    if (record.state === 'proposed') await supersedeOlder(needs, record.source);
    needs.log.write('DOCUMENT_REPEATED', { documentId, state: record.state });
    return { record, repeated: true };
  }
  const text = await needs.texts.read(documentId, record.textSha256);
  if (text === null)
    throw new Error('No text of a document that was read', { cause: { documentId } });
  const { catalogue, artefact } = await releaseInForce(needs);
  const { elements, personal } = record;
  const policy = await findPolicy(needs, record);
  const document = {
    text,
    elements,
    personal,
    ...(policy === null ? {} : { policyText: policy.text.text }),
  };
  const classification = classify(document, catalogue, artefact);
  const measured = { ...record, policy: policy?.documentId ?? null };
  const outcome = await propose(needs, measured, classification);
  if (!outcome.repeated) await scoreInShadow(needs, { documentId, document, classification });
  return outcome;
};

const propose = async (
  needs: Needs,
  record: DocumentRecord,
  found: Classification,
): Promise<ClassifyOutcome> => {
  const { form, attribute, flags, versions } = found;
  const patch: Partial<DocumentRecord> = {
    form,
    attribute,
    flags: [...new Set([...record.flags, ...flags])],
    versions: { ...versions, text: record.textSha256 ?? '', software: SOFTWARE_VERSION },
    tags: proposedTags(found),
  };
  const tags = found.tasks.map((tag) => tag.code);
  const change = advance(record, patch, {
    to: 'proposed',
    at: needs.clock.now(),
    actor: 'system',
    change: {
      tasks: tags,
      categories: found.categories.map((tag) => tag.code),
      versions: patch.versions,
    },
  });
  const outcome = await needs.documents.apply(change);
  if (outcome.kind === 'stale') return { record: outcome.current, repeated: true };
  needs.log.write('DOCUMENT_CLASSIFIED', { documentId: record.documentId, tasks: tags.length });
  await supersedeOlder(needs, record.source);
  return { record: change.record, repeated: false };
};

const proposedTags = ({ tasks, categories }: Classification): StoredTag[] => [
  ...tasks.map((tag, rank): StoredTag => ({ ...tag, scheme: 'task', rank, standing: 'proposed' })),
  ...categories.map(
    (tag, rank): StoredTag => ({ ...tag, scheme: 'category', rank, standing: 'proposed' }),
  ),
];
