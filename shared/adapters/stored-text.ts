/** Canonical text as it is stored, and the check that it still is what was written. */
import { createHash } from 'node:crypto';
import { type CanonicalText, canonicalTextSchema } from '../domain/text.ts';

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** Throws where the text is not the one of the hash: then the caller is wrong and nothing may be written. */
export const textToStore = (textSha256: string, text: CanonicalText): string => {
  if (sha256(text.text) !== textSha256) throw new Error('The text is not the one of its sha256');
  const stored = JSON.stringify(text);
  return `${sha256(stored)}\n${stored}`;
};

/** Throws where either the words or their blocks are no longer those that were written. */
export const textFromStore = (textSha256: string, content: string): CanonicalText => {
  const line = content.indexOf('\n');
  const stored = content.slice(line + 1);
  if (line !== 64 || sha256(stored) !== content.slice(0, line))
    throw new Error('A stored text is damaged: it no longer matches its sha256');
  const text = canonicalTextSchema.parse(JSON.parse(stored));
  if (sha256(text.text) !== textSha256)
    throw new Error('A stored text is damaged: it no longer matches its sha256');
  return text;
};

const PLAIN = /^[A-Za-z0-9_-]{1,128}$/u;

/** `<document id>/<sha256>.json` with an id that is no plain name replaced by its hash. Throws on what is no sha256. */
export const textPath = (documentId: string, textSha256: string): string => {
  if (!/^[0-9a-f]{64}$/u.test(textSha256)) throw new Error('The sha256 of a text is 64 hex digits');
  const name = PLAIN.test(documentId) ? documentId : `~${sha256(documentId)}`;
  return `${name}/${textSha256}.json`;
};
