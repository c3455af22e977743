/** Takes the files out of a container, each to become a record of its own. */
import type { OpenedContainer } from '../domain/container.ts';
import type { DocumentRecord } from '../domain/document.ts';
import { reasonOf, refusal } from '../domain/refusal.ts';
import type { Capabilities } from '../ports.ts';
import { childKey, originOf } from './child-key.ts';
import { documentIdOf } from './document-identity.ts';

type Children = DocumentRecord['children'];

/** Safe to repeat: the same container gives the same keys, and what lies under them is not written again. */
export const keepChildren = async (
  { children }: Pick<Capabilities, 'children'>,
  { documentId, source, receivedAt }: DocumentRecord,
  { members, left }: OpenedContainer,
): Promise<Children> => {
  const depth = originOf(source.key).depth + 1;
  const kept: Children = [];
  for (const [at, { name, bytes }] of members.entries()) {
    const key = childKey(documentId, depth, { at, name });
    const ref = await children.keep(source.bucket, { key, bytes, uploadedAt: receivedAt });
    kept.push({ name, documentId: documentIdOf(ref), reason: null });
  }
  const missed = left.map(({ name, why }) => ({
    name,
    documentId: null,
    reason: reasonOf(refusal(why, name)),
  }));
  return [...kept, ...missed];
};
