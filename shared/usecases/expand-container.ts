/** Takes the files out of a container, each to become a record of its own. */
import type { OpenedContainer } from '../domain/container.ts';
import type { DocumentRecord, ObjectRef } from '../domain/document.ts';
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
    reason: reasonOf(refusal(why)),
  }));
  return [...kept, ...missed];
};

/**
 * The container that a file came out of. A key alone can be anybody's, so that the container has to be under way itself or
 * to name the file.
 */
export const containerOf = async (
  { documents }: Pick<Capabilities, 'documents'>,
  ref: ObjectRef,
): Promise<string | null> => {
  const { parent } = originOf(ref.key);
  const container = parent === null ? null : await documents.get(parent);
  if (container === null) return null;
  const documentId = documentIdOf(ref);
  const isIts =
    container.state === 'received' ||
    container.children.some((child) => child.documentId === documentId);
  return isIts ? parent : null;
};
