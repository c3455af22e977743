import fc from 'fast-check';
import { expect, test } from 'vitest';
import { documentIdIn } from '../../../functions/classify-document/event.ts';
import { decodeKey, uploadsOf } from '../../../functions/extract-text/event.ts';

/** As S3 writes it. */
const encoded = (key: string): string =>
  encodeURIComponent(key).replaceAll('%20', '+').replaceAll('%2F', '/');

const notification = (key: string, object: Record<string, unknown> = {}): string =>
  JSON.stringify({
    Records: [
      {
        eventVersion: '2.1',
        eventSource: 'aws:s3',
        awsRegion: 'cn-north-1',
        eventTime: '2021-06-29T01:02:03.456Z',
        eventName: 'ObjectCreated:Put',
        s3: {
          s3SchemaVersion: '1.0',
          bucket: { name: 'uploads' },
          object: { key, size: 5, versionId: 'v1', sequencer: '00', ...object },
        },
      },
    ],
  });

test('a notification with a Chinese key, blanks and signs gives exactly that key', () => {
  const key = '上传/关于 印发《方案+要点》的通知（1）.docx';
  expect(uploadsOf(notification(encoded(key)))).toEqual([
    { ref: { bucket: 'uploads', key, versionId: 'v1' }, uploadedAt: '2021-06-29T01:02:03.456Z' },
  ]);
});

test('every key comes back from the way S3 writes it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (key) => {
      expect(decodeKey(encoded(key))).toBe(key);
    }),
  );
});

test('a key that cannot be decoded is kept, so that the file is not lost from sight', () => {
  expect(uploadsOf(notification('%E4%B8')).map(({ ref }) => ref.key)).toEqual(['%E4%B8']);
});

test('a bucket without versions gives an empty version; folder markers and the test event give nothing', () => {
  expect(uploadsOf(notification('a.txt', { versionId: undefined }))[0]?.ref.versionId).toBe('');
  expect(uploadsOf(notification('folder/', { size: 0 }))).toEqual([]);
  expect(
    uploadsOf(
      JSON.stringify({
        Service: 'Amazon S3',
        Event: 's3:TestEvent',
        Time: '2021-06-29T01:02:03.456Z',
        Bucket: 'uploads',
      }),
    ),
  ).toEqual([]);
});

test('a deletion, and any other news of an object than its creation, makes no document', () => {
  const { Records } = JSON.parse(notification('a.txt'));
  for (const eventName of [
    'ObjectRemoved:Delete',
    'ObjectRemoved:DeleteMarkerCreated',
    'LifecycleExpiration:Delete',
    'ObjectTagging:Put',
  ])
    expect(uploadsOf(JSON.stringify({ Records: [{ ...Records[0], eventName }] }))).toEqual([]);
  for (const eventName of ['ObjectCreated:Copy', 'ObjectCreated:CompleteMultipartUpload'])
    expect(uploadsOf(JSON.stringify({ Records: [{ ...Records[0], eventName }] }))).toHaveLength(1);
  expect(uploadsOf('{"Records":[]}')).toEqual([]);
});

test('a message wrapped by SNS or EventBridge is a fault that says so by its name', () => {
  const nameOf = (content: unknown): string => {
    try {
      uploadsOf(JSON.stringify(content));
    } catch (fault) {
      return fault instanceof Error ? fault.name : 'no error';
    }
    return 'none';
  };
  expect(nameOf({ Type: 'Notification', Message: notification('a.txt') })).toBe('NotS3ButSNS');
  expect(nameOf({ 'detail-type': 'Object Created', detail: {} })).toBe('NotS3ButEventBridge');
  expect(nameOf({ Records: 5 })).toBe('NotAnS3Notification');
  expect(nameOf(null)).toBe('NotAnS3Notification');
});

test('anything else is a fault, so that it ends among the dead letters and not in silence', () => {
  expect(() => uploadsOf('no json')).toThrow();
  expect(() => uploadsOf('{"Records":[{"s3":{}}]}')).toThrow();
  expect(() => documentIdIn('{"documentId":"../x"}')).toThrow();
  expect(documentIdIn(JSON.stringify({ documentId: 'a'.repeat(32) }))).toBe('a'.repeat(32));
});
