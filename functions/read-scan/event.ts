/** Reads the id of the document to read as a scan out of a queue message. */
import * as z from 'zod';

const messageSchema = z.object({ documentId: z.string().regex(/^[0-9a-f]{32}$/u) });

/** Throws on anything else. */
export const documentIdIn = (body: string): string =>
  messageSchema.parse(JSON.parse(body)).documentId;
