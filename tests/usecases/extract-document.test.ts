import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { resume } from '../../functions/local/take-in.ts';
import { firstChange } from '../../shared/usecases/advance-document.ts';
import { classifyDocument } from '../../shared/usecases/classify-document.ts';
import { documentIdOf, sha256Of } from '../../shared/usecases/document-identity.ts';
import { extractDocument } from '../../shared/usecases/extract-document.ts';
import { rerunDocument } from '../../shared/usecases/rerun-document.ts';
import { aNotice, type LocalHome, localHome } from '../making/local-home.ts';

let local: LocalHome;

beforeAll(async () => {
  local = await localHome();
});

const filesBelow = async (folder: string): Promise<string[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
};

test('an upload becomes a proposal whose every tag quotes the stored text', async () => {
  const record = await local.send('通知/高龄津贴公示.txt', aNotice());
  expect(record).toMatchObject({
    state: 'proposed',
    fileName: '高龄津贴公示.txt',
    format: 'txt',
    reason: null,
  });
  expect(record.elements?.documentNumber?.value.normalised).toBe('南云办〔2021〕8号');
  expect(record.elements?.date?.value).toBe('2021-07-05');
  expect(record.tags.filter((tag) => tag.scheme === 'task').map((tag) => tag.code)).toContain(
    'dh2021:T08',
  );
  const text = await local.services.texts.read(record.documentId, record.textSha256 ?? '');
  expect(text).not.toBeNull();
  for (const tag of record.tags) {
    expect(tag.evidence.length).toBeGreaterThan(0);
    for (const { start, end, quote } of tag.evidence)
      expect(text?.text.slice(start, end)).toBe(quote);
  }
  expect(record.versions).toMatchObject({ catalogue: 'dh2021@1', text: record.textSha256 });
});

test('the same event twice, and again after classification, yields one record and no new event', async () => {
  const first = await local.send('重复.txt', aNotice({ number: '南云办〔2021〕9号' }));
  const upload = { ref: first.source, uploadedAt: first.receivedAt };
  const again = await Promise.all([
    extractDocument(local.services, upload),
    extractDocument(local.services, upload),
  ]);
  expect(again.every(({ repeated }) => repeated)).toBe(true);
  expect((await classifyDocument(local.services, first.documentId)).repeated).toBe(true);
  const { rows } = await local.services.documents.events(first.documentId, {
    limit: 50,
    after: null,
  });
  expect(rows.map(({ kind }) => kind)).toEqual(['received', 'extracted', 'proposed']);
});

test('an upload that was received when the process died goes on from there', async () => {
  const content = aNotice({ number: '南云办〔2021〕10号' });
  const ref = { bucket: 'inbox', key: '中断.txt', versionId: sha256Of(content) };
  const { record, ...change } = firstChange({ ref, uploadedAt: '2021-07-06T00:00:00.000Z' }, null, {
    to: 'received',
    at: '2021-07-06T00:00:00.000Z',
    actor: 'system',
  });
  await local.services.documents.apply({ record, ...change });
  const { writeFile } = await import('node:fs/promises');
  await writeFile(join(local.home, 'inbox', '中断.txt'), content);
  expect(await resume(local.services)).toBeGreaterThan(0);
  await local.services.idle();
  expect((await local.services.documents.get(record.documentId))?.state).toBe('proposed');
});

test.each([
  ['空.docx', new Uint8Array(), 'EMPTY_FILE'],
  ['乱码.docx', new Uint8Array([1, 2, 3, 0, 255, 254, 9, 8, 7, 0, 1, 200]), 'UNKNOWN_FORMAT'],
  ['残缺.docx', new Uint8Array([0x50, 0x4b, 3, 4, 20, 0, 0, 0, 8, 0]), 'DAMAGED'],
])(
  '%s is refused with its reason in both languages and the next file goes on',
  async (key, bytes, code) => {
    const record = await local.send(key, bytes);
    expect(record).toMatchObject({ state: 'refused', reason: { code } });
    expect(record.reason?.zh).toMatch(/[\u4e00-\u9fff]/u);
    expect(record.reason?.en).toMatch(/[a-z]/u);
    expect((await local.send('后一件.txt', aNotice({ number: '南云办〔2021〕11号' }))).state).toBe(
      'proposed',
    );
  },
);

test.each([
  '../外面.txt',
  '/绝对.txt',
  'a/../../b.txt',
  'a\\b.txt',
  'nul\u0000.txt',
  '断\ud800.txt',
])('the key %j is refused and stays visible', async (key) => {
  const ref = { bucket: 'inbox', key, versionId: '' };
  const { record } = await extractDocument(local.services, {
    ref,
    uploadedAt: '2021-07-06T00:00:00.000Z',
  });
  expect(record).toMatchObject({ state: 'refused', reason: { code: 'BAD_KEY' } });
  expect((await local.services.documents.get(documentIdOf(ref)))?.state).toBe('refused');
});

test('a key that is no text stays refused after a rerun, in its one record', async () => {
  const ref = { bucket: 'inbox', key: '断\udc00尾.txt', versionId: '' };
  const { record } = await extractDocument(local.services, {
    ref,
    uploadedAt: '2021-07-06T00:00:00.000Z',
  });
  expect(record.source.key.isWellFormed()).toBe(true);
  const rerun = await rerunDocument(local.services, record.documentId, 'operator-1');
  expect(rerun.ok && rerun.value).toMatchObject({
    documentId: record.documentId,
    state: 'refused',
    revision: 4,
  });
  const same = await local.services.documents.byKey('inbox', record.source.key);
  expect(same.map(({ documentId }) => documentId)).toEqual([record.documentId]);
});

test('a file that is gone when its event arrives is refused, and read after a rerun once it is back', async () => {
  const content = aNotice({ number: '南云办〔2021〕12号' });
  const ref = { bucket: 'inbox', key: '后补.txt', versionId: sha256Of(content) };
  const { record } = await extractDocument(local.services, {
    ref,
    uploadedAt: '2021-07-06T00:00:00.000Z',
  });
  expect(record.reason?.code).toBe('OBJECT_GONE');
  const { writeFile } = await import('node:fs/promises');
  await writeFile(join(local.home, 'inbox', '后补.txt'), content);
  const rerun = await rerunDocument(local.services, record.documentId, 'operator-1');
  expect(rerun.ok && rerun.value.state).toBe('extracted');
  await local.services.idle();
  const { rows } = await local.services.documents.events(record.documentId, {
    limit: 50,
    after: null,
  });
  expect(rows.map(({ kind, actor }) => `${kind} ${actor}`)).toEqual([
    'received system',
    'refused system',
    'rerun operator-1',
    'extracted system',
    'proposed system',
  ]);
});

test('a 密级 mark quarantines: nothing but hash, key and reason is kept anywhere', async () => {
  const secret = '磐石行动方案第七套口令为青松';
  const record = await local.send(
    '涉密.txt',
    `机密★1年\n\n南云办〔2021〕13号\n\n关于印发有关方案的通知\n\n各科室：\n${secret}。\n云溪街道办事处\n2021年7月8日\n`,
  );
  expect(record).toMatchObject({
    state: 'quarantined',
    reason: { code: 'SECRET_MARK' },
    elements: null,
    textSha256: null,
    tags: [],
  });
  expect(record.sha256).toMatch(/^[0-9a-f]{64}$/u);
  expect(JSON.stringify(record)).not.toContain('方案的通知');
  await rm(join(local.home, 'inbox', '涉密.txt'));
  for (const path of await filesBelow(local.home)) {
    expect((await readFile(path)).includes(secret), path).toBe(false);
    expect((await readFile(path)).includes('有关方案'), path).toBe(false);
  }
  expect((await rerunDocument(local.services, record.documentId, 'operator-1')).ok).toBe(false);
});

test('a newer version of a key supersedes the older one, in whatever order their events arrive', async () => {
  const { services } = local;
  const { mkdir, writeFile } = await import('node:fs/promises');
  await mkdir(join(services.home, 'inbox'), { recursive: true });
  const versions = ['一', '二'].map((mark) =>
    aNotice({
      number: '南云办〔2021〕14号',
      body: `第${mark}稿。现将高龄津贴发放情况公示，发放金额63000元。`,
    }),
  );
  const records = [];
  for (const at of [1, 0]) {
    const content = versions[at] ?? '';
    await writeFile(join(services.home, 'inbox', '换版.txt'), content);
    const ref = { bucket: 'inbox', key: '换版.txt', versionId: sha256Of(content) };
    records.unshift(
      (await extractDocument(services, { ref, uploadedAt: `2021-07-0${at + 1}T00:00:00.000Z` }))
        .record,
    );
    await services.idle();
  }
  const [older, newer] = await Promise.all(
    records.map(({ documentId }) => services.documents.get(documentId)),
  );
  expect(older).toMatchObject({ state: 'superseded', supersededBy: newer?.documentId });
  expect(newer?.state).toBe('proposed');
});

test('an unreadable new version leaves the readable one standing', async () => {
  const good = await local.send('坏新版.txt', aNotice({ number: '南云办〔2021〕15号' }));
  const bad = await local.send('坏新版.txt', '');
  expect(bad.state).toBe('refused');
  expect((await local.services.documents.get(good.documentId))?.state).toBe('proposed');
});

test('the same bytes under two keys are linked, not hidden', async () => {
  const content = aNotice({ number: '南云办〔2021〕16号' });
  const one = await local.send('甲.txt', content);
  const two = await local.send('乙.txt', content);
  expect(two).toMatchObject({ state: 'proposed', sameBytesAs: [one.documentId] });
});

test('logs of a whole run hold no title, number or name of a document', () => {
  const lines = local.log.join('\n');
  expect(lines).toContain('DOCUMENT_CLASSIFIED');
  expect(lines).not.toMatch(/[\u4e00-\u9fff]/u);
});
