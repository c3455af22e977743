import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import type { Hono } from 'hono';
import { SignJWT } from 'jose';
import { beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { localApp } from '../../functions/local/local-app.ts';
import { donghu2021 } from '../../shared/catalogue/donghu-2021.ts';
import { contract } from '../../shared/http/contract.ts';
import { openApiDocument } from '../../shared/http/openapi.ts';
import type { Role } from '../../shared/http/person.ts';
import { localToken } from '../../shared/http/token-verifier.ts';
import { activateCatalogue } from '../../shared/usecases/activate-catalogue.ts';
import { aNotice, type LocalHome, localHome, ORIGIN } from '../making/local-home.ts';

let local: LocalHome;
let app: Hono;

beforeAll(async () => {
  local = await localHome();
  app = localApp(local.services);
});

const call = async (path: string, init: RequestInit & { role?: Role } = {}): Promise<Response> => {
  const { role, ...rest } = init;
  const headers = new Headers(rest.headers);
  headers.set('host', '127.0.0.1:8787');
  if (role !== undefined)
    headers.set(
      'authorization',
      `Bearer ${await localToken(local.services.secret, `${role}-1`, [role])}`,
    );
  return app.request(`${ORIGIN}${path}`, { ...rest, headers });
};

const post = (path: string, role: Role, body: unknown): Promise<Response> =>
  call(path, {
    method: 'POST',
    role,
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  });

const rowsSchema = z.object({
  rows: z.array(z.object({ documentId: z.string() })),
  next: z.string().nullable(),
});

test('nothing under /v1 answers without a token, with a foreign one, or with one that was tampered with', async () => {
  const { secret } = local.services;
  const claims = { roles: ['lead'] };
  const signed = (key: Uint8Array, issuer: string, expires: string) =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer(issuer)
      .setAudience('gongkai')
      .setSubject('x')
      .setExpirationTime(expires)
      .sign(key);
  const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify({ ...claims, sub: 'x', iss: 'gongkai-local', aud: 'gongkai', exp: 4102444800 })).toString('base64url')}.`;
  const tokens = [
    '',
    'Bearer',
    'Basic YTpi',
    `Bearer ${none}`,
    `Bearer ${await signed(new Uint8Array(48), 'gongkai-local', '1h')}`,
    `Bearer ${await signed(secret, 'somebody-else', '1h')}`,
    `Bearer ${await signed(secret, 'gongkai-local', '-1h')}`,
  ];
  for (const one of contract) {
    for (const authorization of tokens) {
      const path = one.path.replaceAll(/\{\w+\}/gu, 'x');
      const response = await call(path, { method: one.method, headers: { authorization } });
      expect(response.status, `${one.operationId} ${authorization.slice(0, 12)}`).toBe(401);
      expect(response.headers.get('content-type')).toBe('application/problem+json');
    }
  }
});

test('each role may do what the contract says and nothing more', async () => {
  for (const one of contract) {
    for (const role of ['uploader', 'reviewer', 'lead', 'operator'] as const) {
      const path = one.path.replaceAll(/\{\w+\}/gu, 'x');
      const body = one.method === 'GET' ? {} : { body: '{}' };
      const { status } = await call(path, { method: one.method, role, ...body });
      expect(status === 403, `${one.operationId} ${role} ${status}`).toBe(
        !one.roles.includes(role),
      );
    }
  }
});

test('a page of another site cannot reach the local server', async () => {
  expect((await call('/health', { headers: { origin: 'https://elsewhere.example' } })).status).toBe(
    403,
  );
  const foreign = await app.request('http://gongkai.example/local/sign-in', {
    method: 'POST',
    headers: { host: 'gongkai.example' },
  });
  expect(foreign.status).toBe(403);
});

test('from sign-in to ledger: upload by ticket, queue, text with evidence, decision, audit', async () => {
  const signIn = await call('/local/sign-in', {
    method: 'POST',
    body: '{"name":"审核员甲","role":"reviewer"}',
    headers: { 'content-type': 'application/json' },
  });
  const { token } = z.object({ token: z.string() }).parse(await signIn.json());
  expect((await call('/v1/queue', { headers: { authorization: `Bearer ${token}` } })).status).toBe(
    200,
  );

  const bytes = new TextEncoder().encode(aNotice());
  const asked = await post('/v1/uploads', 'uploader', {
    fileName: '高龄津贴 公示.txt',
    bytes: bytes.length,
    contentType: 'text/plain',
  });
  expect(asked.status).toBe(201);
  const ticket = z
    .object({ url: z.string(), headers: z.record(z.string(), z.string()) })
    .parse(await asked.json());
  const wrong = await call(ticket.url.slice(ORIGIN.length), {
    method: 'PUT',
    body: bytes.slice(1),
    headers: { ...ticket.headers, 'content-length': String(bytes.length - 1) },
  });
  expect(wrong.status).toBe(400);
  const sent = await call(ticket.url.slice(ORIGIN.length), {
    method: 'PUT',
    body: bytes,
    headers: { ...ticket.headers, 'content-length': String(bytes.length) },
  });
  expect(sent.status).toBe(201);
  const { documentId } = z.object({ documentId: z.string() }).parse(await sent.json());
  await local.services.idle();

  const queue = rowsSchema.parse(await (await call('/v1/queue', { role: 'reviewer' })).json());
  expect(queue.rows.map((row) => row.documentId)).toContain(documentId);
  const record = await (await call(`/v1/documents/${documentId}`, { role: 'reviewer' })).json();
  const text = z
    .object({
      text: z.string(),
      evidence: z.array(
        z.object({ start: z.int(), end: z.int(), quote: z.string(), holds: z.boolean() }),
      ),
    })
    .parse(await (await call(`/v1/documents/${documentId}/text`, { role: 'reviewer' })).json());
  expect(text.evidence.length).toBeGreaterThan(0);
  for (const { start, end, quote, holds } of text.evidence) {
    expect(holds).toBe(true);
    expect(text.text.slice(start, end)).toBe(quote);
  }
  const tags = z
    .object({
      revision: z.int(),
      tags: z.array(z.object({ scheme: z.enum(['task', 'category']), code: z.string() })),
    })
    .parse(record);
  const decision = {
    revision: tags.revision,
    verdicts: tags.tags.map((tag) => ({ scheme: tag.scheme, code: tag.code, verdict: 'accept' })),
    additions: [],
    primaryTask: tags.tags.find(({ scheme }) => scheme === 'task')?.code ?? null,
    primaryCategory: tags.tags.find(({ scheme }) => scheme === 'category')?.code ?? null,
    attribute: null,
    note: '',
  };
  expect((await post(`/v1/documents/${documentId}/decision`, 'reviewer', decision)).status).toBe(
    200,
  );
  const stale = await post(`/v1/documents/${documentId}/decision`, 'lead', decision);
  expect(stale.status).toBe(409);
  expect(await stale.json()).toMatchObject({
    reason: { code: 'STALE_REVISION' },
    current: { documentId, state: 'decided' },
  });
  const events = z
    .object({ rows: z.array(z.object({ kind: z.string(), actor: z.string() })) })
    .parse(await (await call(`/v1/documents/${documentId}/events`, { role: 'lead' })).json());
  expect(events.rows.map(({ kind }) => kind)).toEqual([
    'received',
    'extracted',
    'proposed',
    'decided',
  ]);
  expect(events.rows.at(-1)?.actor).toBe('reviewer-1');
  const ledger = z
    .object({ rows: z.array(z.object({ shortCode: z.string(), accepted: z.int() })) })
    .parse(await (await call('/v1/ledger', { role: 'lead' })).json());
  expect(ledger.rows).toHaveLength(20);
  expect(ledger.rows.find(({ shortCode }) => shortCode === 'T08')?.accepted).toBe(1);
  const found = rowsSchema.parse(
    await (
      await call(`/v1/documents?words=${encodeURIComponent('高龄津贴')}`, { role: 'reviewer' })
    ).json(),
  );
  expect(found.rows.map((row) => row.documentId)).toContain(documentId);
  const { url } = z
    .object({ url: z.string() })
    .parse(await (await call(`/v1/documents/${documentId}/original`, { role: 'reviewer' })).json());
  const original = await call(url.slice(ORIGIN.length));
  expect(new Uint8Array(await original.arrayBuffer())).toEqual(bytes);
  expect((await call(`${url.slice(ORIGIN.length)}x`)).status).toBe(403);
});

test('personal data leaves the store only masked, in text, quotes and titles alike', async () => {
  const body =
    '经审核，现将高龄津贴发放对象公示：李某某，身份证号990101195001011237，联系电话13900005678，发放金额500元。';
  const record = await local.send('名单.txt', aNotice({ number: '南云办〔2021〕60号', body }));
  const answers = await Promise.all(
    ['', '/text', '/events'].map(async (part) =>
      (await call(`/v1/documents/${record.documentId}${part}`, { role: 'reviewer' })).text(),
    ),
  );
  expect(answers.join('')).not.toContain('13900005678');
  expect(answers.join('')).toContain('139****5678');
});

test('pages go on where they stopped, and a token opens only the list that gave it', async () => {
  for (const at of [1, 2, 3])
    await local.send(`翻页${at}.txt`, aNotice({ number: `南云办〔2021〕7${at}号` }));
  const seen: string[] = [];
  let after = '';
  do {
    const page = rowsSchema.parse(
      await (await call(`/v1/queue?limit=2${after}`, { role: 'reviewer' })).json(),
    );
    expect(page.rows.length).toBeLessThanOrEqual(2);
    seen.push(...page.rows.map(({ documentId }) => documentId));
    after = page.next === null ? '' : `&after=${encodeURIComponent(page.next)}`;
  } while (after !== '');
  expect(new Set(seen).size).toBe(seen.length);
  const first = rowsSchema.parse(
    await (await call('/v1/queue?limit=1', { role: 'reviewer' })).json(),
  );
  const stolen = await call(
    `/v1/documents?state=proposed&limit=1&after=${encodeURIComponent(first.next ?? '')}`,
    { role: 'reviewer' },
  );
  expect(stolen.status).toBe(400);
  expect(await stolen.json()).toMatchObject({ reason: { code: 'BAD_PAGE_TOKEN' } });
});

test('a task table is imported as a draft, saved, activated and used for the next upload', async () => {
  const table = await (await call('/v1/catalogues/dh2021/1', { role: 'lead' })).json();
  const next = z
    .object({ tasks: z.array(z.looseObject({ code: z.string() })) })
    .loose()
    .parse(table);
  const renamed = {
    ...next,
    catalogueId: 'yx2022',
    version: 1,
    title: '云溪街道2022年政务公开任务分解表',
    tasks: next.tasks.map((task) => ({ ...task, code: task.code.replace('dh2021', 'yx2022') })),
  };
  const put = (body: unknown) =>
    call('/v1/catalogues/yx2022/1', { method: 'PUT', role: 'lead', body: JSON.stringify(body) });
  expect((await put(renamed)).status).toBe(201);
  expect((await put(renamed)).status).toBe(201);
  expect((await put({ ...renamed, title: '另一张表' })).status).toBe(409);
  expect((await post('/v1/catalogues/yx2022/1/activation', 'lead', null)).status).toBe(200);
  const record = await local.send('启用后.txt', aNotice({ number: '南云办〔2021〕80号' }));
  expect(record.tags.filter(({ scheme }) => scheme === 'task').map(({ code }) => code)).toContain(
    'yx2022:T08',
  );
  const empty = await call(`/v1/catalogues/import?fileName=${encodeURIComponent('空表.txt')}`, {
    method: 'POST',
    role: 'lead',
    body: '没有表格的文字',
  });
  expect(empty.status).toBe(422);
  expect((await call('/v1/catalogues/none/9', { role: 'lead' })).status).toBe(404);
});

test('whatever is sent, no route breaks: every answer is one that the description names', async () => {
  const value = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom('0', '-1', '../..', '%00', "' OR 1=1 --", '{}', '9'.repeat(40)),
  );
  const body = fc.oneof(
    fc.json({ maxDepth: 3 }),
    fc.string({ maxLength: 60 }),
    fc.constant('{"revision":1}'),
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...contract), value, body, async (one, text, sent) => {
      const path = one.path.replaceAll(/\{\w+\}/gu, encodeURIComponent(text.toWellFormed()) || 'x');
      const query =
        one.method === 'GET'
          ? `?limit=${encodeURIComponent(text.toWellFormed())}&words=${encodeURIComponent(text.toWellFormed())}`
          : '';
      const response = await call(`${path}${query}`, {
        method: one.method,
        role: 'lead',
        ...(one.method === 'GET' ? {} : { body: sent }),
      });
      expect(response.status, `${one.operationId} ${text}`).toBeLessThan(500);
    }),
    { numRuns: 300 },
  );
});

test('the description in docs is the one that is served, and the page of the API loads nothing from elsewhere', async () => {
  const served = await (await call('/openapi.json')).json();
  expect(served).toEqual(JSON.parse(JSON.stringify(openApiDocument())));
  expect(
    JSON.parse(await readFile(new URL('../../docs/openapi.json', import.meta.url), 'utf8')),
  ).toEqual(served);
  const page = await (await call('/docs')).text();
  for (const { operationId } of contract) expect(page).toContain(operationId);
  expect(page).not.toMatch(/<script|src=|https?:\/\//u);
});

test('every answer carries the headers that keep a browser from running or framing it', async () => {
  const { headers } = await call('/docs');
  expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect((await call('/v1/ledger', { role: 'lead' })).headers.get('cache-control')).toBe(
    'no-store',
  );
});

test('moving releases, editing and training are for leads and operators, and a move has to say why', async () => {
  const lead = new Set([
    ...['judgeRelease', 'shadowRelease', 'endShadow', 'promoteRelease', 'rollBackRelease'],
    ...['trainModel', 'editCatalogue', 'editCatalogueByFile', 'activateCatalogue'],
  ]);
  const routes = contract.filter(({ operationId }) => lead.has(operationId));
  expect(routes).toHaveLength(lead.size);
  for (const { operationId, path } of routes)
    for (const role of ['uploader', 'reviewer'] as const)
      expect((await post(path.replaceAll(/\{\w+\}/gu, 'x'), role, {})).status, operationId).toBe(
        403,
      );
  for (const why of ['', ' \n ', 'x'.repeat(2001)])
    for (const path of ['dh2021.1.x/promotion', 'dh2021.1.x/shadow', 'roll-back', 'shadow/end'])
      expect((await post(`/v1/releases/${path}`, 'lead', { why })).status).toBe(400);
});

test('a number of a person in the reason of a move is hidden from whoever reads it', async () => {
  // Invented: region 99 does not exist.
  const number = '990101195001011232';
  const { catalogues, releases } = local.services;
  await catalogues.save({ ...donghu2021, catalogueId: 'dh2022' });
  const next = { catalogueId: 'dh2022', version: 1, actor: 'lead-1' };
  expect((await activateCatalogue(local.services, next)).ok).toBe(true);
  const moved = await post('/v1/releases/roll-back', 'lead', { why: `身份证${number}一件误标` });
  const answers = [
    await moved.text(),
    await (await call('/v1/releases/standing', { role: 'lead' })).text(),
    await (await call('/v1/releases/moves', { role: 'reviewer' })).text(),
  ];
  for (const answer of answers) {
    expect(answer).toContain('一件误标');
    expect(answer).not.toContain(number);
  }
  const standing = await releases.standing();
  expect(standing?.why).toContain(number);
});
