/** Reads S3 notifications out of queue messages. */
import * as z from 'zod';
import type { Upload } from '../../shared/usecases/extract-document.ts';

const notificationSchema = z.object({
  Records: z.array(
    z.object({
      eventName: z.string(),
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

const envelopeSchema = z.union([
  z.object({ Type: z.string(), Message: z.string() }).transform(() => 'SNS'),
  z.object({ 'detail-type': z.string() }).transform(() => 'EventBridge'),
]);

/** A fault whose name, which is all that is logged of it, tells the operator what came instead. */
const strange = (content: unknown, cause: unknown): Error => {
  const envelope = envelopeSchema.safeParse(content);
  const what = envelope.success ? `${envelope.data} message` : 'message of unknown shape';
  const fault = new Error(`The queue takes S3 notifications as S3 sends them, not a ${what}`, {
    cause,
  });
  fault.name = envelope.success ? `NotS3But${envelope.data}` : 'NotAnS3Notification';
  return fault;
};

const CREATED = /^(?:s3:)?ObjectCreated:/u;

/**
 * Uploads named by one queue message; deletions and other news of an object, folder markers and the test event of a new
 * notification give none. Throws on anything else.
 */
export const uploadsOf = (body: string): readonly Upload[] => {
  const content: unknown = JSON.parse(body);
  if (testEventSchema.safeParse(content).success) return [];
  const notification = notificationSchema.safeParse(content);
  if (!notification.success) throw strange(content, notification.error);
  return notification.data.Records.flatMap(({ eventName, eventTime, s3: { bucket, object } }) => {
    const key = decodeKey(object.key);
    const isFolder = key.endsWith('/') && (object.size ?? 0) === 0;
    if (!CREATED.test(eventName) || isFolder) return [];
    const ref = { bucket: bucket.name, key, versionId: object.versionId ?? '' };
    return [{ ref, uploadedAt: new Date(eventTime).toISOString() }];
  });
};
