/** What lists show of a document: the record without tags, evidence and personal hits. */
import * as z from 'zod';
import { stateSchema } from './document.ts';
import { reasonSchema } from './refusal.ts';

export const documentSummarySchema = z.object({
  documentId: z.string(),
  revision: z.int(),
  state: stateSchema,
  reason: reasonSchema.nullable(),
  fileName: z.string(),
  title: z.string().nullable(),
  documentNumber: z.string().nullable(),
  receivedAt: z.string(),
  /** Review order: smaller comes first. */
  risk: z.int(),
  tasks: z.array(z.string()),
  category: z.string().nullable(),
  flags: z.array(z.string()),
});
type Row = z.infer<typeof documentSummarySchema>;
export interface DocumentSummary extends Readonly<Omit<Row, 'tasks' | 'flags'>> {
  readonly tasks: readonly string[];
  readonly flags: readonly string[];
}
