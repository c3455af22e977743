/** GET /v1/documents/{documentId}/explanation over the whole app. */
import type { Hono } from 'hono';
import { beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { localApp } from '../../functions/local/local-app.ts';
import type { Role } from '../../shared/http/person.ts';
import { localToken } from '../../shared/http/token-verifier.ts';
import { explainedDocumentSchema } from '../../shared/usecases/explain-document.ts';
import { aNotice, type LocalHome, localHome, ORIGIN } from '../making/local-home.ts';

let local: LocalHome;
let app: Hono;
let path: string;

beforeAll(async () => {
  local = await localHome();
  app = localApp(local.services);
  const { documentId } = await local.send('高龄津贴.txt', aNotice());
  path = `/v1/documents/${documentId}/explanation`;
});

const get = async (address: string, role: Role): Promise<Response> => {
  const token = await localToken(local.services.secret, `${role}-1`, [role]);
  return app.request(`${ORIGIN}${address}`, {
    headers: { host: '127.0.0.1:8787', authorization: `Bearer ${token}` },
  });
};

const reasonOf = async (response: Response): Promise<string> =>
  z.object({ reason: z.object({ code: z.string() }) }).parse(await response.json()).reason.code;

test('reviewer and lead are told why, others are not', async () => {
  for (const role of ['reviewer', 'lead'] as const) {
    const response = await get(`${path}?task=T06`, role);
    expect(response.status).toBe(200);
    const { explanation, differs } = explainedDocumentSchema.parse(await response.json());
    expect(explanation.tasks.map(({ code, proposed }) => [code, proposed])).toContainEqual([
      'dh2021:T06',
      false,
    ]);
    expect(differs).toEqual([]);
  }
  for (const role of ['uploader', 'operator'] as const)
    expect((await get(path, role)).status).toBe(403);
});

test('a wrong id, a task that is not there, a misspelt question and a document without text are refused by name', async () => {
  const missing = await get(`/v1/documents/${'0'.repeat(32)}/explanation`, 'lead');
  expect([missing.status, await reasonOf(missing)]).toEqual([404, 'NO_SUCH_DOCUMENT']);
  const task = await get(`${path}?task=T04`, 'lead');
  expect(await reasonOf(task)).toBe('NO_SUCH_CODE');
  const question = await get(`${path}?tasks=T06`, 'lead');
  expect([question.status, await reasonOf(question)]).toEqual([400, 'BAD_REQUEST']);
  const { documentId } = await local.send('空件.txt', '');
  const empty = await get(`/v1/documents/${documentId}/explanation`, 'lead');
  expect([empty.status, await reasonOf(empty)]).toEqual([409, 'WRONG_STATE']);
});
