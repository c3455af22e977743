import { randomUUID } from 'node:crypto';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { s3Downloads, s3Uploads } from '../../../shared/adapters/aws/s3-desks.ts';
import { s3Objects } from '../../../shared/adapters/aws/s3-objects.ts';
import { fauxqsEndpoint } from '../../servers/available.ts';
import { s3Client, s3SigningClient } from '../../servers/clients.ts';

const endpoint = await fauxqsEndpoint();
const client = s3SigningClient(endpoint);
const clock = { now: () => new Date().toISOString() };

const freshBucket = async (): Promise<string> => {
  const Bucket = `desk-${randomUUID()}`;
  await client.send(new CreateBucketCommand({ Bucket }));
  return Bucket;
};

test('what is sent to an upload link with its headers is stored under its key', async () => {
  const bucket = await freshBucket();
  const content = Buffer.from('关于公开工作的通知');
  const upload = { key: '收件/通知 & 1%+2.txt', bytes: content.length, contentType: 'text/plain' };
  const ticket = await s3Uploads(client, bucket, clock).ticket(upload);
  const { method, headers } = ticket;
  const answer = await fetch(ticket.url, { method, headers, body: content });
  expect(answer.status).toBe(200);
  const stored = await s3Objects(client).read({ bucket, key: upload.key, versionId: '' }, 1000);
  expect(stored?.ok === true && Buffer.from(stored.value).equals(content)).toBe(true);
});

test('an upload link is bound to size, type and a quarter of an hour, and carries no checksum of an empty body', async () => {
  const fixed = { now: () => '2026-03-01T12:00:00.000Z' };
  const upload = { key: 'a.pdf', bytes: 12, contentType: 'application/pdf' };
  const ticket = await s3Uploads(client, 'any', fixed).ticket(upload);
  const { searchParams } = new URL(ticket.url);
  const signed = searchParams.get('X-Amz-SignedHeaders')?.split(';');
  expect(signed).toEqual(['content-length', 'content-type', 'host']);
  expect(searchParams.get('X-Amz-Expires')).toBe('900');
  expect(searchParams.get('X-Amz-Date')).toBe('20260301T120000Z');
  expect(ticket.expiresAt).toBe('2026-03-01T12:15:00.000Z');
  expect(ticket.headers).toEqual({ 'content-type': 'application/pdf' });
  expect([...searchParams.keys()].filter((name) => /checksum|crc/iu.test(name))).toEqual([]);
  const larger = await s3Uploads(client, 'any', fixed).ticket({ ...upload, bytes: 13 });
  const signature = (url: string) => new URL(url).searchParams.get('X-Amz-Signature');
  expect(signature(larger.url)).not.toBe(signature(ticket.url));
});

test('a client that would sign the checksum of an empty body makes no upload link', async () => {
  const desk = s3Uploads(s3Client(endpoint), 'any', clock);
  const ticket = desk.ticket({ key: 'a', bytes: 1, contentType: 'text/plain' });
  await expect(ticket).rejects.toThrow(/WHEN_REQUIRED/u);
});

test('a link to an original opens it as a file of its name, for five minutes, in its version', async () => {
  const ref = { bucket: 'any', key: '收件/通知.docx', versionId: 'v7' };
  const { searchParams } = new URL(await s3Downloads(client).link(ref, "通知'(1)*\r\n.docx"));
  expect(searchParams.get('versionId')).toBe('v7');
  expect(searchParams.get('X-Amz-Expires')).toBe('300');
  expect(searchParams.get('response-content-type')).toBe('application/octet-stream');
  expect(searchParams.get('response-content-disposition')).toBe(
    "attachment; filename*=UTF-8''%E9%80%9A%E7%9F%A5%27%281%29%2A%0D%0A.docx",
  );
});

test('a link to an original without versions fetches it', async () => {
  const bucket = await freshBucket();
  const key = '通知.txt';
  const ticket = await s3Uploads(client, bucket, clock).ticket({
    key,
    bytes: 3,
    contentType: 'text/plain',
  });
  await fetch(ticket.url, { method: 'PUT', headers: ticket.headers, body: 'abc' });
  const link = await s3Downloads(client).link({ bucket, key, versionId: '' }, key);
  expect(await (await fetch(link)).text()).toBe('abc');
});
