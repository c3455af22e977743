/** The API as a value: the Lambda, the local server and the tests run this same app. */
import { createHash } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { secureHeaders } from 'hono/secure-headers';
import { megabytes } from '../domain/limits.ts';
import { type Refusal, refusal } from '../domain/refusal.ts';
import { type Result, refuse } from '../domain/result.ts';
import { SOFTWARE_VERSION } from '../domain/software.ts';
import { faultNames } from '../log.ts';
import { maskedRecord } from '../usecases/mask-document.ts';
import { contract } from './contract.ts';
import { DOCS_STYLE, docsPage } from './docs-page.ts';
import { openApiDocument } from './openapi.ts';
import type { Person, Verifier } from './person.ts';
import { problemOf, statusOf } from './problem.ts';
import type { NotDone, Route, Services } from './route.ts';

export interface AppOptions {
  readonly services: Services;
  readonly verify: Verifier;
}

/** The gateway takes 6 MB at most; larger files go to the bucket. */
const MAX_BODY_BYTES = 5 * 2 ** 20;
const STYLE_HASH = `'sha256-${createHash('sha256').update(DOCS_STYLE).digest('base64')}'`;

const refused = (context: Context, why: Refusal | NotDone): Response => {
  const { refusal: inner, current } = 'refusal' in why ? why : { refusal: why, current: null };
  const problem = problemOf(inner);
  const body = current === null ? problem : { ...problem, current: maskedRecord(current) };
  return context.body(JSON.stringify(body), statusOf(inner.kind), {
    'content-type': 'application/problem+json',
    ...(inner.kind === 'NOT_SIGNED_IN' ? { 'www-authenticate': 'Bearer' } : {}),
  });
};

const FAULT = {
  type: 'about:blank',
  title: 'Internal fault; try again later. Whether the change was made, the document tells.',
  status: 500,
  detail: '服务内部故障，请稍后再试。是否已生效，以文件当前状态为准。',
} as const;

const personOf = async (
  context: Context,
  verify: Verifier,
  one: Route,
): Promise<Result<Person, Refusal>> => {
  const [scheme = '', token = ''] = (context.req.header('authorization') ?? '').split(' ');
  if (scheme.toLowerCase() !== 'bearer' || token === '')
    return refuse(refusal('NOT_SIGNED_IN', 'Bearer'));
  const person = await verify(token);
  if (!person.ok) return person;
  const allowed = person.value.roles.some((role) => one.roles.includes(role));
  return allowed ? person : refuse(refusal('NOT_ALLOWED', one.roles.join(', ')));
};

/** undefined where a JSON body is no JSON. */
const readBody = async (context: Context, { takes }: Route): Promise<unknown> => {
  if (takes === 'nothing') return null;
  const bytes = new Uint8Array(await context.req.arrayBuffer());
  if (takes === 'bytes') return bytes;
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
};

const serve =
  ({ services, verify }: AppOptions, one: Route) =>
  async (context: Context): Promise<Response> => {
    const person = await personOf(context, verify, one);
    if (!person.ok) return refused(context, person.error);
    const body = await readBody(context, one);
    if (body === undefined) return refused(context, refusal('BAD_REQUEST', 'body: JSON'));
    if (Object.values(context.req.queries()).some((values) => values.length > 1))
      return refused(context, refusal('BAD_REQUEST', 'query: a name is given twice'));
    const { params, query } = { params: context.req.param(), query: context.req.query() };
    const answer = await one.handle({ services, person: person.value, params, query, body });
    return answer.ok ? context.json(answer.value, one.status) : refused(context, answer.error);
  };

export const reviewApp = (options: AppOptions): Hono => {
  const { log } = options.services;
  const app = new Hono();
  const defaultSrc = ["'none'"];
  app.use(
    secureHeaders({
      contentSecurityPolicy: { defaultSrc, styleSrc: [STYLE_HASH], frameAncestors: defaultSrc },
    }),
  );
  app.use('/v1/*', async (context, next) => {
    await next();
    context.header('cache-control', 'no-store');
  });
  app.use(
    bodyLimit({
      maxSize: MAX_BODY_BYTES,
      onError: (context) => refused(context, refusal('TOO_LARGE', megabytes(MAX_BODY_BYTES))),
    }),
  );
  app.get('/health', (context) => context.json({ ok: true, version: SOFTWARE_VERSION }));
  app.get('/openapi.json', (context) => context.json(openApiDocument()));
  app.get('/docs', (context) => context.html(docsPage()));
  app.get('/', (context) => context.redirect('/docs'));
  for (const one of contract) {
    app.on(one.method, one.path.replaceAll('{', ':').replaceAll('}', ''), serve(options, one));
  }
  app.notFound((context) => refused(context, refusal('NO_SUCH_PATH')));
  app.onError((error, context) => {
    log.write('REQUEST_FAILED', {
      error: faultNames(error),
      method: context.req.method,
      route: context.req.routePath,
    });
    return context.body(JSON.stringify(FAULT), 500, {
      'content-type': 'application/problem+json',
    });
  });
  return app;
};
