import { beforeAll, expect, test } from 'vitest';
import { disclosureScheme } from '../../shared/catalogue/disclosure-scheme.ts';
import { donghu2021 } from '../../shared/catalogue/donghu-2021.ts';
import type { Decision, DocumentRecord } from '../../shared/domain/document.ts';
import { MAX_TAGS } from '../../shared/domain/limits.ts';
import { activateCatalogue } from '../../shared/usecases/activate-catalogue.ts';
import { decideDocument } from '../../shared/usecases/decide-document.ts';
import { acceptAll } from '../making/accept-all.ts';
import { aNotice, type LocalHome, localHome } from '../making/local-home.ts';

let local: LocalHome;
let sent = 20;

beforeAll(async () => {
  local = await localHome();
});

const aProposal = (): Promise<DocumentRecord> => {
  sent += 1;
  return local.send(`件${sent}.txt`, aNotice({ number: `南云办〔2021〕${sent}号` }));
};

const decide = (record: DocumentRecord, patch: Partial<Decision> = {}) =>
  decideDocument(local.services, {
    documentId: record.documentId,
    decision: { ...acceptAll(record), ...patch },
    reviewer: 'reviewer-1',
  });

const refusalOf = async (record: DocumentRecord, patch: Partial<Decision>): Promise<string> => {
  const outcome = await decide(record, patch);
  return outcome.ok ? 'accepted' : outcome.error.refusal.kind;
};

test('a reviewer accepts everything: the record is decided, the ledger counts it, the audit says who', async () => {
  const record = await aProposal();
  const outcome = await decide(record, { note: '核对无误' });
  expect(outcome.ok && outcome.value).toMatchObject({
    state: 'decided',
    revision: record.revision + 1,
  });
  const counts = await local.services.ledger.counts('dh2021');
  expect(counts.find(({ code }) => code === 'dh2021:T08')?.accepted).toBeGreaterThan(0);
  const { rows } = await local.services.documents.events(record.documentId, {
    limit: 50,
    after: null,
  });
  expect(rows.at(-1)).toMatchObject({
    kind: 'decided',
    actor: 'reviewer-1',
    note: '核对无误',
    from: 'proposed',
    to: 'decided',
  });
});

test('of two reviewers who saw the same revision the second is shown the record of the first', async () => {
  const record = await aProposal();
  const [one, two] = await Promise.all([decide(record), decide(record)]);
  const [won, lost] = one.ok ? [one, two] : [two, one];
  expect(won.ok).toBe(true);
  expect(!lost.ok && lost.error).toMatchObject({
    refusal: { kind: 'STALE_REVISION' },
    current: { state: 'decided' },
  });
});

test('a tag is added by its short code with words of the text, and becomes primary', async () => {
  const record = await aProposal();
  const text = await local.services.texts.read(record.documentId, record.textSha256 ?? '');
  const start = text?.text.indexOf('公示期为5个工作日') ?? -1;
  const evidence = [{ start, end: start + 9, quote: '公示期为5个工作日' }];
  const code = record.tags.some((tag) => tag.code === 'dh2021:T02') ? 'T01' : 'T02';
  const outcome = await decide(record, {
    additions: [{ scheme: 'task', code, evidence }],
    primaryTask: code,
  });
  const added = outcome.ok ? outcome.value.tags.find((tag) => tag.standing === 'added') : undefined;
  expect(added).toMatchObject({ code: `dh2021:${code}`, score: null, rank: 0, evidence });
});

test('a rejected tag stays on the record as rejected and leaves the lists', async () => {
  const record = await aProposal();
  const verdicts = record.tags.map(({ scheme, code }) => ({
    scheme,
    code,
    verdict: scheme === 'task' ? ('reject' as const) : ('accept' as const),
  }));
  const outcome = await decide(record, { verdicts, primaryTask: null });
  expect(
    outcome.ok &&
      outcome.value.tags
        .filter(({ scheme }) => scheme === 'task')
        .every(({ standing }) => standing === 'rejected'),
  ).toBe(true);
  const { rows } = await local.services.documents.byCode('task', 'dh2021:T08', {
    limit: 100,
    after: null,
  });
  expect(rows.map(({ documentId }) => documentId)).not.toContain(record.documentId);
});

test('a decision that does not fit the document is refused and changes nothing', async () => {
  const record = await aProposal();
  const quote = { start: 0, end: 4, quote: '不是原文' };
  expect(await refusalOf(record, { revision: record.revision + 5 })).toBe('STALE_REVISION');
  expect(await refusalOf(record, { verdicts: [] })).toBe('BAD_REQUEST');
  expect(
    await refusalOf(record, {
      verdicts: [...acceptAll(record).verdicts, { scheme: 'task', code: 'T99', verdict: 'accept' }],
    }),
  ).toBe('NO_SUCH_CODE');
  expect(
    await refusalOf(record, { additions: [{ scheme: 'task', code: 'T23', evidence: [quote] }] }),
  ).toBe('QUOTE_MISMATCH');
  expect(await refusalOf(record, { primaryTask: 'T27' })).toBe('BAD_REQUEST');
  expect(await refusalOf(record, { attribute: { recommended: 'A3', grounds: [] } })).toBe(
    'BAD_REQUEST',
  );
  expect(await refusalOf(record, { attribute: { recommended: 'A3', grounds: ['N99'] } })).toBe(
    'NO_SUCH_CODE',
  );
  expect((await local.services.documents.get(record.documentId))?.revision).toBe(record.revision);
});

test('a refused document cannot be decided', async () => {
  const record = await local.send('空件.txt', '');
  expect(await refusalOf(record, {})).toBe('WRONG_STATE');
});

const evidenceOf = async (record: DocumentRecord, words: string) => {
  const text = await local.services.texts.read(record.documentId, record.textSha256 ?? '');
  const start = text?.text.indexOf(words) ?? -1;
  return [{ start, end: start + words.length, quote: words }];
};

test('evidence that says nothing, a mark or a single character, is refused', async () => {
  const record = await aProposal();
  for (const words of ['。', '，', '公', '\n', '：\n'])
    expect(
      await refusalOf(record, {
        additions: [{ scheme: 'task', code: 'T23', evidence: await evidenceOf(record, words) }],
      }),
      words,
    ).toBe('BAD_REQUEST');
});

test('more tags than a record can hold are refused, and so is a code named in two ways', async () => {
  const record = await aProposal();
  const evidence = await evidenceOf(record, '公示期为5个工作日');
  const { tasks } = donghu2021;
  const present = new Set(record.tags.map(({ code }) => code));
  const every = [
    ...tasks.map(({ code }) => ({ scheme: 'task' as const, code, evidence })),
    ...disclosureScheme.codes
      .filter(({ kind }) => 'CEP'.includes(kind))
      .map(({ code }) => ({ scheme: 'category' as const, code, evidence })),
  ].filter(({ code }) => !present.has(code));
  const room = MAX_TAGS - record.tags.length;
  expect(await refusalOf(record, { additions: every.slice(0, room + 1) })).toBe('BAD_REQUEST');
  const twice = ['T23', 'dh2021:T23'].map((code) => ({ scheme: 'task' as const, code, evidence }));
  expect(await refusalOf(record, { additions: twice })).toBe('BAD_REQUEST');
  expect(await refusalOf(record, { additions: every.slice(0, room) })).toBe('accepted');
  expect(MAX_TAGS).toBe(20);
});

test('a quote that was selected masked is kept in the words of the text and shown masked', async () => {
  const body = '高龄津贴发放对象李某某，联系电话13900005678，发放金额500元，公示期为5个工作日。';
  const record = await local.send('遮盖引文.txt', aNotice({ body, number: '南云办〔2021〕99号' }));
  const [place] = await evidenceOf(record, '李某某，联系电话13900005678');
  if (place === undefined) throw new Error('the words are in the text');
  const quote = place.quote.replace('13900005678', '139****5678');
  const outcome = await decide(record, {
    additions: [{ scheme: 'task', code: 'T23', evidence: [{ ...place, quote }] }],
  });
  const added = outcome.ok ? outcome.value.tags.find(({ standing }) => standing === 'added') : null;
  expect(added?.evidence).toEqual([place]);
});

test('a decided document is decided again: the second word counts and the audit holds both', async () => {
  const record = await aProposal();
  const first = await decide(record);
  if (!first.ok) throw new Error('the first decision is taken');
  const verdicts = first.value.tags.map(({ scheme, code }) => ({
    scheme,
    code,
    verdict: 'reject' as const,
  }));
  const attribute = { recommended: 'A3' as const, grounds: ['N16c', 'N16c'] };
  const known = disclosureScheme.codes.filter(({ kind }) => kind === 'N').map(({ code }) => code);
  expect(known).toContain('N16c');
  const second = await decide(first.value, {
    verdicts,
    primaryTask: null,
    primaryCategory: null,
    attribute,
  });
  expect(second.ok && second.value).toMatchObject({
    state: 'decided',
    revision: record.revision + 2,
    attribute: { recommended: 'A3', grounds: ['N16c'] },
  });
  const { rows } = await local.services.documents.events(record.documentId, {
    limit: 50,
    after: null,
  });
  expect(rows.map(({ kind }) => kind).slice(-2)).toEqual(['decided', 'decided']);
  expect(rows.at(-1)).toMatchObject({
    from: 'decided',
    change: { after: { attribute: 'A3', grounds: ['N16c'] } },
  });
});

test('a catalogue switched after the proposal does not change what its codes mean', async () => {
  const record = await aProposal();
  const { catalogues } = local.services;
  const renamed = {
    ...donghu2021,
    catalogueId: 'yx2030',
    tasks: donghu2021.tasks.map((task) => ({
      ...task,
      code: task.code.replace('dh2021', 'yx2030'),
    })),
  };
  await catalogues.save(donghu2021);
  await catalogues.save(renamed);
  const activate = async (catalogueId: string): Promise<void> => {
    const { version } = donghu2021;
    const done = await activateCatalogue(local.services, { catalogueId, version, actor: 'lead-1' });
    expect(done.ok).toBe(true);
  };
  await activate('yx2030');
  try {
    const short = acceptAll(record).verdicts.map((verdict) => ({
      ...verdict,
      code: verdict.code.replace('dh2021:', ''),
    }));
    expect(await refusalOf(record, { verdicts: short })).toBe('accepted');
    const newer = await aProposal();
    expect(newer.versions?.catalogue).toBe(`yx2030@${donghu2021.version}`);
    expect(await refusalOf(newer, {})).toBe('accepted');
  } finally {
    await activate('dh2021');
  }
});
