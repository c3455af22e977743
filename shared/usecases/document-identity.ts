/** The identity of a document: the same upload event gives the same id, however often and in whatever order it comes. */
import { createHash } from 'node:crypto';
import type { ObjectRef } from '../domain/document.ts';

/** 32 hexadecimal digits derived from bucket, key and version id. */
export const documentIdOf = ({ bucket, key, versionId }: ObjectRef): string =>
  sha256Of(JSON.stringify([bucket, key.toWellFormed(), versionId])).slice(0, 32);

/** Lower-case hexadecimal SHA-256. */
export const sha256Of = (content: string | Uint8Array): string =>
  createHash('sha256').update(content).digest('hex');
