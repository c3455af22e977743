import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  folderDownloads,
  folderUploads,
  verifyDownload,
  verifyUpload,
} from '../../../shared/adapters/local/folder-desks.ts';
import { refusedKind } from '../../contracts/refused-kind.ts';

const origin = 'http://127.0.0.1:8087';
const secret = randomBytes(32);
const at = (time: string) => ({ origin, secret, clock: { now: () => time } });
const noon = at('2026-03-01T12:00:00.000Z');
const upload = { key: '收件/通知 & 1%.docx', bytes: 1234, contentType: 'application/pdf' };
const ref = { bucket: 'inbox', key: '收件/通知.docx', versionId: 'v1' };
const tokenOf = (url: string): string => url.slice(url.lastIndexOf('/') + 1);

test('an upload ticket says where and until when, and its token allows exactly what was asked', async () => {
  const ticket = await folderUploads(noon).ticket(upload);
  expect(ticket).toMatchObject({
    method: 'PUT',
    key: upload.key,
    headers: { 'content-type': 'application/pdf' },
    expiresAt: '2026-03-01T12:15:00.000Z',
  });
  expect(ticket.url).toMatch(/^http:\/\/127\.0\.0\.1:8087\/local\/uploads\/[\w.-]+$/u);
  expect(verifyUpload(noon, tokenOf(ticket.url))).toEqual({
    ok: true,
    value: { use: 'upload', ...upload, expiresAt: '2026-03-01T12:15:00.000Z' },
  });
});

test('a link stops at its minute', async () => {
  const { url } = await folderUploads(noon).ticket(upload);
  const link = await folderDownloads(noon).link(ref, '通知.docx');
  expect(verifyUpload(at('2026-03-01T12:14:59.999Z'), tokenOf(url)).ok).toBe(true);
  expect(refusedKind(verifyUpload(at('2026-03-01T12:15:00.000Z'), tokenOf(url)))).toBe(
    'NOT_ALLOWED',
  );
  const opened = verifyDownload(at('2026-03-01T12:04:59.999Z'), tokenOf(link));
  expect(opened).toMatchObject({ ok: true, value: { ref, fileName: '通知.docx' } });
  expect(refusedKind(verifyDownload(at('2026-03-01T12:05:00.000Z'), tokenOf(link)))).toBe(
    'NOT_ALLOWED',
  );
});

test('a link of one use does not serve the other, nor one of another installation', async () => {
  const { url } = await folderUploads(noon).ticket(upload);
  const link = await folderDownloads(noon).link(ref, 'a');
  expect(refusedKind(verifyDownload(noon, tokenOf(url)))).toBe('NOT_ALLOWED');
  expect(refusedKind(verifyUpload(noon, tokenOf(link)))).toBe('NOT_ALLOWED');
  const other = { ...noon, secret: randomBytes(32) };
  expect(refusedKind(verifyUpload(other, tokenOf(url)))).toBe('NOT_ALLOWED');
});

test('a token with any character changed, and any other text, is refused and never a fault', async () => {
  const token = tokenOf((await folderUploads(noon).ticket(upload)).url);
  const body = Buffer.from(
    JSON.stringify({ ...upload, bytes: 9, use: 'upload', expiresAt: '2999' }),
  );
  const [, signature = ''] = token.split('.');
  const forged = [`${body.toString('base64url')}.${signature}`, `${token}.x`, signature, '.', ''];
  for (const each of forged) expect(refusedKind(verifyUpload(noon, each))).toBe('NOT_ALLOWED');
  fc.assert(
    fc.property(
      fc.nat({ max: token.indexOf('.') - 1 }),
      fc.constantFrom('A', 'z', '0'),
      (place, mark) => {
        fc.pre(token[place] !== mark);
        const changed = token.slice(0, place) + mark + token.slice(place + 1);
        return !verifyUpload(noon, changed).ok;
      },
    ),
  );
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (any) => !verifyUpload(noon, any).ok));
});

test('a short secret signs nothing', async () => {
  const weak = { ...noon, secret: randomBytes(31) };
  await expect(folderUploads(weak).ticket(upload)).rejects.toThrow(/32 bytes/u);
});
