import { beforeAll, expect, test } from 'vitest';
import type { Decision, DocumentRecord } from '../../shared/domain/document.ts';
import { standingReviews } from '../../shared/domain/review-event.ts';
import { decideDocument } from '../../shared/usecases/decide-document.ts';
import { undoDecision } from '../../shared/usecases/undo-decision.ts';
import { acceptAll } from '../making/accept-all.ts';
import { aNotice, type LocalHome, localHome } from '../making/local-home.ts';

let local: LocalHome;
let sent = 60;

beforeAll(async () => {
  local = await localHome();
});

const aProposal = (): Promise<DocumentRecord> => {
  sent += 1;
  return local.send(`件${sent}.txt`, aNotice({ number: `南云办〔2021〕${sent}号` }));
};

const decide = async (
  record: DocumentRecord,
  patch: Partial<Decision> = {},
): Promise<DocumentRecord> => {
  const outcome = await decideDocument(local.services, {
    documentId: record.documentId,
    decision: { ...acceptAll(record), ...patch },
    reviewer: 'reviewer-1',
  });
  if (!outcome.ok) throw new Error(outcome.error.refusal.kind);
  return outcome.value;
};

const undo = ({ documentId, revision }: DocumentRecord) =>
  undoDecision(local.services, { documentId, revision, reviewer: 'lead-1', note: '看错了' });

const undone = async (record: DocumentRecord): Promise<DocumentRecord> => {
  const outcome = await undo(record);
  if (!outcome.ok) throw new Error(outcome.error.refusal.kind);
  return outcome.value;
};

const rejectTasks = (record: DocumentRecord): Partial<Decision> => ({
  verdicts: record.tags.map(({ scheme, code }) => ({
    scheme,
    code,
    verdict: scheme === 'task' ? ('reject' as const) : ('accept' as const),
  })),
  primaryTask: null,
});

const addition = async (record: DocumentRecord) => {
  const text = await local.services.texts.read(record.documentId, record.textSha256 ?? '');
  const start = text?.text.indexOf('公示期为5个工作日') ?? -1;
  const code = record.tags.some((tag) => tag.code === 'dh2021:T02') ? 'T01' : 'T02';
  const evidence = [{ start, end: start + 9, quote: '公示期为5个工作日' }];
  return { additions: [{ scheme: 'task' as const, code, evidence }], primaryTask: code };
};

const reviewsOf = async (documentId: string) => {
  const { rows } = await local.services.reviews.reviews('dh2021', { limit: 500, after: null });
  return rows.filter((event) => event.documentId === documentId);
};

const acceptedInLedger = async (): Promise<number> =>
  (await local.services.ledger.counts('dh2021')).reduce((sum, { accepted }) => sum + accepted, 0);

test('with its only decision undone a document waits for review again, as it was proposed', async () => {
  const record = await aProposal();
  const before = await acceptedInLedger();
  const decided = await decide(record, await addition(record));
  const back = await undone(decided);
  expect(back).toMatchObject({ state: 'proposed', revision: record.revision + 2 });
  expect(back.tags).toEqual(record.tags);
  expect(back.attribute).toEqual(record.attribute);
  expect(await acceptedInLedger()).toBe(before);
  const queue = await local.services.documents.byState('proposed', { limit: 100, after: null });
  expect(queue.rows.map(({ documentId }) => documentId)).toContain(record.documentId);
});

test('of two decisions the newer is undone first, and the audit keeps all three', async () => {
  const record = await aProposal();
  const first = await decide(record);
  const second = await decide(first, rejectTasks(first));
  const back = await undone(second);
  expect(back.state).toBe('decided');
  expect(back.tags).toEqual(first.tags);
  const again = await undone(back);
  expect(again.tags).toEqual(record.tags);
  const { rows } = await local.services.documents.events(record.documentId, {
    limit: 50,
    after: null,
  });
  expect(rows.slice(-4).map(({ kind, actor }) => `${kind} ${actor}`)).toEqual([
    'decided reviewer-1',
    'decided reviewer-1',
    'undone lead-1',
    'undone lead-1',
  ]);
  expect(rows.at(-1)?.note).toBe('看错了');
});

test('for learning a wrong correction and its undoing leave what was there before', async () => {
  const record = await aProposal();
  const first = await decide(record);
  const before = standingReviews(await reviewsOf(record.documentId));
  const wrong = await decide(first, rejectTasks(first));
  const during = standingReviews(await reviewsOf(record.documentId));
  expect(during).not.toEqual(before);
  await undone(wrong);
  expect(standingReviews(await reviewsOf(record.documentId))).toEqual(before);
  expect(before[0]?.final.some(({ code }) => code === 'dh2021:T08')).toBe(true);
});

test('what was never decided cannot be undone, and neither can what somebody changed meanwhile', async () => {
  const record = await aProposal();
  const nothing = await undo(record);
  expect(!nothing.ok && nothing.error.refusal.kind).toBe('NOTHING_TO_UNDO');
  const decided = await decide(record);
  const stale = await undo(record);
  expect(!stale.ok && stale.error).toMatchObject({
    refusal: { kind: 'STALE_REVISION' },
    current: { revision: decided.revision },
  });
  const gone = await undoDecision(local.services, {
    documentId: '0'.repeat(32),
    revision: 1,
    reviewer: 'lead-1',
    note: '',
  });
  expect(!gone.ok && gone.error.refusal.kind).toBe('NO_SUCH_DOCUMENT');
});

test('of two who undo at once one wins', async () => {
  const decided = await decide(await aProposal());
  const outcomes = await Promise.all([undo(decided), undo(decided)]);
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
});

test('a queue that is down takes no decision back: the log says so, and the next decision asks again', async () => {
  const broken = {
    ...local.services,
    reviews: {
      ...local.services.reviews,
      reviewCount: async () => {
        throw new Error('throttled', { cause: new TypeError('x') });
      },
    },
  };
  const record = await aProposal();
  const outcome = await decideDocument(broken, {
    documentId: record.documentId,
    decision: acceptAll(record),
    reviewer: 'reviewer-1',
  });
  expect(outcome.ok && outcome.value.state).toBe('decided');
  const back = await undoDecision(broken, {
    documentId: record.documentId,
    revision: record.revision + 1,
    reviewer: 'reviewer-1',
    note: '',
  });
  expect(back.ok && back.value.state).toBe('proposed');
  const said = local.log.filter((line) => line.includes('RECORD_FAILED'));
  expect(said.slice(-2).map((line) => JSON.parse(line))).toEqual(
    [0, 1].map(() => ({ code: 'RECORD_FAILED', job: 'train', error: 'Error < TypeError' })),
  );
});

test('decided a hundred times and undone as often, a document stands as it was proposed', async () => {
  const record = await aProposal();
  let now = record;
  for (let n = 0; n < 50; n += 1) now = await decide(now, n % 2 === 0 ? {} : rejectTasks(now));
  for (let n = 0; n < 50; n += 1) now = await undone(now);
  expect(now).toMatchObject({ state: 'proposed', revision: record.revision + 100 });
  expect(now.tags).toEqual(record.tags);
  expect((await undo(now)).ok).toBe(false);
  expect(standingReviews(await reviewsOf(record.documentId))).toEqual([]);
});
