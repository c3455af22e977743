/** What every store of documents has to keep, whatever it is made of. */
import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { DocumentRecord } from '../../shared/domain/document.ts';
import type { DocumentSummary } from '../../shared/domain/document-summary.ts';
import type {
  DocumentReader,
  DocumentWriter,
  LedgerReader,
  Page,
  PageRequest,
} from '../../shared/ports.ts';
import { documentsModel } from './documents-model.ts';
import { everyPage } from './every-page.ts';
import {
  change,
  minute,
  next,
  sampleRecord,
  sha256Of,
  tag,
  withTitle,
} from './sample-documents.ts';

export type Documents = DocumentReader & DocumentWriter & LedgerReader;

const ALL: PageRequest = { limit: 100, after: null };
const ids = (page: Page<DocumentSummary>): string[] => page.rows.map((row) => row.documentId);

/** Stores the record with its tags as one proposed document. */
const propose = async (
  store: Documents,
  rest: Partial<DocumentRecord>,
  aside: { words?: string[]; risk?: number } = {},
): Promise<DocumentRecord> => {
  const record = sampleRecord({ state: 'proposed', ...rest });
  expect(await store.apply(change(null, record, aside))).toEqual({ kind: 'applied' });
  return record;
};

const eventsContract = (store: () => Promise<Documents>): void => {
  test('events are read oldest first, one a revision, page by page', async () => {
    const documents = await store();
    let record = await propose(documents, { documentId: 'long' });
    for (let n = 0; n < 11; n += 1) {
      const after = next(record, { updatedAt: minute(n) });
      await documents.apply(change(record, after));
      record = after;
    }
    await propose(documents, { documentId: 'long2' });
    const events = await everyPage((page) => documents.events('long', page), 5);
    expect(events.map((event) => event.revision)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(events.map((event) => event.from)).toEqual([null, ...Array(11).fill('proposed')]);
    expect((await documents.events('nobody', ALL)).rows).toEqual([]);
  });

  test('an event as large as the record it speaks of is read back whole', async () => {
    const documents = await store();
    const record = sampleRecord();
    const large = { before: randomBytes(600_000).toString('base64') };
    const written = change(null, record);
    await documents.apply({ ...written, event: { ...written.event, change: large } });
    await documents.apply(change(record, next(record, { state: 'extracted' })));
    const { rows } = await documents.events('doc-1', ALL);
    expect(rows.map((event) => event.revision)).toEqual([1, 2]);
    expect(rows[0]?.change).toEqual(large);
  });
};

const revisionContract = (store: () => Promise<Documents>): void => {
  test('a document is read back as it was written', async () => {
    const documents = await store();
    const source = { bucket: 'inbox', key: '收件/2026 年 a+b & 100%.docx', versionId: '' };
    const record = withTitle(
      sampleRecord({
        source,
        state: 'proposed',
        flags: ['W_ATTR'],
        tags: [tag('dh2021:T06'), tag('C07', 'rejected'), tag('P01', 'added', { rank: 1 })],
        reason: { code: 'NO_TEXT', zh: '没有文字', en: 'no text' },
      }),
      '关于“云溪”街道的通知',
      '云溪办〔2026〕7号',
    );
    expect(await documents.get('doc-1')).toBeNull();
    await documents.apply(change(null, record, { risk: 7 }));
    expect(await documents.get('doc-1')).toEqual(record);
    expect((await documents.byState('proposed', ALL)).rows).toEqual([
      {
        documentId: 'doc-1',
        revision: 1,
        state: 'proposed',
        reason: { code: 'NO_TEXT', zh: '没有文字', en: 'no text' },
        fileName: 'doc-1.docx',
        title: '关于“云溪”街道的通知',
        documentNumber: '云溪办〔2026〕7号',
        receivedAt: minute(0),
        risk: 7,
        tasks: ['dh2021:T06'],
        category: 'P01',
        flags: ['W_ATTR'],
      },
    ]);
  });

  test('a document seen first twice is stored once, and the second is shown the first', async () => {
    const documents = await store();
    const first = await propose(documents, { tags: [tag('dh2021:T06')] }, { words: ['宣传'] });
    const second = sampleRecord({ fileName: 'other.docx', tags: [tag('dh2021:T07')] });
    const outcome = await documents.apply(change(null, second, { words: ['其他'] }));
    expect(outcome).toEqual({ kind: 'stale', current: first });
    expect(await documents.get('doc-1')).toEqual(first);
    expect((await documents.events('doc-1', ALL)).rows).toHaveLength(1);
    expect((await documents.byWord('其他', ALL)).rows).toEqual([]);
    expect(ids(await documents.byCode('task', 'dh2021:T07', ALL))).toEqual([]);
    expect((await documents.counts('dh2021')).map((count) => count.code)).toEqual(['dh2021:T06']);
  });

  test('a change from an old revision is stale, shows the newest, and writes nothing', async () => {
    const documents = await store();
    const first = await propose(documents, { tags: [tag('dh2021:T06')] });
    const second = next(first, { state: 'decided', tags: [tag('dh2021:T06', 'accepted')] });
    await documents.apply(change(first, second));
    const late = next(first, { state: 'decided', tags: [tag('dh2021:T06', 'rejected')] });
    expect(await documents.apply(change(first, late))).toEqual({ kind: 'stale', current: second });
    expect((await documents.events('doc-1', ALL)).rows).toHaveLength(2);
    expect(await documents.counts('dh2021')).toEqual([
      { code: 'dh2021:T06', proposed: 0, accepted: 1, rejected: 0, newest: minute(0) },
    ]);
  });

  test('of twenty changes from the same revision exactly one is applied', async () => {
    const documents = await store();
    const first = await propose(documents, { tags: [tag('dh2021:T06')] });
    const changes = Array.from({ length: 20 }, (_, n) => {
      const tags = [tag('dh2021:T06', n % 2 === 0 ? 'accepted' : 'rejected')];
      return change(first, next(first, { state: 'decided', tags, fileName: `by-${n}` }), {
        words: [`word${n}`],
      });
    });
    const outcomes = await Promise.all(changes.map((each) => documents.apply(each)));
    const winners = outcomes.flatMap((outcome, n) => (outcome.kind === 'applied' ? [n] : []));
    expect(winners).toHaveLength(1);
    const winner = changes[winners[0] ?? -1]?.record;
    expect(await documents.get('doc-1')).toEqual(winner);
    for (const outcome of outcomes)
      if (outcome.kind === 'stale') expect(outcome.current).toEqual(winner);
    const { rows } = await documents.events('doc-1', ALL);
    expect(rows.map((event) => event.revision)).toEqual([1, 2]);
    const found = await Promise.all(changes.map((_, n) => documents.byWord(`word${n}`, ALL)));
    expect(found.flatMap((page, n) => (page.rows.length > 0 ? [n] : []))).toEqual(winners);
    const [count] = await documents.counts('dh2021');
    const accepted = winner?.tags[0]?.standing === 'accepted' ? 1 : 0;
    expect(count).toMatchObject({ proposed: 0, accepted, rejected: 1 - accepted });
  });

  test('twenty documents that arrive together and share a task are all counted', async () => {
    const documents = await store();
    await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        propose(documents, {
          documentId: `doc-${n}`,
          receivedAt: minute(n),
          tags: [tag('dh2021:T06')],
        }),
      ),
    );
    expect(await documents.counts('dh2021')).toEqual([
      { code: 'dh2021:T06', proposed: 20, accepted: 0, rejected: 0, newest: minute(19) },
    ]);
  });

  test('a change that is not whole is thrown out and nothing is written', async () => {
    const documents = await store();
    const record = sampleRecord();
    const good = change(null, record);
    const faulty = [
      { ...good, record: { ...record, revision: 3 } },
      { ...good, event: { ...good.event, documentId: 'doc-2' } },
      { ...good, event: { ...good.event, revision: 2 } },
      { ...good, risk: 1000 },
      { ...good, risk: -1 },
      { ...good, words: Array.from({ length: 41 }, (_, n) => `w${n}`) },
      { ...good, record: { ...record, tags: [tag('dh2021:T06'), tag('dh2021:T06')] } },
      { ...good, record: { ...record, tags: [tag('T06', 'proposed', { scheme: 'task' })] } },
    ];
    for (const each of faulty) await expect(documents.apply(each)).rejects.toThrow(/not whole/u);
    const orphan = change(sampleRecord({ revision: 4 }), sampleRecord({ revision: 5 }));
    await expect(documents.apply(orphan)).rejects.toThrow(/not stored/u);
    expect(await documents.get('doc-1')).toBeNull();
    expect((await documents.events('doc-1', ALL)).rows).toEqual([]);
  });
};

const listsContract = (store: () => Promise<Documents>): void => {
  test('the review queue runs by risk, then oldest first, and rows that arrive meanwhile move nothing', async () => {
    const documents = await store();
    const risks = [20, 5, 20, 999, 0, 5, 100];
    for (const [n, risk] of risks.entries())
      await propose(documents, { documentId: `doc-${n}`, receivedAt: minute(n) }, { risk });
    const first = await documents.byState('proposed', { limit: 3, after: null });
    expect(ids(first)).toEqual(['doc-4', 'doc-1', 'doc-5']);
    await propose(documents, { documentId: 'early', receivedAt: minute(8) }, { risk: 1 });
    await propose(documents, { documentId: 'late', receivedAt: minute(8) }, { risk: 200 });
    const second = await documents.byState('proposed', { limit: 3, after: first.next });
    expect(ids(second)).toEqual(['doc-0', 'doc-2', 'doc-6']);
    const third = await documents.byState('proposed', { limit: 3, after: second.next });
    expect(ids(third)).toEqual(['late', 'doc-3']);
    expect(third.next).toBeNull();
  });

  test('a list that ends with its page says so, and a position of no list is thrown out', async () => {
    const documents = await store();
    for (const n of [1, 2, 3, 4]) await propose(documents, { documentId: `doc-${n}` });
    const page = await documents.byState('proposed', { limit: 4, after: null });
    expect(ids(page)).toEqual(['doc-1', 'doc-2', 'doc-3', 'doc-4']);
    expect(page.next).toBeNull();
    await expect(documents.byState('proposed', { limit: 4, after: 'bm8' })).rejects.toThrow();
  });

  test('under a code stand the documents that carry it, newest first, without rejected ones', async () => {
    const documents = await store();
    const codes = ['accepted', 'rejected', 'added', 'proposed'] as const;
    for (const [n, standing] of codes.entries())
      await propose(documents, {
        documentId: `doc-${n}`,
        receivedAt: minute(n),
        tags: [tag('dh2021:T06', standing), tag('C07')],
      });
    const list = (page: PageRequest) => documents.byCode('task', 'dh2021:T06', page);
    expect(ids(await list(ALL))).toEqual(['doc-3', 'doc-2', 'doc-0']);
    const paged = await everyPage(list, 1);
    expect(paged.map((row) => row.documentId)).toEqual(['doc-3', 'doc-2', 'doc-0']);
    expect(ids(await documents.byCode('category', 'C07', ALL))).toHaveLength(4);
    expect(ids(await documents.byCode('task', 'C07', ALL))).toEqual([]);
    expect(ids(await documents.byCode('task', 'dh2021:T0', ALL))).toEqual([]);
  });

  test('lists show the newest of a document after every change of it', async () => {
    const documents = await store();
    const first = await propose(documents, { tags: [tag('dh2021:T06')] }, { words: ['宣传'] });
    const second = next(first, { state: 'decided', tags: [tag('dh2021:T06', 'accepted')] });
    await documents.apply(change(first, second, { risk: 3 }));
    expect(ids(await documents.byState('proposed', ALL))).toEqual([]);
    const shown = { revision: 2, state: 'decided', risk: 3 };
    for (const page of [
      await documents.byState('decided', ALL),
      await documents.byCode('task', 'dh2021:T06', ALL),
      await documents.byWord('宣传', ALL),
    ])
      expect(page.rows).toEqual([expect.objectContaining(shown)]);
  });

  test('a superseded document leaves the queue, its codes, its words and the ledger, but not the store', async () => {
    const documents = await store();
    const tags = [tag('dh2021:T06'), tag('dh2021:T07', 'rejected'), tag('C07')];
    const first = await propose(documents, { tags }, { words: ['宣传', '通知'] });
    await documents.apply(change(first, next(first, { state: 'superseded', supersededBy: 'new' })));
    expect((await documents.get('doc-1'))?.tags).toEqual(tags);
    expect(ids(await documents.byState('proposed', ALL))).toEqual([]);
    expect(ids(await documents.byState('superseded', ALL))).toEqual(['doc-1']);
    expect(ids(await documents.byCode('task', 'dh2021:T06', ALL))).toEqual([]);
    expect(ids(await documents.byCode('category', 'C07', ALL))).toEqual([]);
    expect(ids(await documents.byWord('宣传', ALL))).toEqual([]);
    expect(await documents.counts('dh2021')).toEqual([]);
    expect(await documents.bySha256(sha256Of('doc-1'))).toEqual(['doc-1']);
  });

  test('a document is found from the same bytes and from its key', async () => {
    const documents = await store();
    const key = '部门/公开 文件+副本 & 50% #1?.docx';
    const sha256 = sha256Of('same');
    for (const [n, id] of ['c', 'a', 'b'].entries())
      await propose(documents, {
        documentId: id,
        sha256,
        receivedAt: minute(n),
        source: { bucket: 'inbox', key, versionId: `v${n}` },
      });
    await propose(documents, { documentId: 'd', sha256: null });
    expect([...(await documents.bySha256(sha256))].sort()).toEqual(['a', 'b', 'c']);
    expect(await documents.byKey('inbox', key)).toEqual([
      { documentId: 'c', receivedAt: minute(0) },
      { documentId: 'a', receivedAt: minute(1) },
      { documentId: 'b', receivedAt: minute(2) },
    ]);
    expect(await documents.byKey('inbox', key.slice(0, -1))).toEqual([]);
    expect(await documents.byKey('outbox', key)).toEqual([]);
    expect(await documents.bySha256(sha256Of('other'))).toEqual([]);
  });

  test('a document whose hash is known only later is found by it from then on', async () => {
    const documents = await store();
    const first = await propose(documents, { sha256: null });
    const hash = sha256Of('known');
    await documents.apply(change(first, next(first, { sha256: hash })));
    expect(await documents.bySha256(hash)).toEqual(['doc-1']);
    expect(await documents.byKey('inbox', 'doc-1.docx')).toHaveLength(1);
  });
};

const words = (from: string, n: number): string[] =>
  Array.from({ length: n }, (_, at) => `${from}${at}`);

const wordsContract = (store: () => Promise<Documents>): void => {
  test('words are kept, changed or taken away as the change says', async () => {
    const documents = await store();
    const first = await propose(
      documents,
      {},
      { words: ['宣传', '通知', '通知', '', '长'.repeat(65)] },
    );
    const kept = next(first, { state: 'decided' });
    await documents.apply(change(first, kept));
    expect(ids(await documents.byWord('通知', ALL))).toEqual(['doc-1']);
    const other = next(kept, {});
    await documents.apply(change(kept, other, { words: ['宣传', '方案'] }));
    expect(ids(await documents.byWord('通知', ALL))).toEqual([]);
    expect(ids(await documents.byWord('宣传', ALL))).toEqual(['doc-1']);
    expect(ids(await documents.byWord('方案', ALL))).toEqual(['doc-1']);
    await documents.apply(change(other, next(other, {}), { words: [] }));
    expect(ids(await documents.byWord('宣传', ALL))).toEqual([]);
    expect(ids(await documents.byWord('', ALL))).toEqual([]);
    expect(ids(await documents.byWord('长'.repeat(5000), ALL))).toEqual([]);
  });

  test('documents under a word come newest first, page by page', async () => {
    const documents = await store();
    for (let n = 0; n < 7; n += 1)
      await propose(
        documents,
        { documentId: `doc-${n}`, receivedAt: minute(n) },
        { words: ['宣传', `only${n}`] },
      );
    const found = await everyPage((page) => documents.byWord('宣传', page), 3);
    expect(found.map((row) => row.documentId)).toEqual(
      [6, 5, 4, 3, 2, 1, 0].map((n) => `doc-${n}`),
    );
  });

  test('a change of every word and every tag at once is applied whole', async () => {
    const documents = await store();
    const codes = (from: number) =>
      Array.from({ length: 20 }, (_, n) => tag(`dh2021:T${from + n}`, 'proposed', { rank: n }));
    const first = await propose(documents, { tags: codes(10) }, { words: words('old', 40) });
    const second = next(first, { tags: codes(50) });
    expect(await documents.apply(change(first, second, { words: words('new', 40) }))).toEqual({
      kind: 'applied',
    });
    expect((await documents.counts('dh2021')).map(({ code }) => code)).toEqual(
      codes(50).map(({ code }) => code),
    );
    const found = async (from: string) =>
      (await Promise.all(words(from, 40).map((word) => documents.byWord(word, ALL)))).filter(
        (page) => page.rows.length > 0,
      ).length;
    expect([await found('old'), await found('new')]).toEqual([0, 40]);
    const late = change(first, next(first, { tags: codes(70) }), { words: words('late', 40) });
    expect((await documents.apply(late)).kind).toBe('stale');
    expect([await found('new'), await found('late')]).toEqual([40, 0]);
  });

  test('of changes that each turn over every word and tag, one is applied and searches know only its words', async () => {
    const documents = await store();
    const codes = (from: number) =>
      Array.from({ length: 20 }, (_, n) => tag(`dh2021:T${from + n}`));
    const first = await propose(documents, { tags: codes(10) }, { words: words('old', 40) });
    const changes = [1, 2, 3, 4].map((n) =>
      change(first, next(first, { tags: codes(n * 100) }), { words: words(`w${n}-`, 40) }),
    );
    const outcomes = await Promise.all(changes.map((each) => documents.apply(each)));
    const winners = outcomes.flatMap(({ kind }, n) => (kind === 'applied' ? [n + 1] : []));
    expect(winners).toHaveLength(1);
    const pages = await Promise.all([1, 2, 3, 4].map((n) => documents.byWord(`w${n}-7`, ALL)));
    expect(pages.flatMap((page, n) => (page.rows.length > 0 ? [n + 1] : []))).toEqual(winners);
  });

  test('words and keys that look like a query are only words and keys', async () => {
    const documents = await store();
    const nasty = [
      "'; DROP TABLE documents; --",
      '" OR 1=1',
      '%',
      '_',
      '*',
      'DOC#doc-1',
      ':pk AND sk',
      '{{7*7}}',
      '\u0000',
    ];
    for (const [n, word] of nasty.entries())
      await propose(
        documents,
        { documentId: `x${n}'#"`, source: { bucket: 'inbox', key: word, versionId: word } },
        { words: [word] },
      );
    for (const [n, word] of nasty.entries()) {
      expect(ids(await documents.byWord(word, ALL))).toEqual([`x${n}'#"`]);
      expect((await documents.byKey('inbox', word)).map((row) => row.documentId)).toEqual([
        `x${n}'#"`,
      ]);
      expect((await documents.get(`x${n}'#"`))?.source.key).toBe(word);
    }
    expect(ids(await documents.byState('proposed', ALL))).toHaveLength(nasty.length);
  });
};

const personal = (n: number): DocumentRecord['personal'] =>
  Array.from({ length: n }, (_, at) => ({
    start: at * 20,
    end: at * 20 + 11,
    code: 'P_PHONE',
    masked: `138****${String(at).padStart(4, '0')}`,
  }));

const sizesContract = (store: () => Promise<Documents>): void => {
  test('a record of five hundred personal hits and long evidence is read back whole', async () => {
    const documents = await store();
    const long = '为深入贯彻落实中央关于公开工作的部署，现将有关事项通知如下。'.repeat(2_000);
    const evidence = Array.from({ length: 10 }, () => ({
      start: 0,
      end: long.length,
      quote: long,
    }));
    const tags = ['dh2021:T06', 'dh2021:T07', 'C07'].map((code) =>
      tag(code, 'proposed', { evidence }),
    );
    const warnings = Array.from({ length: 300 }, (_, n) => ({
      code: 'W_PAGE',
      detail: `page ${n}`,
    }));
    const record = await propose(documents, { tags, warnings, personal: personal(500) });
    expect(JSON.stringify(record).length).toBeGreaterThan(1_000_000);
    expect(await documents.get('doc-1')).toEqual(record);
  });

  test('a record that cannot be compressed is read back whole, then smaller, then larger again', async () => {
    const documents = await store();
    const noise = (bytes: number) => {
      const quote = randomBytes(bytes).toString('base64');
      return [
        tag('dh2021:T06', 'proposed', { evidence: [{ start: 0, end: quote.length, quote }] }),
      ];
    };
    const title = `关于${'很长的'.repeat(50_000)}通知`;
    let record = withTitle(sampleRecord({ state: 'proposed', tags: noise(5_000_000) }), title, 'x');
    await documents.apply(change(null, record));
    expect(await documents.get('doc-1')).toEqual(record);
    for (const bytes of [100, 1_200_000]) {
      const after = next(record, { tags: noise(bytes) });
      expect((await documents.apply(change(record, after))).kind).toBe('applied');
      expect(await documents.get('doc-1')).toEqual(after);
      record = after;
    }
    const { rows } = await documents.byState('proposed', ALL);
    expect(rows[0]?.title).toBe(title.slice(0, 300));
    const late = change(sampleRecord(), sampleRecord({ revision: 2, tags: noise(900_000) }));
    expect(await documents.apply(late)).toEqual({ kind: 'stale', current: record });
  });
};

/** `store` gives an empty one each time. */
export const documentsContract = (name: string, store: () => Promise<Documents>): void => {
  describe(`documents in ${name}`, () => {
    describe('revisions', () => revisionContract(store));
    describe('events', () => eventsContract(store));
    describe('lists', () => listsContract(store));
    describe('words', () => wordsContract(store));
    describe('sizes', () => sizesContract(store));
    describe('model', () => documentsModel(store));
  });
};
