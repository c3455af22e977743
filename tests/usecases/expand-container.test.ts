import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { zipSync } from 'fflate';
import { beforeAll, expect, test } from 'vitest';
import type { DocumentRecord } from '../../shared/domain/document.ts';
import { keyProblem } from '../../shared/domain/object-key.ts';
import { childKey, originOf } from '../../shared/usecases/child-key.ts';
import { extractDocument } from '../../shared/usecases/extract-document.ts';
import { aNotice, type LocalHome, localHome } from '../making/local-home.ts';

let local: LocalHome;

beforeAll(async () => {
  local = await localHome();
});

const text = (words: string): Uint8Array => new TextEncoder().encode(words);

const notice = (number: number): Uint8Array =>
  text(aNotice({ number: `南云办〔2021〕${number}号` }));

const childrenOf = async ({ children }: DocumentRecord): Promise<DocumentRecord[]> => {
  const found = await Promise.all(
    children.map(({ documentId }) =>
      documentId === null ? null : local.services.documents.get(documentId),
    ),
  );
  return found.filter((record) => record !== null);
};

const mail = (body: string, attached: Uint8Array): Uint8Array =>
  text(
    [
      'From: a@example.cn',
      'Subject: =?utf-8?B?5YWz5LqO5oql6YCB5p2Q5paZ55qE6YCa55+l?=',
      'Date: Mon, 05 Jul 2021 09:00:00 +0800',
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary="b"',
      '',
      '--b',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from(body).toString('base64'),
      '--b',
      'Content-Type: application/octet-stream',
      'Content-Disposition: attachment; filename="notice.txt"',
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from(attached).toString('base64'),
      '--b--',
      '',
    ].join('\r\n'),
  );

test('an archive becomes a record of its own, and each file in it a document that is tagged', async () => {
  const record = await local.send(
    '材料.zip',
    zipSync({ '一/通知.txt': notice(301), '二.txt': notice(302), '空.txt': new Uint8Array() }),
  );
  expect(record).toMatchObject({ state: 'expanded', format: 'zip', parent: null, tags: [] });
  expect(record.children.map(({ name }) => name)).toEqual(['一/通知.txt', '二.txt', '空.txt']);
  const children = await childrenOf(record);
  expect(children.map(({ state, fileName }) => `${fileName} ${state}`)).toEqual([
    '通知.txt proposed',
    '二.txt proposed',
    '空.txt refused',
  ]);
  expect(children.every(({ parent }) => parent === record.documentId)).toBe(true);
  expect(children[0]?.tags.some(({ code }) => code === 'dh2021:T08')).toBe(true);
});

test('an archive delivered twice changes nothing', async () => {
  const first = await local.send('两遍.zip', zipSync({ 'a.txt': notice(303) }));
  const again = await extractDocument(local.services, {
    ref: first.source,
    uploadedAt: first.receivedAt,
  });
  expect(again).toMatchObject({ repeated: true, record: { revision: first.revision } });
});

test('an archive in an archive is opened, the one inside that is refused', async () => {
  const third = zipSync({ 'c.txt': notice(305) });
  const second = zipSync({ 'b.txt': notice(304), 'third.zip': third });
  const record = await local.send('套娃.zip', zipSync({ 'second.zip': second }));
  const [inner] = await childrenOf(record);
  expect(inner?.state).toBe('expanded');
  const innermost = inner === undefined ? [] : await childrenOf(inner);
  expect(innermost.map(({ fileName, state, reason }) => [fileName, state, reason?.code])).toEqual([
    ['b.txt', 'proposed', undefined],
    ['third.zip', 'refused', 'ARCHIVE_LIMIT'],
  ]);
});

test('a mail is a document with its attachments as documents of their own', async () => {
  const record = await local.send('报送.eml', mail('各社区：请于7月9日前报送。', notice(306)));
  expect(record).toMatchObject({ state: 'proposed', format: 'eml' });
  expect(record.elements?.title?.value).toContain('关于报送材料的通知');
  const [child] = await childrenOf(record);
  expect(child).toMatchObject({ state: 'proposed', fileName: 'notice.txt' });
});

test('a mail with a secrecy mark is set aside and its attachments are not taken out', async () => {
  const record = await local.send('密.eml', mail('机密★1年\n内部安排', notice(307)));
  expect(record).toMatchObject({ state: 'quarantined', children: [] });
});

test('a secret file in an archive is set aside alone', async () => {
  const record = await local.send(
    '混.zip',
    zipSync({ '密件.txt': text(`机密★1年\n\n${aNotice()}`), '平件.txt': notice(308) }),
  );
  const children = await childrenOf(record);
  expect(children.map(({ state }) => state)).toEqual(['quarantined', 'proposed']);
});

test('a newer archive under the same key supersedes the older one with all that came out of it', async () => {
  const older = await local.send('月报.zip', zipSync({ 'a.txt': notice(309) }));
  const newer = await local.send('月报.zip', zipSync({ 'a.txt': notice(310) }));
  const [before] = await childrenOf(
    (await local.services.documents.get(older.documentId)) ?? older,
  );
  expect((await local.services.documents.get(older.documentId))?.state).toBe('superseded');
  expect(before).toMatchObject({ state: 'superseded', supersededBy: newer.documentId });
  expect((await childrenOf(newer)).map(({ state }) => state)).toEqual(['proposed']);
});

test('the original of a file out of an archive is kept as it was', async () => {
  const record = await local.send('原件.zip', zipSync({ '件.txt': notice(311) }));
  const [child] = await childrenOf(record);
  const path = join(local.home, child?.source.bucket ?? '', child?.source.key ?? '');
  expect(new Uint8Array(await readFile(path))).toEqual(notice(311));
});

test('whatever a file in a container is called, its key is allowed and says where it came from', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 300 }),
      fc.nat(499),
      (name, at) => {
        const key = childKey('a'.repeat(32), 2, { at, name });
        expect(keyProblem(key)).toBeNull();
        expect(originOf(key)).toEqual({ parent: 'a'.repeat(32), depth: 2 });
      },
    ),
  );
  expect(originOf('uploads/2021-07-05/abcd/通知.txt')).toEqual({ parent: null, depth: 0 });
});
