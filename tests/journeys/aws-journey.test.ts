import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { documentSchema } from '../../shared/domain/document.ts';
import { candidateSchema } from '../../shared/domain/release.ts';
import { quoteHolds } from '../../shared/domain/text.ts';
import { minute } from '../contracts/sample-documents.ts';
import { reviewed } from '../making/learning-home.ts';
import { aNotice } from '../making/local-home.ts';
import { makeDocx } from '../making/make-docx.ts';
import { type Checkout, freshCheckout, shippedFolder, synthesise } from '../making/synthesis.ts';
import { dynamoEndpoint, fauxqsEndpoint } from '../servers/available.ts';
import { type AwsAccount, awsAccount } from './aws-account.ts';
import { callThroughGateway, type HttpCall } from './gateway.ts';
import { type LambdaProcess, startLambda } from './lambda-process.ts';
import { type TokenIssuer, tokenIssuer } from './token-issuer.ts';

const dynamodb = await dynamoEndpoint();
const ALL = { limit: 50, after: null };

const noticeDocx = (): Promise<Uint8Array> =>
  makeDocx(
    aNotice()
      .split('\n')
      .filter((line) => line !== '')
      .map((text) => ({ kind: 'paragraph', text })),
  );
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The bundles out of cdk.out, each in a folder and a process of its own, over real protocols. */
describe.skipIf(dynamodb === null)('the functions as they are shipped', () => {
  let checkout: Checkout;
  let account: AwsAccount;
  let issuer: TokenIssuer;
  let extract: LambdaProcess;
  let scan: LambdaProcess;
  let classify: LambdaProcess;
  let review: LambdaProcess;
  let train: LambdaProcess;

  beforeAll(async () => {
    checkout = freshCheckout();
    const architecture = process.arch === 'arm64' ? 'arm64' : 'x86_64';
    const { code, output } = await synthesise(checkout, { architecture });
    if (code !== 0) throw new Error(output);
    account = await awsAccount({ dynamodb: dynamodb ?? '', fauxqs: await fauxqsEndpoint() });
    issuer = await tokenIssuer();
    const { environment, queueEnvironment, learningEnvironment, uploadEnvironment } = account;
    [extract, scan, classify, train, review] = await Promise.all([
      startLambda(shippedFolder(checkout, 'ExtractText'), { ...environment, ...queueEnvironment }),
      startLambda(shippedFolder(checkout, 'ReadScan'), {
        ...environment,
        CLASSIFY_QUEUE_URL: queueEnvironment.CLASSIFY_QUEUE_URL,
      }),
      startLambda(shippedFolder(checkout, 'ClassifyDocument'), environment),
      startLambda(shippedFolder(checkout, 'TrainModel'), environment),
      startLambda(shippedFolder(checkout, 'ReviewReviewApi'), {
        ...environment,
        ...queueEnvironment,
        ...learningEnvironment,
        ...uploadEnvironment,
        ...issuer.environment,
        PAGE_TOKEN_KEY: randomUUID() + randomUUID(),
      }),
    ]);
  }, 300_000);

  afterAll(() => {
    for (const lambda of [extract, scan, classify, train, review]) lambda?.stop();
    issuer?.stop();
    account?.close();
    checkout?.remove();
  });

  const NONE = { batchItemFailures: [] };

  /** Everything that waits goes through both steps. */
  const run = async (): Promise<void> => {
    expect(await extract.invoke(await account.fromIntake()), extract.printed()).toEqual(NONE);
    expect(await classify.invoke(await account.fromClassify()), classify.printed()).toEqual(NONE);
  };

  const proposalOf = async (key: string) => {
    const record = documentSchema.parse(await account.documents.get(account.idOf(key)));
    const text = await account.texts.read(record.documentId, record.textSha256 ?? '');
    if (text === null) throw new Error(`${key} has no text`);
    return { record, text };
  };

  test('a docx under a Chinese key with blanks and brackets becomes a proposal whose quotes hold', async () => {
    const key = '民政科/2021年 第二季度+高龄津贴（公示） 终稿.docx';
    await account.upload(key, await noticeDocx());
    await run();
    const { record, text } = await proposalOf(key);
    expect(record).toMatchObject({
      state: 'proposed',
      format: 'docx',
      fileName: '2021年 第二季度+高龄津贴（公示） 终稿.docx',
      source: { bucket: account.uploads, key, versionId: '' },
    });
    expect(record.elements?.documentNumber?.value.normalised).toBe('南云办〔2021〕8号');
    expect(text.text).toContain('本季度共发放高龄津贴126人');
    expect(record.tags.length).toBeGreaterThan(0);
    for (const { code, evidence } of record.tags) {
      expect(evidence.length, code).toBeGreaterThan(0);
      for (const quote of evidence) expect(quoteHolds(text.text, quote), code).toBe(true);
    }
    const { rows } = await account.documents.events(record.documentId, ALL);
    expect(rows.map(({ kind }) => kind)).toEqual(['received', 'extracted', 'proposed']);
  });

  test('a PDF whose Chinese fonts are not embedded is read in the shipped folder, and found by its words', async () => {
    const name = '云溪街道防汛防台风应急预案.pdf';
    const key = `应急办/${name}`;
    await account.upload(key, readFileSync(`fixtures/documents/${name}`));
    await run();
    const { record, text } = await proposalOf(key);
    expect(record).toMatchObject({ state: 'proposed', format: 'pdf', unreadPages: [] });
    expect(record.elements?.title?.value).toBe(
      '南屿区人民政府云溪街道办事处关于印发《云溪街道防汛防台风应急预案》的通知',
    );
    expect(record.elements?.documentNumber?.value.normalised).toBe('南云办〔2021〕24号');
    expect(text.pages.length).toBe(5);
    const found = await account.documents.byWord('防汛', ALL);
    expect(found.rows.map(({ documentId }) => documentId)).toContain(record.documentId);
  });

  test('a scan waits for the reader of scans, which reads it with the runtime that is shipped', async () => {
    const name = '2021年停水通知（扫描件）.pdf';
    const key = `城建办/${name}`;
    await account.upload(key, readFileSync(`fixtures/documents/${name}`));
    await run();
    const waiting = await account.documents.get(account.idOf(key));
    expect(waiting).toMatchObject({ state: 'scanning', reason: { code: 'NO_TEXT_LAYER' } });
    expect(await scan.invoke(await account.fromScan()), scan.printed()).toEqual(NONE);
    await run();
    const { record, text } = await proposalOf(key);
    expect(record).toMatchObject({ state: 'proposed', format: 'pdf', unreadPages: [] });
    expect(record.warnings.map(({ code }) => code)).toContain('W_OCR');
    expect(text.text).toContain('因石埠片区供水管网改造');
    expect(text.pages[0]?.confidence).toBeGreaterThan(0.9);
  });

  test('the same upload announced three times gives one record and one proposal', async () => {
    const key = '重复/通知.docx';
    await account.upload(key, await noticeDocx());
    const size = (await noticeDocx()).byteLength;
    await account.announce(key, size);
    await run();
    await account.announce(key, size);
    await run();
    const { rows } = await account.documents.events(account.idOf(key), ALL);
    expect(rows.map(({ kind }) => kind)).toEqual(['received', 'extracted', 'proposed']);
    const listed = await account.documents.byState('proposed', ALL);
    const same = listed.rows.filter(({ documentId }) => documentId === account.idOf(key));
    expect(same).toHaveLength(1);
  });

  test('of a batch of two only the message that is no notification comes again', async () => {
    const key = '批次/好的.txt';
    await account.sendToIntake('{"documentId":"关于机密的电话记录"}');
    await account.upload(key, bytesOf(aNotice({ number: '南云办〔2021〕31号' })));
    const event = await account.fromIntake();
    const bad = event.Records.map((record) =>
      z.object({ messageId: z.string(), body: z.string() }).parse(record),
    ).find(({ body }) => body.startsWith('{"documentId"'));
    expect(event.Records).toHaveLength(2);
    expect(await extract.invoke(event)).toEqual({
      batchItemFailures: [{ itemIdentifier: bad?.messageId }],
    });
    await expect.poll(extract.printed).toContain(`"messageId":"${bad?.messageId}"`);
    expect(extract.printed()).not.toContain('电话记录');
    expect((await account.documents.get(account.idOf(key)))?.state).toBe('extracted');
    const unknown = { messageId: 'm1', body: `{"documentId":"${'0'.repeat(32)}"}` };
    const waiting = await account.fromClassify();
    const answer = await classify.invoke({ Records: [unknown, ...waiting.Records] });
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'm1' }] });
    expect((await account.documents.get(account.idOf(key)))?.state).toBe('proposed');
  });

  test('of a file with a secrecy mark neither title nor text is kept or printed anywhere', async () => {
    const key = '来件/甲一.docx';
    const secret = ['机密★3年', '关于蓝鹭工程选址的请示', '区政府：', '拟选址鹭屿北侧三号地块。'];
    await account.upload(key, await makeDocx(secret.map((text) => ({ kind: 'paragraph', text }))));
    await run();
    const record = await account.documents.get(account.idOf(key));
    expect(record).toMatchObject({
      state: 'quarantined',
      textSha256: null,
      elements: null,
      reason: { code: 'SECRET_MARK' },
    });
    expect(record?.sha256).toMatch(/^[0-9a-f]{64}$/u);
    const kept = await account.everythingKept();
    expect(kept).toContain(account.idOf(key));
    const everywhere = kept + extract.printed() + classify.printed();
    for (const word of ['蓝鹭', '鹭屿', '三号地块', '选址']) expect(everywhere).not.toContain(word);
  });

  test('a reviewer signs in, uploads, finds the proposal, decides it, and the ledger counts it', async () => {
    const token = await issuer.token('reviewer-7', ['reviewer']);
    const call = (path: string, more: HttpCall = {}) =>
      callThroughGateway(review, path, { token, ...more });
    const file = await noticeDocx();
    const asked = await call('/v1/uploads', {
      method: 'POST',
      body: {
        fileName: '津贴 公示（一）.docx',
        bytes: file.byteLength,
        contentType: 'application/octet-stream',
      },
    });
    expect(asked.status).toBe(201);
    const ticket = z
      .object({ url: z.string(), key: z.string(), headers: z.record(z.string(), z.string()) })
      .parse(asked.json);
    const sent = await fetch(ticket.url, { method: 'PUT', headers: ticket.headers, body: file });
    expect(sent.status).toBe(200);
    await account.announce(ticket.key, file.byteLength);
    await run();

    const id = account.idOf(ticket.key);
    const queue = await call('/v1/queue?limit=50');
    const { rows } = z
      .object({ rows: z.array(z.object({ documentId: z.string() })) })
      .parse(queue.json);
    expect(rows.map(({ documentId }) => documentId)).toContain(id);
    const shown = documentSchema.parse((await call(`/v1/documents/${id}`)).json);
    const tasks = shown.tags.filter(({ scheme }) => scheme === 'task');
    const category = shown.tags.find(({ scheme }) => scheme === 'category');
    expect(tasks.length).toBeGreaterThan(0);
    const decision = {
      revision: shown.revision,
      verdicts: shown.tags.map(({ scheme, code }) => ({ scheme, code, verdict: 'accept' })),
      additions: [],
      primaryTask: tasks[0]?.code ?? null,
      primaryCategory: category?.code ?? null,
      attribute: null,
      note: '',
    };
    const before = await call('/v1/ledger');
    const decided = await call(`/v1/documents/${id}/decision`, { method: 'POST', body: decision });
    expect(decided.status, JSON.stringify(decided.json)).toBe(200);
    const again = await call(`/v1/documents/${id}/decision`, { method: 'POST', body: decision });
    expect(again.status).toBe(409);
    const ledgerSchema = z.object({
      rows: z.array(z.object({ code: z.string(), accepted: z.int(), proposed: z.int() })),
    });
    const countIn = ({ json }: { json: unknown }) =>
      ledgerSchema.parse(json).rows.find(({ code }) => code === tasks[0]?.code);
    const [was, is] = [countIn(before), countIn(await call('/v1/ledger'))];
    expect(is).toEqual({
      code: tasks[0]?.code,
      accepted: (was?.accepted ?? 0) + 1,
      proposed: (was?.proposed ?? 0) - 1,
    });
    expect(review.printed()).not.toContain('津贴');
  });

  test('reviews become a candidate with its report, asked for by a lead and trained beside', async () => {
    for (let n = 0; n < 25; n += 1)
      await reviewed(account, {
        documentId: `reviewed-${n}`,
        text: aNotice({ number: `南云办〔2021〕${n + 200}号` }),
        tasks: ['dh2021:T11'],
        at: minute(n),
      });
    const token = await issuer.token('lead-1', ['lead']);
    const asked = await callThroughGateway(review, '/v1/catalogues/dh2021/training', {
      method: 'POST',
      token,
    });
    expect(asked.status, JSON.stringify(asked.json)).toBe(200);
    const jobs = await account.fromLearning();
    expect(jobs.Records).toHaveLength(1);
    expect(await train.invoke(jobs), train.printed()).toEqual(NONE);
    await expect.poll(train.printed).toContain('"code":"RELEASE_JUDGED"');
    expect(train.printed()).not.toContain('津贴');
    const list = await callThroughGateway(review, '/v1/releases?catalogueId=dh2021&limit=10', {
      token,
    });
    expect(list.status, JSON.stringify(list.json)).toBe(200);
    const { rows } = z.object({ rows: z.array(candidateSchema) }).parse(list.json);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ origin: 'trained', state: 'candidate', madeBy: 'lead-1' });
    expect(rows[0]?.report?.candidate).toBe(rows[0]?.releaseId);
    const odd = { messageId: 'm1', body: '{"kind":"forget"}' };
    expect(await train.invoke({ Records: [odd, ...jobs.Records] })).toEqual({
      batchItemFailures: [{ itemIdentifier: 'm1' }],
    });
  });

  test('health answers everybody; the rest only whom the issuer vouches for, within the role', async () => {
    expect((await callThroughGateway(review, '/health')).status).toBe(200);
    const status = async (token?: string) =>
      (await callThroughGateway(review, '/v1/queue', token === undefined ? {} : { token })).status;
    const stranger = await tokenIssuer();
    try {
      const forged = await stranger.token('reviewer-7', ['reviewer']);
      const elsewhere = await issuer.token('reviewer-7', ['reviewer'], 'other');
      expect(await status()).toBe(401);
      expect(await status(forged)).toBe(401);
      expect(await status(elsewhere)).toBe(401);
      expect(await status(await issuer.token('officer-1', ['uploader']))).toBe(403);
      expect(await status(await issuer.token('reviewer-7', ['reviewer']))).toBe(200);
    } finally {
      stranger.stop();
    }
  });

  test('a function with a variable missing does not start, and names it', async () => {
    const { TEXT_BUCKET: _, ...environment } = account.environment;
    const started = startLambda(shippedFolder(checkout, 'ClassifyDocument'), environment);
    await expect(started).rejects.toThrow(/TEXT_BUCKET/u);
  });
});
