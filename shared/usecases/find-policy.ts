/** Finds the policy that an interpretation names in its title, where the store holds it. */
import type { DocumentRecord } from '../domain/document.ts';
import type { CanonicalText } from '../domain/text.ts';
import type { Capabilities } from '../ports.ts';
import { citedWords } from './title-words.ts';

type Needs = Pick<Capabilities, 'documents' | 'texts'>;

export interface Policy {
  readonly documentId: string;
  readonly text: CanonicalText;
}

const MOST_LOOKED_AT = 5;
const READABLE: ReadonlySet<DocumentRecord['state']> = new Set([
  'extracted',
  'proposed',
  'decided',
]);

/** The text of a stored policy; null where it was set aside or superseded meanwhile. */
export const policyText = async (
  needs: Needs,
  documentId: string,
): Promise<CanonicalText | null> => {
  const record = await needs.documents.get(documentId);
  if (record === null || record.textSha256 === null || !READABLE.has(record.state)) return null;
  return needs.texts.read(documentId, record.textSha256);
};

/** Cited by exact title alone, the newest first; a likeness is for a person to confirm. */
export const findPolicy = async (
  needs: Needs,
  { documentId, elements }: Pick<DocumentRecord, 'documentId' | 'elements'>,
): Promise<Policy | null> => {
  for (const word of citedWords(elements?.title?.value ?? '')) {
    const { rows } = await needs.documents.byWord(word, { limit: MOST_LOOKED_AT, after: null });
    for (const row of rows) {
      if (row.documentId === documentId) continue;
      const text = await policyText(needs, row.documentId);
      if (text !== null) return { documentId: row.documentId, text };
    }
  }
  return null;
};
