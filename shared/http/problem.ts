/** Refusals as problem+json (RFC 9457), said in Chinese and English. */
import * as z from 'zod';
import { documentSchema } from '../domain/document.ts';
import { type Refusal, type RefusalKind, reasonOf, reasonSchema } from '../domain/refusal.ts';

export type Status = 400 | 401 | 403 | 404 | 409 | 410 | 413 | 415 | 422 | 451;

/** A kind without a status does not compile. */
const STATUS = {
  EMPTY_FILE: 422,
  TOO_LARGE: 413,
  TOO_MANY_PAGES: 413,
  TEXT_TOO_LONG: 413,
  UNKNOWN_FORMAT: 415,
  FORMAT_NOT_YET_READ: 415,
  ENCRYPTED: 422,
  DAMAGED: 422,
  ARCHIVE_LIMIT: 422,
  CONTAINER: 415,
  ARCHIVE_NOT_OPENED: 415,
  FORBIDDEN_XML: 422,
  STRUCTURE_LIMIT: 422,
  NO_PAGES: 422,
  NO_TEXT_LAYER: 422,
  GARBLED_TEXT: 422,
  PAGES_WITHOUT_TEXT: 422,
  SCAN_UNREADABLE: 422,
  NO_TEXT: 422,
  UNKNOWN_CHARSET: 422,
  BROKEN_UNICODE: 422,
  BAD_KEY: 422,
  TIME_LIMIT: 422,
  MEMORY_LIMIT: 422,
  SECRET_MARK: 451,
  OBJECT_GONE: 410,
  TABLE_EMPTY: 422,
  TABLE_NO_HEADER: 422,
  TABLE_DUPLICATE_NUMBER: 422,
  TABLE_DOUBTFUL: 422,
  TABLE_WRONG_KIND: 422,
  NO_SUCH_DOCUMENT: 404,
  NO_SUCH_PATH: 404,
  NO_SUCH_CODE: 422,
  NO_SUCH_CATALOGUE: 404,
  NO_SUCH_RELEASE: 404,
  GATE_CLOSED: 409,
  SHADOW_TOO_SHORT: 409,
  TOO_FEW_REVIEWS: 409,
  NOTHING_TO_UNDO: 409,
  STALE_REVISION: 409,
  WRONG_STATE: 409,
  QUOTE_MISMATCH: 422,
  BAD_REQUEST: 400,
  BAD_PAGE_TOKEN: 400,
  NOT_SIGNED_IN: 401,
  NOT_ALLOWED: 403,
} as const satisfies Record<RefusalKind, Status>;

export const statusOf = (kind: RefusalKind): Status => STATUS[kind];

export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  reason: reasonSchema,
  /** The document as it is now, where somebody else was first. */
  current: documentSchema.optional(),
});
export type Problem = z.infer<typeof problemSchema>;

export const problemOf = (why: Refusal): Problem => {
  const reason = reasonOf(why);
  return {
    type: `urn:gongkai:refusal:${why.kind.toLowerCase().replaceAll('_', '-')}`,
    title: reason.en,
    status: statusOf(why.kind),
    detail: reason.zh,
    reason,
  };
};
