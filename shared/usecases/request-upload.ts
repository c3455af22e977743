/** An officer asks for a place to send a file. */
import { randomUUID } from 'node:crypto';
import { MAX_FILE_BYTES, megabytes } from '../domain/limits.ts';
import { keyProblem } from '../domain/object-key.ts';
import { type Refusal, refusal } from '../domain/refusal.ts';
import { accept, type Result, refuse } from '../domain/result.ts';
import type { Capabilities, UploadTicket } from '../ports.ts';

/**
 * Keys are laid by day, so that a listing of the bucket stays readable, each in a place of its own, so that two files of
 * one name never supersede each other: `uploads/2021-06-29/1f0c3a52/通知.docx`.
 */
export const requestUpload = async (
  { uploads, clock }: Pick<Capabilities, 'uploads' | 'clock'>,
  {
    fileName,
    bytes,
    contentType,
  }: { readonly fileName: string; readonly bytes: number; readonly contentType: string },
): Promise<Result<UploadTicket, Refusal>> => {
  const key = `uploads/${clock.now().slice(0, 10)}/${randomUUID().slice(0, 8)}/${fileName}`;
  const problem = fileName.includes('/') ? 'slash in the file name' : keyProblem(key);
  if (fileName === '' || problem !== null) return refuse(refusal('BAD_KEY', problem ?? 'empty'));
  if (bytes === 0) return refuse(refusal('EMPTY_FILE'));
  if (bytes > MAX_FILE_BYTES) return refuse(refusal('TOO_LARGE', megabytes(MAX_FILE_BYTES)));
  return accept(await uploads.ticket({ key, bytes, contentType }));
};
