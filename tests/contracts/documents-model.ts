/** Random sequences of changes, against a recount of the records themselves. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type DocumentRecord, STATES, type StoredTag } from '../../shared/domain/document.ts';
import type { LedgerCount, PageRequest } from '../../shared/ports.ts';
import type { Documents } from './documents-contract.ts';
import { change, minute, next, sampleRecord, tag } from './sample-documents.ts';

const ALL: PageRequest = { limit: 100, after: null };
const CODES = ['dh2021:T06', 'dh2021:T07', 'yx2026:T06', 'C07'] as const;
const WORDS = ['宣传', '通知', '方案'] as const;

const tagsStep = fc.uniqueArray(
  fc.record({
    code: fc.constantFrom(...CODES),
    standing: fc.constantFrom('proposed', 'accepted', 'rejected', 'added'),
  }),
  { selector: ({ code }) => code, maxLength: CODES.length },
);

const step = fc.record({
  document: fc.nat({ max: 3 }),
  /** Sometimes the writer saw an older revision. */
  late: fc.boolean(),
  state: fc.constantFrom(...STATES),
  tags: tagsStep,
  words: fc.option(fc.subarray([...WORDS])),
  risk: fc.nat({ max: 999 }),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

interface Held {
  readonly record: DocumentRecord;
  readonly words: readonly string[];
}

const nextOf = (held: Held | undefined, { document, state, tags }: Step): DocumentRecord => {
  const stored: StoredTag[] = tags.map(({ code, standing }) => tag(code, standing));
  const rest = { state, tags: stored };
  const documentId = `doc-${document}`;
  return held === undefined
    ? sampleRecord({ documentId, receivedAt: minute(document), ...rest })
    : next(held.record, rest);
};

const run = async (store: Documents, steps: readonly Step[]): Promise<Map<string, Held>> => {
  const model = new Map<string, Held>();
  for (const each of steps) {
    const held = model.get(`doc-${each.document}`);
    const record = nextOf(held, each);
    const written = change(held?.record ?? null, record, { words: each.words, risk: each.risk });
    const outcome = await store.apply(written);
    expect(outcome).toEqual({ kind: 'applied' });
    model.set(record.documentId, { record, words: each.words ?? held?.words ?? [] });
    if (each.late) expect(await store.apply(written)).toEqual({ kind: 'stale', current: record });
  }
  return model;
};

const recount = (records: readonly DocumentRecord[], catalogueId: string): LedgerCount[] => {
  const counted = records.filter(({ state }) => state === 'proposed' || state === 'decided');
  const counts = CODES.filter((code) => code.startsWith(`${catalogueId}:`)).map((code) => {
    const carrying = (...standings: string[]) =>
      counted.filter(({ tags }) =>
        tags.some((each) => each.code === code && standings.includes(each.standing)),
      );
    const newest = carrying('proposed', 'accepted', 'added').map((record) => record.receivedAt);
    return {
      code,
      proposed: carrying('proposed').length,
      accepted: carrying('accepted', 'added').length,
      rejected: carrying('rejected').length,
      newest: newest.sort().at(-1) ?? null,
    };
  });
  return counts.filter(({ proposed, accepted, rejected }) => proposed + accepted + rejected > 0);
};

const newestFirst = (held: readonly Held[]): string[] =>
  held.map(({ record }) => record.documentId).sort((a, b) => (a < b ? 1 : -1));

const check = async (store: Documents, model: ReadonlyMap<string, Held>): Promise<void> => {
  const held = [...model.values()];
  const records = held.map(({ record }) => record);
  const current = held.filter(({ record }) => record.state !== 'superseded');
  for (const catalogueId of ['dh2021', 'yx2026'])
    expect(await store.counts(catalogueId)).toEqual(recount(records, catalogueId));
  for (const code of CODES) {
    const page = await store.byCode(code === 'C07' ? 'category' : 'task', code, ALL);
    const carriers = current.filter(({ record }) =>
      record.tags.some((each) => each.code === code && each.standing !== 'rejected'),
    );
    expect(page.rows.map((row) => row.documentId)).toEqual(newestFirst(carriers));
  }
  for (const word of WORDS) {
    const page = await store.byWord(word, ALL);
    const carriers = current.filter(({ words }) => words.includes(word));
    expect(page.rows.map((row) => row.documentId)).toEqual(newestFirst(carriers));
  }
  for (const record of records) {
    const { rows } = await store.events(record.documentId, ALL);
    expect(rows.map(({ revision }) => revision)).toEqual(
      Array.from({ length: record.revision }, (_, n) => n + 1),
    );
    expect(await store.get(record.documentId)).toEqual(record);
  }
};

export const documentsModel = (store: () => Promise<Documents>): void => {
  test('after any sequence of changes, counters, lists and events equal a recount of the records', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        const documents = await store();
        await check(documents, await run(documents, steps));
      }),
      { numRuns: 15 },
    );
  });
};
