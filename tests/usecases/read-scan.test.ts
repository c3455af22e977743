import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { layOutDocument, makePdf } from '../../fixtures/make-pdf.ts';
import { readScan } from '../../shared/usecases/read-scan.ts';
import { localHome } from '../making/local-home.ts';

const FIXTURES = join(import.meta.dirname, '..', '..', 'fixtures');
const SLOW = { timeout: 180_000 };
const local = await localHome();

const kindsOf = async (documentId: string): Promise<string[]> => {
  const page = { limit: 50, after: null };
  const { rows } = await local.services.documents.events(documentId, page);
  return rows.map(({ kind }) => kind);
};

test('a scan waits, is read, and is proposed with its warnings', SLOW, async () => {
  const scan = readFileSync(join(FIXTURES, 'scans', 'stop-water-notice.jpg'));
  const record = await local.send('停水通知.jpg', scan);
  expect(record).toMatchObject({
    state: 'proposed',
    format: 'image',
    reason: null,
    unreadPages: [],
  });
  expect(record.warnings.map(({ code }) => code)).toContain('W_OCR');
  expect(JSON.stringify(record.elements?.title)).toContain('停水通知');
  expect(await kindsOf(record.documentId)).toEqual([
    'received',
    'scanning',
    'extracted',
    'proposed',
  ]);
  const text = await local.services.texts.read(record.documentId, record.textSha256 ?? '');
  expect(text?.pages[0]?.confidence).toBeGreaterThan(0.9);

  await readScan(local.services, record.documentId);
  expect((await local.services.documents.get(record.documentId))?.revision).toBe(record.revision);
  expect(local.log.join('\n')).not.toContain('石埠');
});

test('a PDF of which a page is a picture waits until all of it was read', SLOW, async () => {
  const words = {
    kind: 'paragraph',
    text: '云溪街道办事处关于做好供水管网改造期间停水告知工作的通知，请各社区居委会认真组织实施。',
  } as const;
  const mixed = makePdf(
    layOutDocument([words, { kind: 'pageBreak' }, { kind: 'image', height: 500 }]),
  );
  const record = await local.send('混合.pdf', mixed);
  expect(await kindsOf(record.documentId)).toEqual([
    'received',
    'scanning',
    'extracted',
    'proposed',
  ]);
  expect(record).toMatchObject({ state: 'proposed', format: 'pdf' });
});

test('a picture that nobody can read is refused and waits for nothing', SLOW, async () => {
  const scan = readFileSync(join(FIXTURES, 'scans', 'stop-water-notice.jpg')).subarray(0, 30_000);
  const record = await local.send('残缺.jpg', scan);
  expect(record).toMatchObject({ state: 'refused', reason: { code: 'DAMAGED' } });
  expect(await kindsOf(record.documentId)).toEqual(['received', 'scanning', 'refused']);
});

test('a document that is not there is a fault', async () => {
  await expect(readScan(local.services, '0'.repeat(32))).rejects.toThrow('not in the store');
});
