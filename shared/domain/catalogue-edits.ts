/** What an office changes of the words by which its tasks and categories are told apart. */
import * as z from 'zod';

const sentence = z.string().trim().max(2000);
const phrases = z.array(z.string().trim().min(1).max(300)).max(60);

/** What is absent stays as it is; an empty list or text takes away what was there. */
const editSchema = z.strictObject({
  /** Full or short code. */
  code: z.string().min(1).max(60),
  scope: sentence.optional(),
  typicalEvidence: phrases.optional(),
  notThis: phrases.optional(),
});
export type LabelEdit = z.infer<typeof editSchema>;

export const catalogueEditsSchema = z.strictObject({
  tasks: z.array(editSchema).max(1000),
  categories: z.array(editSchema).max(100),
});
export type CatalogueEdits = z.infer<typeof catalogueEditsSchema>;
