/** Reads S3 notifications out of queue messages. */
import * as z from 'zod';
import type { Upload } from '../../shared/usecases/extract-document.ts';

const notificationSchema = z.object({
  Records: z.array(
    z.object({
      eventTime: z.iso.datetime(),
      s3: z.object({
        bucket: z.object({ name: z.string().min(1) }),
        object: z.object({
          key: z.string().min(1),
          size: z.number().optional(),
          versionId: z.string().optional(),
        }),
      }),
    }),
  ),
});

const testEventSchema = z.object({ Event: z.literal('s3:TestEvent') });

/** S3 writes keys as in a query string: blanks as +, the rest percent-encoded UTF-8. A key that cannot be decoded is kept as it is. */
export const decodeKey = (encoded: string): string => {
  try {
    return decodeURIComponent(encoded.replaceAll('+', ' '));
  } catch {
    return encoded;
  }
};

/** Uploads named by one queue message; folder markers and the test event of a new notification give none. Throws on anything else. */
export const uploadsOf = (body: string): readonly Upload[] => {
  const content: unknown = JSON.parse(body);
  if (testEventSchema.safeParse(content).success) return [];
  return notificationSchema
    .parse(content)
    .Records.flatMap(({ eventTime, s3: { bucket, object } }) => {
      const key = decodeKey(object.key);
      if (key.endsWith('/') && (object.size ?? 0) === 0) return [];
      const ref = { bucket: bucket.name, key, versionId: object.versionId ?? '' };
      return [{ ref, uploadedAt: new Date(eventTime).toISOString() }];
    });
};
