/** The review API on this machine: the same app, with a local sign-in and local places to send and fetch files. */
import { Hono } from 'hono';
import * as z from 'zod';
import { verifyDownload, verifyUpload } from '../../shared/adapters/local/folder-desks.ts';
import { storeOriginal } from '../../shared/adapters/local/folder-objects.ts';
import { MAX_FILE_BYTES } from '../../shared/domain/limits.ts';
import { type Refusal, refusal } from '../../shared/domain/refusal.ts';
import { reviewApp } from '../../shared/http/app.ts';
import { ROLES } from '../../shared/http/person.ts';
import { problemOf } from '../../shared/http/problem.ts';
import { localToken, localVerifier } from '../../shared/http/token-verifier.ts';
import type { LocalServices } from './local-services.ts';
import { takeIn } from './take-in.ts';

const signInSchema = z.object({ name: z.string().min(1).max(60), role: z.enum(ROLES) });
const LOCAL_HOST = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?$/u;

const refused = (why: Refusal): Response => {
  const problem = problemOf(why);
  return Response.json(problem, {
    status: problem.status,
    headers: { 'content-type': 'application/problem+json' },
  });
};

/** Another site open in the browser must not reach this server: its pages carry another host or origin. */
const isForeign = (host: string, origin: string | undefined): boolean =>
  !LOCAL_HOST.test(host) || (origin !== undefined && origin !== `http://${host}`);

export const localApp = (services: LocalServices): Hono => {
  const app = new Hono();
  app.use(async (context, next) => {
    const foreign = isForeign(context.req.header('host') ?? '', context.req.header('origin'));
    return foreign ? refused(refusal('NOT_ALLOWED', 'this machine only')) : next();
  });
  app.post('/local/sign-in', async (context) => {
    const asked = signInSchema.safeParse(await context.req.json().catch(() => null));
    const json = (context.req.header('content-type') ?? '').startsWith('application/json');
    if (!asked.success || !json) return refused(refusal('BAD_REQUEST', 'name, role'));
    const { name, role } = asked.data;
    return context.json({ token: await localToken(services.secret, name, [role]) });
  });
  app.put('/local/uploads/:token', async (context) => {
    const allowed = verifyUpload(services, context.req.param('token'));
    if (!allowed.ok) return refused(allowed.error);
    const { key, bytes, contentType } = allowed.value;
    const length = Number(context.req.header('content-length') ?? Number.NaN);
    const fits =
      length === bytes &&
      bytes <= MAX_FILE_BYTES &&
      context.req.header('content-type') === contentType;
    if (!fits) return refused(refusal('BAD_REQUEST', 'content-length, content-type'));
    const content = new Uint8Array(await context.req.arrayBuffer());
    if (content.length !== bytes) return refused(refusal('BAD_REQUEST', 'content-length'));
    const stored = await storeOriginal(services.home, { bucket: 'uploads', key }, content);
    if (!stored.ok) return refused(stored.error);
    const record = await takeIn(services, 'uploads', key);
    return record === null
      ? refused(refusal('OBJECT_GONE'))
      : context.json({ documentId: record.documentId, state: record.state }, 201);
  });
  app.get('/local/originals/:token', async (context) => {
    const allowed = verifyDownload(services, context.req.param('token'));
    if (!allowed.ok) return refused(allowed.error);
    const content = await services.objects.read(allowed.value.ref, MAX_FILE_BYTES);
    if (content === null) return refused(refusal('OBJECT_GONE'));
    if (!content.ok) return refused(content.error);
    const name = encodeURIComponent(allowed.value.fileName);
    return context.body(new Uint8Array(content.value), 200, {
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename*=UTF-8''${name}`,
      'x-content-type-options': 'nosniff',
    });
  });
  const review = reviewApp({ services, verify: localVerifier(services.secret) });
  app.all('*', (context) => review.fetch(context.req.raw));
  return app;
};
