import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { beforeAll, expect, test } from 'vitest';
import { type DocumentRecord, STATES } from '../../shared/domain/document.ts';
import { quoteHolds } from '../../shared/domain/text.ts';
import { classifyDocument } from '../../shared/usecases/classify-document.ts';
import { decideDocument } from '../../shared/usecases/decide-document.ts';
import { documentIdOf, sha256Of } from '../../shared/usecases/document-identity.ts';
import { extractDocument } from '../../shared/usecases/extract-document.ts';
import { rerunDocument } from '../../shared/usecases/rerun-document.ts';
import { acceptAll } from '../making/accept-all.ts';
import { aNotice, type LocalHome, localHome } from '../making/local-home.ts';

let local: LocalHome;

beforeAll(async () => {
  local = await localHome();
});

class Killed extends Error {}

/** Before: the call was never made. After: it took effect, but nobody was left to hear of it. */
type When = 'before' | 'after';

interface Deadline {
  readonly nth: number;
  readonly when: When;
  calls: number;
}

const mortal = <T extends object>(port: T, deadline: Deadline): T =>
  new Proxy(port, {
    get: (target, name) => {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function') return method;
      return async (...args: unknown[]) => {
        deadline.calls += 1;
        const dies = deadline.calls === deadline.nth;
        if (dies && deadline.when === 'before') throw new Killed();
        const answer: unknown = await Reflect.apply(method, target, args);
        if (dies) throw new Killed();
        return answer;
      };
    },
  });

/** The local adapters, of which one call kills; what is handed on waits in `queue`. */
const mortalServices = (deadline: Deadline, queue: string[]) => {
  const { services } = local;
  const classifyQueue = {
    send: async (documentId: string) => {
      queue.push(documentId);
    },
  };
  return {
    clock: services.clock,
    log: services.log,
    objects: mortal(services.objects, deadline),
    texts: mortal(services.texts, deadline),
    reader: mortal(services.reader, deadline),
    children: mortal(services.children, deadline),
    documents: mortal(services.documents, deadline),
    catalogues: mortal(services.catalogues, deadline),
    releases: mortal(services.releases, deadline),
    models: mortal(services.models, deadline),
    reviews: mortal(services.reviews, deadline),
    words: mortal(services.words, deadline),
    classifyQueue: mortal(classifyQueue, deadline),
    // No scan is among these files.
    scanQueue: mortal({ send: async () => {} }, deadline),
    // What learning does is not asked here: jobs go nowhere.
    learningQueue: mortal({ send: async () => {} }, deadline),
  };
};

/** As a queue does: what failed is delivered again. */
const delivered = async (step: () => Promise<unknown>): Promise<void> => {
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      await step();
      return;
    } catch (fault) {
      if (!(fault instanceof Killed)) throw fault;
    }
  }
  throw new Error('killed more than once');
};

interface Version {
  readonly key: string;
  readonly content: string | Uint8Array;
  readonly uploadedAt: string;
}

const refOf = ({ key, content }: Version) => ({
  bucket: 'inbox',
  key,
  versionId: sha256Of(content),
});

/** All versions through both queues, in the order given; says whether the deadline was reached. */
const carry = async (versions: readonly Version[], deadline: Deadline): Promise<boolean> => {
  const queue: string[] = [];
  const services = mortalServices(deadline, queue);
  for (const version of versions)
    await delivered(async () => {
      await writeFile(join(local.home, 'inbox', version.key), version.content);
      await extractDocument(services, { ref: refOf(version), uploadedAt: version.uploadedAt });
    });
  for (const documentId of queue) await delivered(() => classifyDocument(services, documentId));
  return deadline.calls >= deadline.nth;
};

const stored = async (version: Version): Promise<DocumentRecord> => {
  const record = await local.services.documents.get(documentIdOf(refOf(version)));
  if (record === null) throw new Error('lost');
  return record;
};

const auditOf = async ({ documentId }: DocumentRecord) =>
  (await local.services.documents.events(documentId, { limit: 100, after: null })).rows;

const expectWhole = async (record: DocumentRecord, kinds: readonly string[]): Promise<void> => {
  const events = await auditOf(record);
  expect(events.map(({ kind }) => kind)).toEqual(kinds);
  expect(events.map(({ revision }) => revision)).toEqual(kinds.map((_, at) => at + 1));
  expect(events.at(-1)).toMatchObject({ revision: record.revision, to: record.state });
  const text = await local.services.texts.read(record.documentId, record.textSha256 ?? '');
  expect(text).not.toBeNull();
  for (const { evidence } of record.tags)
    for (const quote of evidence) expect(quoteHolds(text?.text ?? '', quote)).toBe(true);
};

const everyRecord = async (): Promise<DocumentRecord[]> => {
  const records: DocumentRecord[] = [];
  for (const state of STATES) {
    let after: string | null = null;
    do {
      const page = await local.services.documents.byState(state, { limit: 50, after });
      for (const { documentId } of page.rows) {
        const record = await local.services.documents.get(documentId);
        if (record !== null) records.push(record);
      }
      after = page.next;
    } while (after !== null);
  }
  return records;
};

/** What the ledger must say, counted from the records alone. */
const expectLedgerToMatch = async (): Promise<void> => {
  const counted = new Map<string, { proposed: number; accepted: number; rejected: number }>();
  const standing = (await everyRecord())
    .filter(({ state }) => state === 'proposed' || state === 'decided')
    .flatMap(({ tags }) => tags.filter(({ scheme }) => scheme === 'task'));
  for (const tag of standing) {
    const row = counted.get(tag.code) ?? { proposed: 0, accepted: 0, rejected: 0 };
    row[tag.standing === 'added' ? 'accepted' : tag.standing] += 1;
    counted.set(tag.code, row);
  }
  const said = (await local.services.ledger.counts('dh2021'))
    .map(
      ({ code, proposed, accepted, rejected }) => [code, { proposed, accepted, rejected }] as const,
    )
    .filter(([, row]) => row.proposed + row.accepted + row.rejected > 0);
  expect(counted.size).toBeGreaterThan(0);
  expect(Object.fromEntries(said)).toEqual(Object.fromEntries(counted));
};

const START = ['received', 'extracted', 'proposed'];
const STEPS = 200;

test.each(['before', 'after'] as const)(
  'killed %s any one call to the world, a document still ends as one whole proposal',
  async (when) => {
    let steps = 0;
    for (let nth = 1; nth < STEPS; nth += 1) {
      const version = {
        key: `断${when}${nth}.txt`,
        content: aNotice({ number: `南云办〔2021〕${nth}号`, body: `高龄津贴第${nth}批${when}。` }),
        uploadedAt: '2021-07-06T00:00:00.000Z',
      };
      const reached = await carry([version], { nth, when, calls: 0 });
      const record = await stored(version);
      expect(record.state, `call ${nth}`).toBe('proposed');
      await expectWhole(record, START);
      if (!reached) break;
      steps = nth;
    }
    expect(steps).toBeGreaterThan(12);
    expect(steps).toBeLessThan(STEPS - 1);
    await expectLedgerToMatch();
  },
  60_000,
);

test.each([
  ['before', 'in order'],
  ['after', 'in order'],
  ['before', 'newest first'],
  ['after', 'newest first'],
] as const)(
  'killed %s any one call, of two versions of a key that come %s the newer one stands alone',
  async (when, order) => {
    let steps = 0;
    for (let nth = 1; nth < STEPS; nth += 1) {
      const [older, newer] = ([1, 2] as const).map(
        (day): Version => ({
          key: `版${when}${order}${nth}.txt`,
          content: aNotice({
            number: `南云办〔2021〕${nth}号`,
            body: `高龄津贴发放，第${day}稿。`,
          }),
          uploadedAt: `2021-07-0${day}T00:00:00.000Z`,
        }),
      );
      if (older === undefined || newer === undefined) throw new Error('two versions');
      const deadline = { nth, when, calls: 0 };
      const reached = await carry(order === 'in order' ? [older, newer] : [newer, older], deadline);
      const [first, second] = [await stored(older), await stored(newer)];
      expect(second.state, `call ${nth}`).toBe('proposed');
      expect(first, `call ${nth}`).toMatchObject({
        state: 'superseded',
        supersededBy: second.documentId,
      });
      await expectWhole(second, START);
      await expectWhole(first, ['received', 'extracted', 'superseded']);
      if (!reached) break;
      steps = nth;
    }
    expect(steps).toBeGreaterThan(24);
    expect(steps).toBeLessThan(STEPS - 1);
    await expectLedgerToMatch();
  },
  120_000,
);

test.each(['before', 'after'] as const)(
  'killed %s any one call, of two versions of an archive the newer one stands with what is in it',
  async (when) => {
    let steps = 0;
    for (let nth = 1; nth < STEPS; nth += 1) {
      const [older, newer] = ([1, 2] as const).map((day) => {
        const number = `南云办〔2021〕${nth}号`;
        const body = `高龄津贴发放，归档第${day}稿${when}。`;
        const content = zipSync({ '件.txt': new TextEncoder().encode(aNotice({ number, body })) });
        const uploadedAt = `2021-07-0${day}T00:00:00.000Z`;
        return { key: `档${when}${nth}.zip`, content, uploadedAt };
      });
      if (older === undefined || newer === undefined) throw new Error('two versions');
      const deadline = { nth, when, calls: 0 };
      const reached = await carry([older, newer], deadline);
      await local.services.idle();
      const [first, second] = [await stored(older), await stored(newer)];
      expect(second.state, `call ${nth}`).toBe('expanded');
      expect(first, `call ${nth}`).toMatchObject({
        state: 'superseded',
        supersededBy: second.documentId,
      });
      const states = await Promise.all(
        [...first.children, ...second.children].map(
          async ({ documentId }) => (await local.services.documents.get(documentId ?? ''))?.state,
        ),
      );
      expect(states, `call ${nth}`).toEqual(['superseded', 'proposed']);
      if (!reached) break;
      steps = nth;
    }
    expect(steps).toBeGreaterThan(20);
    expect(steps).toBeLessThan(STEPS - 1);
    await expectLedgerToMatch();
  },
  120_000,
);

test('a proposal whose superseding died with the process supersedes when its message comes again', async () => {
  const [older, newer] = [1, 2].map(
    (day): Version => ({
      key: '迟到.txt',
      content: aNotice({ body: `高龄津贴发放，第${day}稿，迟到。` }),
      uploadedAt: `2021-07-0${day}T00:00:00.000Z`,
    }),
  );
  if (older === undefined || newer === undefined) throw new Error('two versions');
  const never = { nth: Number.POSITIVE_INFINITY, when: 'before', calls: 0 } as const;
  const services = mortalServices({ ...never }, []);
  /** An index that lags behind, as that of DynamoDB may: the steps see no other version. */
  const lagging = {
    ...services,
    documents: { ...local.services.documents, byKey: async () => [] },
  };
  for (const version of [older, newer]) {
    await writeFile(join(local.home, 'inbox', version.key), version.content);
    await extractDocument(lagging, { ref: refOf(version), uploadedAt: version.uploadedAt });
    await classifyDocument(lagging, documentIdOf(refOf(version)));
  }
  expect((await stored(older)).state).toBe('proposed');
  await classifyDocument(services, documentIdOf(refOf(newer)));
  expect((await stored(older)).state).toBe('superseded');
});

test.each(['before', 'after'] as const)(
  'a decision killed %s any one call and sent again is taken once',
  async (when) => {
    let steps = 0;
    for (let nth = 1; nth < 20; nth += 1) {
      const number = `南云办〔2021〕${nth + 300}号`;
      const record = await local.send(`决${when}${nth}.txt`, aNotice({ number }));
      const deadline = { nth, when, calls: 0 };
      const services = mortalServices(deadline, []);
      const request = {
        documentId: record.documentId,
        decision: acceptAll(record),
        reviewer: 'reviewer-1',
      };
      await delivered(() => decideDocument(services, request));
      const now = await local.services.documents.get(record.documentId);
      expect(now).toMatchObject({ state: 'decided', revision: record.revision + 1 });
      if (now !== null) await expectWhole(now, [...START, 'decided']);
      if (deadline.calls < nth) break;
      steps = nth;
    }
    expect(steps).toBeGreaterThan(2);
    await expectLedgerToMatch();
  },
  60_000,
);

test('a decision, a newer version and a rerun at the same time leave one consistent record', async () => {
  for (let round = 0; round < 12; round += 1) {
    const key = `同时${round}.txt`;
    const first = await local.send(key, aNotice({ number: `南云办〔2021〕${round + 400}号` }));
    const content = aNotice({ number: `南云办〔2021〕${round + 500}号`, body: '高龄津贴，新版。' });
    const next: Version = { key, content, uploadedAt: new Date().toISOString() };
    await writeFile(join(local.home, 'inbox', key), content);
    const upload = { ref: refOf(next), uploadedAt: next.uploadedAt };
    const [decided] = await Promise.all([
      decideDocument(local.services, {
        documentId: first.documentId,
        decision: acceptAll(first),
        reviewer: 'reviewer-1',
      }),
      extractDocument(local.services, upload),
      rerunDocument(local.services, first.documentId, 'operator-1'),
      extractDocument(local.services, upload),
    ]);
    await local.services.idle();
    const before = await local.services.documents.get(first.documentId);
    const after = await stored(next);
    expect(before).toMatchObject({ state: 'superseded', supersededBy: after.documentId });
    expect(after.state).toBe('proposed');
    const kinds = (await auditOf(first)).map(({ kind }) => kind);
    expect(kinds).toEqual([...START, ...(decided.ok ? ['decided'] : []), 'superseded']);
  }
  await expectLedgerToMatch();
}, 60_000);

test('of many reruns at once one reads the document, the others are told or find it read', async () => {
  const version = {
    key: '重读.txt',
    content: aNotice({ body: '高龄津贴，重读。' }),
    uploadedAt: '',
  };
  const upload = { ref: refOf(version), uploadedAt: '2021-07-06T00:00:00.000Z' };
  expect((await extractDocument(local.services, upload)).record.state).toBe('refused');
  await writeFile(join(local.home, 'inbox', version.key), version.content);
  const id = documentIdOf(upload.ref);
  await Promise.all(['a', 'b', 'c', 'd'].map((actor) => rerunDocument(local.services, id, actor)));
  await local.services.idle();
  const record = await stored(version);
  await expectWhole(record, ['received', 'refused', 'rerun', 'extracted', 'proposed']);
});
