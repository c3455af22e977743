/** Says why a document got its tags, and why not others: computed again from the stored text, told as masked words. */
import * as z from 'zod';
import { explain } from '../classify/explain.ts';
import { say } from '../classify/explanation/say.ts';
import type { Catalogue } from '../domain/catalogue.ts';
import { versionsSchema } from '../domain/classification.ts';
import type { DocumentRecord } from '../domain/document.ts';
import {
  type Explanation,
  explanationSchema,
  type Sentence,
  sentenceSchema,
} from '../domain/explanation.ts';
import { type Refusal, refusal } from '../domain/refusal.ts';
import { accept, type Result, refuse } from '../domain/result.ts';
import { SOFTWARE_VERSION } from '../domain/software.ts';
import type { Capabilities } from '../ports.ts';
import { catalogueOfStamp } from './active-catalogue.ts';
import { policyText } from './find-policy.ts';
import { artefactOrShipped } from './load-artefact.ts';
import { maskedExplanation } from './mask-explanation.ts';
import { releaseInForce } from './release-in-force.ts';

export const explainedDocumentSchema = z.object({
  documentId: z.string(),
  revision: z.int(),
  /** What the record was proposed with; null where it was not proposed yet. */
  stamped: versionsSchema.nullable(),
  /** What this explanation was computed with. */
  computed: versionsSchema,
  /** Where the two differ, and what follows from it; empty where the explanation is that of the proposal itself. */
  differs: z.array(sentenceSchema),
  explanation: explanationSchema,
});
export type ExplainedDocument = z.infer<typeof explainedDocumentSchema>;

type Needs = Pick<Capabilities, 'documents' | 'texts' | 'catalogues' | 'releases' | 'models'>;

export interface Question {
  readonly documentId: string;
  /** A task that was perhaps not proposed, full or short code. */
  readonly task?: string | undefined;
}

/** The task that a person names in full or short; null where the catalogue has none. */
export const taskNamed = ({ catalogueId, tasks }: Catalogue, named: string): string | null => {
  const full = named.includes(':') ? named : `${catalogueId}:${named}`;
  return tasks.find(({ code }) => code === full)?.code ?? null;
};

const sameCodes = (record: DocumentRecord, explanation: Explanation): boolean => {
  const stored = record.tags
    .filter(({ standing }) => standing !== 'added')
    .map(({ scheme, code }) => `${scheme} ${code}`);
  const now = [
    ...explanation.tasks.map(({ code, proposed }) => ({ proposed, name: `task ${code}` })),
    ...explanation.categories.map(({ code, proposed }) => ({ proposed, name: `category ${code}` })),
  ]
    .filter(({ proposed }) => proposed)
    .map(({ name }) => name);
  return stored.length === now.length && now.every((code) => stored.includes(code));
};

const differences = (record: DocumentRecord, explanation: Explanation): Sentence[] => {
  const before = record.versions;
  if (before === null) return [say('versions', 'NOT_PROPOSED_YET')];
  const { model } = explanation.versions;
  const sentences: Sentence[] = [];
  if (before.model !== model)
    sentences.push(say('versions', 'ARTEFACT_DIFFERS', { now: model, before: before.model }));
  if (before.software !== SOFTWARE_VERSION)
    sentences.push(
      say('versions', 'SOFTWARE_DIFFERS', { now: SOFTWARE_VERSION, before: before.software }),
    );
  if (!sameCodes(record, explanation)) sentences.push(say('versions', 'TAGS_DIFFER'));
  return sentences;
};

/**
 * What the record was proposed with, else what is in force. An artefact that shipped with older software is gone with it,
 * and a trained one may be lost: then the one that ships now explains, and says so.
 */
const releaseOf = async (needs: Needs, versions: DocumentRecord['versions']) => {
  if (versions === null) return releaseInForce(needs);
  const catalogue = await catalogueOfStamp(needs, versions.catalogue);
  if (catalogue === null) return null;
  const artefact = await artefactOrShipped(needs, catalogue.catalogueId, versions.model);
  return { catalogue, artefact };
};

/**
 * Refuses with NO_SUCH_DOCUMENT, WRONG_STATE where there is no text, NO_SUCH_CATALOGUE where the one on the record is
 * gone, NO_SUCH_CODE where it has no such task. Throws where the store lost the text.
 */
export const explainDocument = async (
  needs: Needs,
  { documentId, task }: Question,
): Promise<Result<ExplainedDocument, Refusal>> => {
  const record = await needs.documents.get(documentId);
  if (record === null) return refuse(refusal('NO_SUCH_DOCUMENT', documentId));
  const { textSha256, elements, personal, versions, state } = record;
  if (textSha256 === null || elements === null || state === 'quarantined')
    return refuse(refusal('WRONG_STATE', state));
  const release = await releaseOf(needs, versions);
  if (release === null) return refuse(refusal('NO_SUCH_CATALOGUE', versions?.catalogue));
  const { catalogue, artefact } = release;
  const asked = task === undefined ? null : taskNamed(catalogue, task);
  if (task !== undefined && asked === null)
    return refuse(refusal('NO_SUCH_CODE', task.slice(0, 40)));
  const text = await needs.texts.read(documentId, textSha256);
  if (text === null)
    throw new Error('No text of a document that was read', { cause: { documentId } });
  const policy = record.policy === null ? null : await policyText(needs, record.policy);
  const document = {
    text,
    elements,
    personal,
    asked: asked === null ? [] : [asked],
    ...(policy === null ? {} : { policyText: policy.text }),
  };
  const explanation = explain(document, catalogue, artefact);
  return accept({
    documentId,
    revision: record.revision,
    stamped: versions,
    computed: { ...explanation.versions, text: textSha256, software: SOFTWARE_VERSION },
    differs: differences(record, explanation),
    explanation: maskedExplanation(explanation, personal),
  });
};
