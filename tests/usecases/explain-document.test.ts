import { beforeAll, expect, test } from 'vitest';
import { defaultArtefact } from '../../shared/classify/artefact.ts';
import type { DocumentRecord } from '../../shared/domain/document.ts';
import { SOFTWARE_VERSION } from '../../shared/domain/software.ts';
import {
  type ExplainedDocument,
  explainDocument,
  explainedDocumentSchema,
  type Question,
} from '../../shared/usecases/explain-document.ts';
import { aNotice, type LocalHome, localHome } from '../making/local-home.ts';

let local: LocalHome;
let record: DocumentRecord;

/** Invented: region 99 does not exist; 139 0000 numbers are not given out. */
const ID = '990101195001011232';
const PHONE = '13900005678';

beforeAll(async () => {
  local = await localHome();
  record = await local.send('高龄津贴.txt', aNotice());
});

/** The store with one record as it might stand there otherwise. */
const withRecord = (change: Partial<DocumentRecord>) => ({
  ...local.services,
  documents: {
    ...local.services.documents,
    get: async (documentId: string) => {
      const found = await local.services.documents.get(documentId);
      return found && { ...found, ...change };
    },
  },
});

const answered = async (
  question: Partial<Question> = {},
  change: Partial<DocumentRecord> = {},
): Promise<ExplainedDocument> => {
  const answer = await explainDocument(withRecord(change), {
    documentId: record.documentId,
    ...question,
  });
  if (!answer.ok) throw new Error(answer.error.kind);
  return explainedDocumentSchema.parse(answer.value);
};

const refused = async (
  question: Partial<Question>,
  change: Partial<DocumentRecord> = {},
): Promise<string> => {
  const answer = await explainDocument(withRecord(change), {
    documentId: record.documentId,
    ...question,
  });
  return answer.ok ? 'accepted' : answer.error.kind;
};

test('the explanation is that of the proposal on the record: same tags, same scores, same quotes, and no difference to tell', async () => {
  const { explanation, differs, stamped, computed } = await answered();
  const tasks = record.tags.filter(({ scheme }) => scheme === 'task');
  const categories = record.tags.filter(({ scheme }) => scheme === 'category');
  expect(tasks.length).toBeGreaterThan(0);
  expect(
    explanation.tasks.map(({ code, score, evidence }) => [code, score.score, evidence]),
  ).toEqual(tasks.map(({ code, score, evidence }) => [code, score, evidence]));
  expect(
    explanation.categories
      .filter(({ proposed }) => proposed)
      .map(({ code, score }) => [code, score]),
  ).toEqual(categories.map(({ code, score }) => [code, score]));
  expect(differs).toEqual([]);
  expect(computed).toEqual(stamped);
});

test('a task that was not proposed is explained when it is asked for, by full or short code', async () => {
  for (const task of ['T06', 'dh2021:T06']) {
    const { explanation } = await answered({ task });
    const asked = explanation.tasks.find(({ code }) => code === 'dh2021:T06');
    expect(asked?.proposed).toBe(false);
    expect(asked?.against.length).toBeGreaterThan(0);
  }
  expect(await refused({ task: 'T04' })).toBe('NO_SUCH_CODE');
  expect(await refused({ task: 'other:T06' })).toBe('NO_SUCH_CODE');
});

test('another model or software than the one on the record is said plainly', async () => {
  const { versions } = record;
  if (versions === null) throw new Error('not proposed');
  const { differs: model } = await answered({}, { versions: { ...versions, model: 'other-1' } });
  expect(model.map(({ code }) => code)).toEqual(['ARTEFACT_DIFFERS']);
  expect(model[0]?.zh).toContain('other-1');
  expect(model[0]?.zh).toContain(defaultArtefact.id);
  const { differs: software } = await answered(
    {},
    { versions: { ...versions, software: '0.0.1' } },
  );
  expect(software.map(({ code }) => code)).toEqual(['SOFTWARE_DIFFERS']);
  expect(software[0]?.en).toContain('0.0.1');
  expect(software[0]?.en).toContain(SOFTWARE_VERSION);
});

test('tags that come out otherwise now are said; a tag that a person added is none of them', async () => {
  const [first, ...rest] = record.tags;
  if (first === undefined) throw new Error('no tags');
  const { differs } = await answered({}, { tags: rest });
  expect(differs.map(({ code }) => code)).toEqual(['TAGS_DIFFER']);
  const added = { ...first, code: 'dh2021:T06', score: null, standing: 'added' as const };
  expect((await answered({}, { tags: [...record.tags, added] })).differs).toEqual([]);
});

test('a document that was read but not proposed yet is explained by the active catalogue, and that is said', async () => {
  const { differs, stamped } = await answered({}, { versions: null, tags: [], state: 'extracted' });
  expect(stamped).toBeNull();
  expect(differs.map(({ code }) => code)).toEqual(['NOT_PROPOSED_YET']);
});

test('numbers of people do not leave with an explanation', async () => {
  const title = `云溪街道办事处关于${ID}高龄津贴发放明细的公示`;
  const body = `高龄津贴补贴发放名单：${ID}，联系电话${PHONE}，补贴标准每人每月三百元。`;
  const sent = await local.send('名单.txt', aNotice({ title, body }));
  const answer = await explainDocument(local.services, {
    documentId: sent.documentId,
    task: 'T06',
  });
  const text = JSON.stringify(answer);
  expect(answer.ok).toBe(true);
  expect(text).not.toContain(ID);
  expect(text).not.toContain(PHONE);
  expect(text).toMatch(/99\*+232/u);
});

test('no document, no text, a secrecy mark and a catalogue that is gone are refused by name', async () => {
  expect(await refused({ documentId: '0'.repeat(32) })).toBe('NO_SUCH_DOCUMENT');
  expect(await refused({}, { textSha256: null })).toBe('WRONG_STATE');
  expect(await refused({}, { elements: null })).toBe('WRONG_STATE');
  expect(await refused({}, { state: 'quarantined' })).toBe('WRONG_STATE');
  const empty = await local.send('空件.txt', '');
  expect(await refused({ documentId: empty.documentId })).toBe('WRONG_STATE');
  const { versions } = record;
  if (versions === null) throw new Error('not proposed');
  expect(await refused({}, { versions: { ...versions, catalogue: 'gone@7' } })).toBe(
    'NO_SUCH_CATALOGUE',
  );
});

test('a text that the store lost is a fault and no refusal', async () => {
  const services = {
    ...local.services,
    texts: { ...local.services.texts, read: async () => null },
  };
  await expect(explainDocument(services, { documentId: record.documentId })).rejects.toThrow(
    'No text',
  );
});

test('a record stamped by a trained model that is gone is explained by what ships, and that is said', async () => {
  const { versions } = record;
  if (versions === null) throw new Error('not proposed');
  const gone = 'a'.repeat(64);
  const { differs, computed } = await answered({}, { versions: { ...versions, model: gone } });
  expect(computed.model).toBe(defaultArtefact.id);
  expect(JSON.stringify(differs)).toContain(gone);
});
