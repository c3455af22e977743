import type { Hono } from 'hono';
import { beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { localApp } from '../../functions/local/local-app.ts';
import { donghu2021 } from '../../shared/catalogue/donghu-2021.ts';
import { reviewApp } from '../../shared/http/app.ts';
import { contract } from '../../shared/http/contract.ts';
import { openApiDocument } from '../../shared/http/openapi.ts';
import type { Role } from '../../shared/http/person.ts';
import { problemSchema } from '../../shared/http/problem.ts';
import { refusalsOf } from '../../shared/http/route.ts';
import { localToken, localVerifier } from '../../shared/http/token-verifier.ts';
import { aNotice, type LocalHome, localHome, ORIGIN } from '../making/local-home.ts';

let local: LocalHome;
let app: Hono;

beforeAll(async () => {
  local = await localHome();
  app = localApp(local.services);
});

type Call = RequestInit & { readonly role?: Role };

const call = async (path: string, { role = 'lead', ...init }: Call = {}): Promise<Response> => {
  const headers = new Headers(init.headers);
  headers.set('host', '127.0.0.1:8787');
  headers.set(
    'authorization',
    `Bearer ${await localToken(local.services.secret, `${role}-1`, [role])}`,
  );
  return app.request(`${ORIGIN}${path}`, { ...init, headers });
};

const routeOf = (operationId: string) => {
  const found = contract.find((one) => one.operationId === operationId);
  if (found === undefined) throw new Error(operationId);
  return found;
};

/** Exactly the promised shape: what the schema does not name would be lost in parsing. */
const expectPromised = async (operationId: string, response: Response): Promise<unknown> => {
  const { status, response: schema } = routeOf(operationId);
  expect(response.status, operationId).toBe(status);
  expect(response.headers.get('content-type')).toMatch(/^application\/json/u);
  const body: unknown = await response.json();
  const parsed = schema.safeParse(body);
  expect(parsed.error, operationId).toBeUndefined();
  expect(parsed.data, operationId).toEqual(body);
  return body;
};

const expectProblem = async (response: Response, status: number): Promise<void> => {
  expect(response.status).toBe(status);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  const body: unknown = await response.json();
  const problem = problemSchema.parse(body);
  expect(problem).toEqual(body);
  expect(problem.status).toBe(status);
  expect(problem.detail).toMatch(/[\u4e00-\u9fff]/u);
  expect(problem.title).toMatch(/[a-z]{3}/u);
};

const json = (body: unknown): Call => ({
  method: 'POST',
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/json' },
});

const recordSchema = z.object({
  documentId: z.string(),
  revision: z.int(),
  tags: z.array(z.object({ scheme: z.enum(['task', 'category']), code: z.string() })),
});

const decisionFor = (record: z.infer<typeof recordSchema>) => ({
  revision: record.revision,
  verdicts: record.tags.map(({ scheme, code }) => ({ scheme, code, verdict: 'accept' })),
  additions: [],
  primaryTask: record.tags.find(({ scheme }) => scheme === 'task')?.code ?? null,
  primaryCategory: record.tags.find(({ scheme }) => scheme === 'category')?.code ?? null,
  attribute: { recommended: 'A1', grounds: [] },
  note: '核对无误',
});

const table = [
  ['序号', '工作任务', '工作要求', '牵头单位', '责任部门'],
  ['1', '公开惠民补贴发放情况', '每季度公开一次', '党政办', '社会事务办'],
]
  .map((cells) => cells.join('\t'))
  .join('\n');

test('every route answers exactly what the contract promises', async () => {
  const { documentId: id } = await local.send(
    '合约 13900005678.txt',
    aNotice({ body: '高龄津贴发放公示，联系电话13900005678，发放金额500元。' }),
  );
  const refused = await local.send('合约空.txt', '');
  const answered = new Set<string>();
  const check = async (operationId: string, path: string, init?: Call) => {
    answered.add(operationId);
    return expectPromised(operationId, await call(path, init));
  };
  await check('requestUpload', '/v1/uploads', {
    ...json({ fileName: '通知.docx', bytes: 9, contentType: 'application/octet-stream' }),
  });
  for (const query of ['', '?state=refused', '?task=T08', '?category=C11', '?words=津贴&limit=1'])
    await check('listDocuments', `/v1/documents${query}`);
  const record = recordSchema.parse(await check('getDocument', `/v1/documents/${id}`));
  await check('getDocument', `/v1/documents/${refused.documentId}`);
  await check('getText', `/v1/documents/${id}/text`);
  await check('getOriginal', `/v1/documents/${id}/original`);
  for (const query of ['', '?task=T06'])
    await check('getExplanation', `/v1/documents/${id}/explanation${query}`);
  await check('listQueue', '/v1/queue');
  await check('decideDocument', `/v1/documents/${id}/decision`, json(decisionFor(record)));
  await check('listEvents', `/v1/documents/${id}/events`);
  const undo = { revision: record.revision + 1, note: '误点' };
  await check('undoDecision', `/v1/documents/${id}/undo`, json(undo));
  await check('rerunDocument', `/v1/documents/${refused.documentId}/rerun`, { method: 'POST' });
  await check('listCatalogues', '/v1/catalogues');
  await check('getCatalogue', '/v1/catalogues/dh2021/1');
  const next = { ...donghu2021, version: 7 };
  await check('saveCatalogue', '/v1/catalogues/dh2021/7', { ...json(next), method: 'PUT' });
  await check('activateCatalogue', '/v1/catalogues/dh2021/1/activation', { method: 'POST' });
  await check('getScheme', '/v1/scheme');
  await check('getLedger', '/v1/ledger');
  const file = '/v1/catalogues/import?fileName=table.txt';
  await check('importCatalogue', file, { method: 'POST', body: table });
  await check('trainModel', '/v1/catalogues/dh2021/training', { method: 'POST' });
  const edits = { tasks: [{ code: 'T08', scope: '只管补贴发放' }], categories: [] };
  const edited = await check('editCatalogue', '/v1/catalogues/dh2021/1/edits', json(edits));
  const { releaseId } = z.object({ releaseId: z.string() }).parse(edited);
  const sheet = '代码\t范围\t不属于\nT08\t发放情况\t采购；招聘\nC07\t审批\t备案';
  await check('editCatalogueByFile', '/v1/catalogues/dh2021/1/edits/file?fileName=words.txt', {
    method: 'POST',
    body: sheet,
  });
  await local.services.idle();
  await check('getStandingRelease', '/v1/releases/standing');
  await check('listReleases', '/v1/releases?catalogueId=dh2021&limit=1');
  await check('judgeRelease', `/v1/releases/${releaseId}/judgement`, { method: 'POST' });
  await local.services.idle();
  await check('getRelease', `/v1/releases/${releaseId}`);
  const why = { why: '试一试' };
  await check('shadowRelease', `/v1/releases/${releaseId}/shadow`, json(why));
  await check('endShadow', '/v1/releases/shadow/end', json(why));
  const waived = { ...why, waiveShadow: true };
  await check('promoteRelease', `/v1/releases/${releaseId}/promotion`, json(waived));
  await check('rollBackRelease', '/v1/releases/roll-back', json(why));
  await check('listMoves', '/v1/releases/moves');
  expect([...answered].sort()).toEqual(contract.map(({ operationId }) => operationId).sort());
});

test('the table that ships is a version like any other: it cannot be replaced by a table of its name', async () => {
  const fresh = await localHome();
  const server = localApp(fresh.services);
  const token = await localToken(fresh.services.secret, 'lead-1', ['lead']);
  const put = (body: unknown) =>
    server.request(`${ORIGIN}/v1/catalogues/dh2021/1`, {
      method: 'PUT',
      body: JSON.stringify(body),
      headers: { host: '127.0.0.1:8787', authorization: `Bearer ${token}` },
    });
  await expectProblem(await put({ ...donghu2021, title: '另一张表' }), 409);
  expect((await put(donghu2021)).status).toBe(201);
});

test('a stale decision shows the present record in the promised shape, masked', async () => {
  const sent = await local.send('过时.txt', aNotice({ body: '高龄津贴，电话13900005678。' }));
  const stale = { ...decisionFor(sent), revision: sent.revision + 1 };
  const response = await call(`/v1/documents/${sent.documentId}/decision`, json(stale));
  const text = await response.clone().text();
  await expectProblem(response, 409);
  expect(text).toContain('"current"');
  expect(text).not.toContain('13900005678');
});

test('a quarantined document shows nothing of its text through any route', async () => {
  const { documentId: id } = await local.send('涉密件.txt', `机密★1年\n\n${aNotice()}`);
  const decision = { ...decisionFor({ documentId: id, revision: 2, tags: [] }), primaryTask: null };
  for (const [path, init, status] of [
    [`/v1/documents/${id}`, {}, 200],
    [`/v1/documents/${id}/events`, {}, 200],
    [`/v1/documents/${id}/text`, {}, 409],
    [`/v1/documents/${id}/original`, {}, 409],
    [`/v1/documents/${id}/rerun`, { method: 'POST' }, 409],
    [`/v1/documents/${id}/decision`, json(decision), 409],
    ['/v1/documents?state=quarantined', {}, 200],
  ] as const) {
    const response = await call(path, init);
    expect(response.status, path).toBe(status);
    expect(await response.text(), path).not.toMatch(/高龄津贴|南云办/u);
  }
});

test.each([
  ['a filter that is misspelt', '/v1/documents?stat=refused', 400],
  ['a filter given twice', '/v1/documents?state=refused&state=proposed', 400],
  ['a query where none is taken', '/v1/ledger?year=2020', 400],
  ['a doubled slash', '//v1/documents', 404],
  ['a slash at the end', '/v1/documents/', 404],
  ['dots in the path', '/v1/documents/%2e%2e/%2e%2e/etc/passwd', 404],
  ['an encoded slash', '/v1/documents/..%2f..%2fetc', 400],
  ['an id in capitals', `/v1/documents/${'A'.repeat(32)}`, 400],
  ['a path nobody serves', '/v1/nothing', 404],
  ['a path of objects', '/v1/documents/__proto__', 400],
])('%s is a refusal, not an answer', async (_what, path, status) => {
  await expectProblem(await call(path), status);
});

test('a method that a path does not have is refused, HEAD says what GET would without a body', async () => {
  for (const method of ['DELETE', 'PATCH', 'OPTIONS', 'PUT'])
    await expectProblem(await call('/v1/documents', { method }), 404);
  const head = await call('/v1/ledger', { method: 'HEAD' });
  expect(head.status).toBe(200);
  expect(await head.text()).toBe('');
  const stranger = await app.request(`${ORIGIN}/v1/ledger`, {
    method: 'HEAD',
    headers: { host: '127.0.0.1:8787' },
  });
  expect(stranger.status).toBe(401);
  expect(stranger.headers.get('www-authenticate')).toBe('Bearer');
});

test.each([
  ['nothing', ''],
  ['a list a million deep', '['.repeat(1_000_000)],
  ['an object a hundred thousand deep', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
  ['a closed list a million deep', `${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}`],
  ['a prototype', '{"__proto__":{"revision":1},"constructor":{"prototype":{"x":1}}}'],
  ['bytes that are no UTF-8', new Uint8Array([0x7b, 0xff, 0xfe, 0x7d])],
  ['a number beyond all numbers', '{"revision":1e999}'],
  ['a hundred thousand verdicts', JSON.stringify({ verdicts: Array(100_000).fill({}) })],
])('as a body, %s is refused', async (_what, body) => {
  const path = `/v1/documents/${'a'.repeat(32)}/decision`;
  await expectProblem(await call(path, { method: 'POST', body }), 400);
  expect(Reflect.get({}, 'revision')).toBeUndefined();
});

test('a body over the limit is refused, with its length announced or not', async () => {
  const path = '/v1/catalogues/import?fileName=a.txt';
  const big = new Uint8Array(6 * 2 ** 20);
  await expectProblem(
    await call(path, {
      method: 'POST',
      body: big,
      headers: { 'content-length': String(big.length) },
    }),
    413,
  );
  const stream = new ReadableStream({
    start: (controller) => {
      for (let part = 0; part < 6; part += 1) controller.enqueue(new Uint8Array(2 ** 20));
      controller.close();
    },
  });
  const streamed = { method: 'POST', body: stream, duplex: 'half' } as const;
  await expectProblem(await call(path, streamed), 413);
});

test('a position is good for its own list alone, and only as it was given', async () => {
  for (const name of ['页一.txt', '页二.txt']) await local.send(name, '');
  const first = z
    .object({ next: z.string() })
    .parse(await (await call('/v1/documents?state=refused&limit=1')).json());
  const after = encodeURIComponent(first.next);
  expect((await call(`/v1/documents?state=refused&limit=1&after=${after}`)).status).toBe(200);
  const [body = '', mark = ''] = first.next.split('.');
  const moved = Buffer.from(`${Buffer.from(body, 'base64url').toString()} `).toString('base64url');
  for (const path of [
    `/v1/queue?after=${after}`,
    `/v1/documents?state=proposed&after=${after}`,
    `/v1/documents?state=refused&after=${moved}.${mark}`,
    `/v1/documents?state=refused&after=${body}.`,
    `/v1/documents?state=refused&after=${body}`,
    '/v1/documents?state=refused&after=',
  ])
    await expectProblem(await call(path), 400);
});

test('a fault is a problem in both languages that tells nothing of its cause, and neither does the log', async () => {
  const lines: string[] = [];
  const broken = {
    ...local.services,
    log: {
      write: (code: string, fields?: object) => lines.push(JSON.stringify({ code, ...fields })),
    },
    documents: {
      ...local.services.documents,
      get: () => Promise.reject(new Error('机密正文 at /secret/place.ts')),
    },
  };
  const verify = localVerifier(local.services.secret);
  const token = await localToken(local.services.secret, 'lead-1', ['lead']);
  const response = await reviewApp({ services: broken, verify }).request(
    `/v1/documents/${'a'.repeat(32)}`,
    { headers: { authorization: `Bearer ${token}` } },
  );
  expect(response.status).toBe(500);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  const text = await response.text();
  expect(text).toMatch(/[\u4e00-\u9fff]/u);
  expect(text).toContain('Internal fault');
  for (const said of [text, lines.join('\n')]) expect(said).not.toMatch(/机密正文|secret|place/u);
  expect(lines.join('\n')).toContain('REQUEST_FAILED');
});

const nodesOf = (node: unknown): Record<string, unknown>[] => {
  if (Array.isArray(node)) return node.flatMap(nodesOf);
  const object = z.record(z.string(), z.unknown()).safeParse(node);
  return object.success ? [object.data, ...Object.values(object.data).flatMap(nodesOf)] : [];
};

const operationSchema = z.object({
  operationId: z.string(),
  parameters: z.array(
    z.object({ name: z.string(), in: z.enum(['path', 'query']), required: z.boolean() }),
  ),
  responses: z.record(z.string().regex(/^[1-5]\d\d$/u), z.unknown()),
});

test('the description is whole: every reference leads somewhere, every part of a path is declared, every name is used once', () => {
  const described = openApiDocument();
  const { components, paths } = z
    .object({
      openapi: z.literal('3.1.0'),
      components: z.object({ schemas: z.record(z.string(), z.unknown()) }),
      paths: z.record(z.string(), z.record(z.string(), operationSchema)),
    })
    .parse(described);
  const references = nodesOf(described).flatMap(({ $ref }) =>
    typeof $ref === 'string' ? [$ref] : [],
  );
  expect(references.length).toBeGreaterThan(10);
  for (const reference of references)
    expect(Object.keys(components.schemas)).toContain(
      reference.replace(/^#\/components\/schemas\//u, ''),
    );
  const names: string[] = [];
  for (const [path, methods] of Object.entries(paths))
    for (const operation of Object.values(methods)) {
      names.push(operation.operationId);
      const declared = operation.parameters
        .filter((parameter) => parameter.in === 'path')
        .map(({ name }) => name);
      expect(declared.sort()).toEqual(
        [...path.matchAll(/\{(\w+)\}/gu)].map(([, name]) => name).sort(),
      );
    }
  expect(new Set(names).size).toBe(contract.length);
});

test('whatever a route can refuse at its door stands in its description', () => {
  for (const one of contract) {
    const kinds = refusalsOf(one);
    expect(kinds).toEqual(expect.arrayContaining(['NOT_SIGNED_IN', 'NOT_ALLOWED', 'BAD_REQUEST']));
    expect(kinds.includes('TOO_LARGE')).toBe(one.takes !== 'nothing');
  }
});

test('a ticket is good for one file of its size and type, however often it is tried', async () => {
  const asked = { fileName: '单次.txt', bytes: 4, contentType: 'text/plain' };
  const ticket = z
    .object({ url: z.string() })
    .parse(await (await call('/v1/uploads', json(asked))).json());
  const put = (body: string, type = 'text/plain', url = ticket.url) =>
    call(url.slice(ORIGIN.length), {
      method: 'PUT',
      body,
      headers: { 'content-type': type, 'content-length': String(body.length) },
    });
  await expectProblem(await put('12345'), 400);
  await expectProblem(await put('1234', 'text/html'), 400);
  await expectProblem(await put('1234', 'text/plain', `${ticket.url}x`), 403);
  expect((await put('1234')).status).toBe(201);
  expect((await put('1234')).status).toBe(201);
  await expectProblem(await put('4321'), 422);
  const original = ticket.url.replace('/local/uploads/', '/local/originals/');
  await expectProblem(await call(original.slice(ORIGIN.length)), 403);
  for (const fileName of ['../x', '..', '.', 'a/b', 'a\\b', '\u0000', 'a\ud800', ''])
    expect((await call('/v1/uploads', json({ ...asked, fileName }))).status).toBeOneOf([400, 422]);
});
