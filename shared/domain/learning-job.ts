/** A learning job as it travels through a queue. */
import * as z from 'zod';
import { releaseSchema } from './release.ts';

export const learningJobSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('train'),
    catalogueId: releaseSchema.shape.catalogueId,
    actor: z.string().min(1),
  }),
  z.object({
    kind: z.literal('judge'),
    /** As `releaseIdOf` makes it. */
    releaseId: z.string().regex(/^[a-z][a-z0-9-]{1,39}\.\d{1,7}\.[A-Za-z0-9-]{1,80}$/u),
  }),
]);
