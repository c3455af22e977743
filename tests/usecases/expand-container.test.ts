import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { zipSync } from 'fflate';
import { beforeAll, expect, test } from 'vitest';
import { storeOriginal } from '../../shared/adapters/local/folder-objects.ts';
import type { DocumentRecord } from '../../shared/domain/document.ts';
import { keyProblem } from '../../shared/domain/object-key.ts';
import type { ChildFile } from '../../shared/ports.ts';
import { childKey, originOf } from '../../shared/usecases/child-key.ts';
import { documentIdOf, sha256Of } from '../../shared/usecases/document-identity.ts';
import { extractDocument, type Upload } from '../../shared/usecases/extract-document.ts';
import { maskedRecord } from '../../shared/usecases/mask-document.ts';
import { linkOriginal } from '../../shared/usecases/show-document.ts';
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

/** As a bucket does: a file out of a container is told of later, in `due`. */
const toldLater = (due: Upload[]) => ({
  ...local.services,
  children: {
    keep: async (_bucket: string, { key, bytes, uploadedAt }: ChildFile) => {
      const stored = await storeOriginal(local.home, { bucket: 'uploads', key }, bytes);
      if (!stored.ok) throw new Error(stored.error.kind);
      due.push({ ref: stored.value, uploadedAt });
      return stored.value;
    },
  },
});

/** A version of an archive under one key of the inbox. */
const archiveOf = async (key: string, members: Record<string, Uint8Array>, day: number) => {
  const bytes = zipSync(members);
  await writeFile(join(local.home, 'inbox', key), bytes);
  const ref = { bucket: 'inbox', key, versionId: sha256Of(bytes) };
  return { ref, uploadedAt: `2021-07-0${day}T00:00:00.000Z` };
};

test('a file out of an archive that was superseded before it was told of does not stand', async () => {
  const due: Upload[] = [];
  const services = toldLater(due);
  const key = '迟到.zip';
  const inner = zipSync({ '内.txt': notice(321) });
  const older = await archiveOf(key, { 'a.txt': notice(320), 'b.zip': inner }, 1);
  await extractDocument(services, older);
  const newer = await archiveOf(key, { 'a.txt': notice(322) }, 2);
  await extractDocument(services, newer);
  for (let next = due.shift(); next !== undefined; next = due.shift())
    await extractDocument(services, next);
  await local.services.idle();
  const record = async (id: string) => {
    const found = await local.services.documents.get(id);
    if (found === null) throw new Error('lost');
    return found;
  };
  const [before, after] = [
    await record(documentIdOf(older.ref)),
    await record(documentIdOf(newer.ref)),
  ];
  expect(before).toMatchObject({ state: 'superseded', supersededBy: after.documentId });
  const late = await childrenOf(before);
  expect(late.map(({ state, supersededBy }) => [state, supersededBy])).toEqual([
    ['superseded', after.documentId],
    ['superseded', after.documentId],
  ]);
  const [, archive] = late;
  if (archive === undefined) throw new Error('no inner archive');
  expect((await childrenOf(archive)).map(({ state }) => state)).toEqual(['superseded']);
  expect((await childrenOf(after)).map(({ state }) => state)).toEqual(['proposed']);
});

test('a key that names a container gives an upload no parent, and does not go when that container does', async () => {
  const older = await local.send('真.zip', zipSync({ 'a.txt': notice(323) }));
  const forged = await local.send(`expanded/${older.documentId}/1/007/假.txt`, notice(324));
  expect(forged).toMatchObject({ state: 'proposed', parent: null });
  await local.send('真.zip', zipSync({ 'a.txt': notice(325) }));
  await extractDocument(local.services, { ref: forged.source, uploadedAt: forged.receivedAt });
  const again = await local.send(`expanded/${older.documentId}/1/007/假.txt`, notice(326));
  expect(again).toMatchObject({ state: 'proposed', parent: null });
});

test('the original of a mail is closed while a file in it is secret or was not screened', async () => {
  const secret = await local.send(
    '附密件.eml',
    mail('各社区：请阅附件。', text(`机密★1年\n\n${aNotice()}`)),
  );
  expect(secret.state).toBe('proposed');
  expect((await linkOriginal(local.services, secret.documentId)).ok).toBe(false);
  const unread = await local.send(
    '附坏件.eml',
    mail('各社区：请阅附件，另行通知。', new Uint8Array([0x50, 0x4b, 3, 4, 1])),
  );
  expect((await linkOriginal(local.services, unread.documentId)).ok).toBe(false);
  const plain = await local.send('附平件.eml', mail('各社区：请阅附件一。', notice(327)));
  expect((await linkOriginal(local.services, plain.documentId)).ok).toBe(true);
  const archive = await local.send('平.zip', zipSync({ '平.txt': notice(328) }));
  expect((await linkOriginal(local.services, archive.documentId)).ok).toBe(true);
});

test('numbers of people in the names of files in a container are hidden, and no reason repeats a name', async () => {
  const name = '身份证110101199003070177.txt';
  const bytes = zipSync({ [name]: notice(329), '好.txt': notice(330) });
  const at = Buffer.from(bytes).indexOf('PK\u0001\u0002');
  // The checksum of the first file no longer holds: it cannot be taken out.
  bytes.set([1, 2, 3, 4], at + 16);
  const record = await local.send('名.zip', bytes);
  expect(record.children.find(({ documentId }) => documentId === null)).toMatchObject({ name });
  expect(JSON.stringify(maskedRecord(record))).not.toContain('110101199003070177');
});

test.each(['【机密】安排.txt', '机密★1年 安排.txt', '（秘密）安排.zip'])(
  'a file whose name bears a secrecy mark is set aside unopened, also in an archive: %s',
  async (name) => {
    const direct = await local.send(name, notice(331));
    expect(direct).toMatchObject({ state: 'quarantined', textSha256: null, children: [] });
    const outer = await local.send(`外${name.length}.zip`, zipSync({ [name]: notice(332) }));
    expect((await childrenOf(outer)).map(({ state }) => state)).toEqual(['quarantined']);
  },
);

test('a name that speaks of secrets bears no mark', async () => {
  const record = await local.send('机密文件管理办法（秘密载体）.txt', notice(333));
  expect(record.state).toBe('proposed');
});
