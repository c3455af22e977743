/** A trained artefact as files that never change: `models/<catalogueId>/<modelId>/`. */
import * as z from 'zod';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/u);

/** Holds no time of its own: the same snapshot, settings and software give the same bytes. */
export const modelManifestSchema = z.object({
  format: z.literal(1),
  /** sha256 over snapshot, settings, software and the artefact that learning started from. */
  modelId: sha256,
  catalogueId: z.string(),
  catalogueVersion: z.int().min(1),
  software: z.string(),
  /** Reviews that it was trained on, and when the newest of them was made. */
  reviews: z.int().min(1),
  newestReview: z.string(),
  settings: z.record(z.string(), z.number()),
  /** sha256 of every other file of the model, by name. */
  files: z.record(z.string(), sha256),
});
export type ModelManifest = z.infer<typeof modelManifestSchema>;

/** One reviewed document of a frozen snapshot: all that training needs beside its text. */
export const snapshotRowSchema = z.object({
  documentId: z.string(),
  textSha256: z.string(),
  at: z.string(),
  /** Full codes, primary first. */
  tasks: z.array(z.string()),
  categories: z.array(z.string()),
  /** Tasks that count neither way: the version of the catalogue that was reviewed with did not have them. */
  undecided: z.array(z.string()).optional(),
});

/** Rows sorted by documentId. Held-out documents (the golden part) are not in it. */
export const snapshotSchema = z.object({
  catalogueId: z.string(),
  catalogueVersion: z.int().min(1),
  rows: z.array(snapshotRowSchema),
});
export type SnapshotRow = z.infer<typeof snapshotRowSchema>;
export type Snapshot = z.infer<typeof snapshotSchema>;

export const MODEL_FILES = [
  'manifest.json',
  'artefact.json',
  'snapshot.json',
  'metrics.json',
] as const;
export type ModelFile = (typeof MODEL_FILES)[number];
