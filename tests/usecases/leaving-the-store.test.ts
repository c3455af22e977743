import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { type DocumentRecord, documentSchema } from '../../shared/domain/document.ts';
import { quoteOf } from '../../shared/domain/text.ts';
import { decideDocument } from '../../shared/usecases/decide-document.ts';
import { findDocuments } from '../../shared/usecases/find-documents.ts';
import {
  maskedQuote,
  maskedRecord,
  maskedSummary,
  maskedText,
} from '../../shared/usecases/mask-document.ts';
import { requestUpload } from '../../shared/usecases/request-upload.ts';
import { linkOriginal, showDocument, showEvents } from '../../shared/usecases/show-document.ts';
import { acceptAll } from '../making/accept-all.ts';
import { aNotice, type LocalHome, localHome } from '../making/local-home.ts';

/** Invented: region 99 does not exist; 139 0000 numbers are not given out. */
const ID = '990101195001011232';
const PHONE = '13900005678';
const PAGE = { limit: 100, after: null } as const;

let local: LocalHome;

beforeAll(async () => {
  local = await localHome();
});

test('numbers of people in file name, title and note are masked in record, lists and audit', async () => {
  const record = await local.send(
    `高龄津贴 ${ID} ${PHONE}.txt`,
    aNotice({ title: `云溪街道办事处关于${ID}高龄津贴发放情况的公示` }),
  );
  const decided = await decideDocument(local.services, {
    documentId: record.documentId,
    decision: { ...acceptAll(record), note: `本人来电${PHONE}，证件${ID}` },
    reviewer: 'reviewer-1',
  });
  expect(decided.ok).toBe(true);
  const shown = [
    await showDocument(local.services, record.documentId),
    await showEvents(local.services, record.documentId, PAGE),
    await findDocuments(local.services, { by: 'state', state: 'decided' }, PAGE),
    await findDocuments(local.services, { by: 'words', phrase: '高龄津贴' }, PAGE),
  ];
  for (const answer of shown) {
    expect(answer.ok).toBe(true);
    const text = JSON.stringify(answer);
    expect(text).not.toContain(ID);
    expect(text).not.toContain(PHONE);
    expect(text).toMatch(/99\*+232|139\*\*\*\*5678/u);
  }
});

test('a file name is searched as it is and shown masked, whatever the state', async () => {
  const record = await local.send(`${PHONE}的空件.txt`, '');
  const shown = await showDocument(local.services, record.documentId);
  expect(shown.ok && shown.value).toMatchObject({
    state: 'refused',
    fileName: '139****5678的空件.txt',
    source: { key: '139****5678的空件.txt' },
  });
});

test('a list of hundreds of people, hidden to its end, is still shown with its attribute', async () => {
  const people = Array.from({ length: 700 }, (_, n) => `居民${n}电话1390001${1000 + n}`).join('，');
  const record = await local.send('大名单.txt', aNotice({ body: `高龄津贴发放名单：${people}。` }));
  expect(record.flags).toContain('W_MANY_HITS');
  const shown = await showDocument(local.services, record.documentId);
  expect(JSON.stringify(shown)).not.toMatch(/1390001\d{4}/u);
  expect(shown.ok && shown.value.elements?.attributeNote?.value).toBe(
    record.elements?.attributeNote?.value,
  );
});

test('whatever is hidden, a shown record keeps the shape that the contract promises', async () => {
  const record = await local.send('形状.txt', aNotice({ number: '南云办〔2021〕61号' }));
  const length = record.characters ?? 0;
  fc.assert(
    fc.property(fc.nat(length), fc.nat(length), (a, b) => {
      const [start, end] = [Math.min(a, b), Math.max(a, b) + 1];
      const hit = { code: 'P_ID', masked: '****', start, end } as const;
      const shown = maskedRecord({ ...record, personal: [hit] });
      expect(documentSchema.safeParse(shown).success).toBe(true);
    }),
  );
});

test('a quote shows exactly what the masked text shows at its place', () => {
  const place = fc.record({
    start: fc.nat(60),
    length: fc.integer({ min: 1, max: 25 }),
    masked: fc.constantFrom('****', '138****1234', '35*************123', '云溪街道****'),
  });
  const text = '甲乙丙丁0123456789戊己庚辛ABCDEFGHIJ'.repeat(3);
  fc.assert(
    fc.property(fc.array(place, { maxLength: 6 }), fc.nat(50), fc.nat(30), (places, from, size) => {
      const hits = places
        .map(({ start, length, masked }) => ({
          code: 'P_ADDR' as const,
          start,
          end: start + length,
          masked,
        }))
        .sort((a, b) => a.start - b.start || b.end - a.end);
      const full = maskedText(text, hits);
      expect(full).toHaveLength(text.length);
      const end = Math.min(text.length, from + size + 1);
      expect(maskedQuote(quoteOf(text, from, end), hits).quote).toBe(full.slice(from, end));
    }),
  );
});

test('a long title that the store cut inside a number shows none of it in a list', () => {
  const title = `关于${'高龄津贴'.repeat(73)}的${ID}`.slice(0, 300);
  expect(title).toMatch(/99010$/u);
  const row = {
    documentId: 'a'.repeat(32),
    revision: 3,
    state: 'proposed',
    reason: null,
    fileName: '长题.txt',
    title,
    documentNumber: '南云办〔2021〕62号',
    receivedAt: '2021-07-06T00:00:00.000Z',
    risk: 1,
    tasks: [],
    category: null,
    flags: [],
  } as const;
  const shown = maskedSummary(row);
  expect(shown.title).toMatch(/的\*{4}$/u);
  expect(shown).toEqual({ ...row, title: shown.title });
});

test('an original is closed until it has been screened, and for good once it is quarantined', async () => {
  const secret = await local.send('密.txt', `机密★1年\n\n${aNotice()}`);
  expect(secret.state).toBe('quarantined');
  expect(await linkOriginal(local.services, secret.documentId)).toMatchObject({
    ok: false,
    error: { kind: 'WRONG_STATE' },
  });
  const open = await local.send('开.txt', aNotice({ number: '南云办〔2021〕63号' }));
  expect((await linkOriginal(local.services, open.documentId)).ok).toBe(true);
  const unscreened = {
    ...local.services,
    documents: {
      ...local.services.documents,
      get: async () => ({ ...open, state: 'received' as const }),
    },
  };
  expect(await linkOriginal(unscreened, open.documentId)).toMatchObject({
    ok: false,
    error: { kind: 'WRONG_STATE' },
  });
});

test('two files of one name sent the same day never supersede each other', async () => {
  const asked = { fileName: '通知.docx', bytes: 5, contentType: 'application/octet-stream' };
  const [one, two] = await Promise.all([
    requestUpload(local.services, asked),
    requestUpload(local.services, asked),
  ]);
  expect(one.ok && two.ok && one.value.key !== two.value.key).toBe(true);
  expect(one.ok && one.value.key).toMatch(/^uploads\/\d{4}-\d{2}-\d{2}\/[0-9a-f]{8}\/通知\.docx$/u);
});

const run = promisify(execFile);

test('the same bytes give the same answer in two processes and in two stores, times apart', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gongkai-same-'));
  const path = join(folder, '同文.txt');
  const content = aNotice({ body: `高龄津贴发放，联系电话${PHONE}，发放126人，金额63000元。` });
  await writeFile(path, content);
  const cli = new URL('../../functions/local/cli.ts', import.meta.url).pathname;
  const say = async () => (await run(process.execPath, [cli, 'classify', path, '--json'])).stdout;
  try {
    const [one, two] = [await say(), await say()];
    expect(one).toContain('"state":"proposed"');
    expect(two).toBe(one);
  } finally {
    await rm(folder, { recursive: true });
  }
  const other = await localHome();
  const timeless = ({ receivedAt: _, updatedAt: __, sameBytesAs: ___, ...rest }: DocumentRecord) =>
    rest;
  const records = [await local.send('同文.txt', content), await other.send('同文.txt', content)];
  const [here, there] = records.map(timeless);
  expect(there).toEqual(here);
}, 60_000);
