/** The record of one uploaded file, from receipt to decision. */
import * as z from 'zod';
import { attributeSchema, firedRuleSchema, tagSchema, versionsSchema } from './classification.ts';
import { elementsSchema } from './elements.ts';
import { MAX_TAGS } from './limits.ts';
import { reasonSchema } from './refusal.ts';
import { personalHitSchema } from './screening.ts';
import { formatSchema, quoteSchema, warningSchema } from './text.ts';

/**
 * Forward only: received → extracted → proposed → decided. Aside: `expanded` (an archive, whose files are records of their
 * own), `scanning` (no usable text layer, waits for the reader of scans), `refused`, `quarantined` (密级: only hash, key
 * and reason are kept), `superseded` (newer version of the key).
 */
export const STATES = [
  'received',
  'extracted',
  'proposed',
  'decided',
  'scanning',
  'refused',
  'quarantined',
  'superseded',
  'expanded',
] as const;
export const stateSchema = z.enum(STATES);
export type State = z.infer<typeof stateSchema>;

/** Where the bytes lie. `versionId` is "" in a bucket without versions. */
export const objectRefSchema = z.object({
  bucket: z.string(),
  key: z.string(),
  versionId: z.string(),
});
export type ObjectRef = z.infer<typeof objectRefSchema>;

/** How a tag stands with the reviewer. `added` tags were set by a person and carry score null. */
export const tagStandingSchema = z.enum(['proposed', 'accepted', 'rejected', 'added']);

export const storedTagSchema = tagSchema.extend({
  scheme: z.enum(['task', 'category']),
  /** 0 = primary. */
  rank: z.int().min(0),
  standing: tagStandingSchema,
});
export type StoredTag = z.infer<typeof storedTagSchema>;

/**
 * `revision` counts every change from 1; a writer names the one it saw. Times are ISO 8601 UTC. Fields are null until
 * the step that fills them has run; a quarantined record keeps only source, hash and reason.
 */
export const documentSchema = z.object({
  documentId: z.string(),
  revision: z.int().min(1),
  state: stateSchema,
  reason: reasonSchema.nullable(),
  source: objectRefSchema,
  fileName: z.string(),
  bytes: z.int().min(0),
  sha256: z.string().nullable(),
  format: formatSchema.nullable(),
  receivedAt: z.string(),
  updatedAt: z.string(),
  textSha256: z.string().nullable(),
  characters: z.int().nullable(),
  unreadPages: z.array(z.int()),
  elements: elementsSchema.nullable(),
  form: z
    .object({ code: z.string(), score: z.number().nullable(), rules: z.array(firedRuleSchema) })
    .nullable(),
  attribute: attributeSchema.nullable(),
  personal: z.array(personalHitSchema),
  flags: z.array(z.string()),
  warnings: z.array(warningSchema),
  versions: versionsSchema.nullable(),
  /** Other records with the same bytes: linked, never hidden. */
  sameBytesAs: z.array(z.string()),
  supersededBy: z.string().nullable(),
  /** The stored policy that this interpretation was measured against. */
  policy: z.string().nullable().default(null),
  /** The container that the file came out of. */
  parent: z.string().nullable().default(null),
  /** What came out of this container: each with its record, or with the reason why it has none. */
  children: z
    .array(
      z.object({
        name: z.string(),
        documentId: z.string().nullable(),
        reason: reasonSchema.nullable(),
      }),
    )
    .default([]),
  tags: z.array(storedTagSchema),
});
export type DocumentRecord = z.infer<typeof documentSchema>;

export const EVENT_KINDS = [
  'received',
  'extracted',
  'proposed',
  'decided',
  'scanning',
  'refused',
  'quarantined',
  'superseded',
  'rerun',
  'undone',
  'expanded',
] as const;

/** One line of the append-only audit: who did what, when, from which state to which. `change` holds before/after. */
export const documentEventSchema = z.object({
  documentId: z.string(),
  revision: z.int().min(1),
  kind: z.enum(EVENT_KINDS),
  at: z.string(),
  actor: z.string(),
  from: stateSchema.nullable(),
  to: stateSchema,
  reason: reasonSchema.nullable(),
  note: z.string(),
  change: z.record(z.string(), z.unknown()),
});
export type DocumentEvent = z.infer<typeof documentEventSchema>;

/** As a caller writes it, in full or short. */
const codeSchema = z.string().max(60);

/** What a reviewer decides of one document, all tags at once. */
export const decisionSchema = z.object({
  revision: z.int().min(1),
  /** Every proposed tag is named once: accept or reject. Codes are full or short codes of the active catalogue. */
  verdicts: z
    .array(
      z.object({
        scheme: z.enum(['task', 'category']),
        code: codeSchema,
        verdict: z.enum(['accept', 'reject']),
      }),
    )
    .max(MAX_TAGS),
  /** Tags the proposal missed, each with the words it rests on. */
  additions: z
    .array(
      z.object({
        scheme: z.enum(['task', 'category']),
        code: codeSchema,
        evidence: z.array(quoteSchema).min(1).max(10),
      }),
    )
    .max(MAX_TAGS),
  /** The primary task and category after the decision; null = none. */
  primaryTask: z.string().nullable(),
  primaryCategory: z.string().nullable(),
  attribute: z
    .object({
      recommended: z.enum(['A1', 'A1R', 'A2', 'A3']),
      grounds: z.array(codeSchema).max(20),
    })
    .nullable(),
  note: z.string().max(2000),
});
export type Decision = z.infer<typeof decisionSchema>;
