/** Links of the local API to send one file or fetch one original; the HTTP layer checks them with the verify functions. */
import * as z from 'zod';
import { objectRefSchema } from '../../domain/document.ts';
import { type Refusal, refusal } from '../../domain/refusal.ts';
import { accept, type Result, refuse } from '../../domain/result.ts';
import type { Clock, DownloadDesk, UploadDesk } from '../../ports.ts';
import { signedToken, tokenContent } from './signed-token.ts';

/** `origin` is where the local API listens: http://127.0.0.1:8087. `secret` has at least 32 random bytes. */
export interface DeskSettings {
  readonly origin: string;
  readonly secret: Uint8Array;
  readonly clock: Clock;
  /** How long a link works, in seconds; 900 for uploads and 300 for originals where not given. */
  readonly seconds?: number;
}

const uploadSchema = z.object({
  use: z.literal('upload'),
  key: z.string(),
  bytes: z.int().min(0),
  contentType: z.string(),
  expiresAt: z.string(),
});
export type AllowedUpload = z.infer<typeof uploadSchema>;

const downloadSchema = z.object({
  use: z.literal('download'),
  ref: objectRefSchema,
  fileName: z.string(),
  expiresAt: z.string(),
});
export type AllowedDownload = z.infer<typeof downloadSchema>;

type Check = Pick<DeskSettings, 'secret' | 'clock'>;

const expiry = ({ clock }: DeskSettings, seconds: number): string =>
  new Date(Date.parse(clock.now()) + seconds * 1000).toISOString();

/** Tickets `<origin>/local/uploads/<token>`: PUT exactly `bytes` bytes of that type before they expire. */
export const folderUploads = (settings: DeskSettings): UploadDesk => ({
  ticket: async (upload) => {
    const { key, bytes, contentType } = upload;
    const expiresAt = expiry(settings, settings.seconds ?? 900);
    const content = { use: 'upload', key, bytes, contentType, expiresAt } satisfies AllowedUpload;
    return {
      method: 'PUT',
      url: `${settings.origin}/local/uploads/${signedToken(settings.secret, content)}`,
      headers: { 'content-type': contentType },
      key,
      expiresAt,
    };
  },
});

/** Links `<origin>/local/originals/<token>`. */
export const folderDownloads = (settings: DeskSettings): DownloadDesk => ({
  link: async (ref, fileName) => {
    const expiresAt = expiry(settings, settings.seconds ?? 300);
    const content = { use: 'download', ref, fileName, expiresAt } satisfies AllowedDownload;
    return `${settings.origin}/local/originals/${signedToken(settings.secret, content)}`;
  },
});

const allowed = <T extends { readonly expiresAt: string }>(
  { secret, clock }: Check,
  schema: z.ZodType<T>,
  token: string,
): Result<T, Refusal> => {
  const content = schema.safeParse(tokenContent(secret, token));
  if (!content.success) return refuse(refusal('NOT_ALLOWED', 'the link is not valid'));
  return content.data.expiresAt > clock.now()
    ? accept(content.data)
    : refuse(refusal('NOT_ALLOWED', 'the link has expired'));
};

/** What an upload link allows; the caller holds the bytes against `bytes` and `contentType`. Refuses with NOT_ALLOWED. */
export const verifyUpload = (check: Check, token: string): Result<AllowedUpload, Refusal> =>
  allowed(check, uploadSchema, token);

/** Which original a link opens, and under which file name. Refuses with NOT_ALLOWED. */
export const verifyDownload = (check: Check, token: string): Result<AllowedDownload, Refusal> =>
  allowed(check, downloadSchema, token);
