/** A catalogue is a 任务分解表 read into numbered tasks, plus what an office adds to tell them apart. */
import * as z from 'zod';

export const taskSchema = z.object({
  /** `<catalogueId>:T06`; the short code is what follows the colon. */
  code: z.string().regex(/^[\w-]+:T\d{2,4}(?:\.\d+)?$/u),
  number: z.int().min(1),
  title: z.string().min(1),
  requirement: z.string(),
  /** Section headings above the task, outermost first. */
  sectionPath: z.array(z.string()),
  leadUnits: z.array(z.string()),
  responsibleUnits: z.array(z.string()),
  deadline: z.string().nullable(),
  scope: z.string(),
  typicalEvidence: z.array(z.string()),
  notThis: z.array(z.string()),
});
export type Task = z.infer<typeof taskSchema>;

/** What an office says of a disclosure category instead of the scheme. */
const categoryWordsSchema = z.object({
  /** C, E or P code of the scheme. */
  code: z.string().regex(/^[CEP]\d{2}$/u),
  scope: z.string(),
  typicalEvidence: z.array(z.string()),
  notThis: z.array(z.string()),
});

export const catalogueSchema = z.object({
  catalogueId: z.string().regex(/^[a-z][a-z0-9-]{1,39}$/u),
  version: z.int().min(1),
  title: z.string(),
  issuer: z.string(),
  documentNumber: z.string().nullable(),
  year: z.int().min(1990).max(2100).nullable(),
  tasks: z.array(taskSchema).min(1),
  /** Categories whose words an office has changed for itself; the others are as the scheme says. */
  categories: z.array(categoryWordsSchema).optional(),
  /** The version whose words were edited to make this one; absent where a whole table was imported or saved. */
  editOf: z.int().min(1).optional(),
});
export type Catalogue = z.infer<typeof catalogueSchema>;

/** T06 of dh2021:T06. */
export const shortCode = (code: string): string => code.slice(code.indexOf(':') + 1);
