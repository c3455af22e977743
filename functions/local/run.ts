/** `npm start`: the whole product on this machine — fixtures taken in, a table of what was found, then the API and a watched inbox. */
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serve } from '@hono/node-server';
import type { DocumentRecord } from '../../shared/domain/document.ts';
import { jsonLog } from '../../shared/log.ts';
import { reportRecord } from './file-report.ts';
import { findFiles } from './find-files.ts';
import { inOrder } from './in-order.ts';
import { localApp } from './local-app.ts';
import { type LocalServices, localServices } from './local-services.ts';
import { reportTable } from './print-reports.ts';
import { progressBar } from './progress.ts';
import { resume, takeIn, takeInFixture } from './take-in.ts';
import { watchInbox } from './watch-inbox.ts';

const DEFAULT_PORT = 8787;
const HOST = '127.0.0.1';
const FIXTURES = fileURLToPath(new URL('../../fixtures/documents', import.meta.url));

const home = resolve(process.env['GONGKAI_HOME'] ?? '.gongkai');
const port = Number(process.env['GONGKAI_PORT'] ?? DEFAULT_PORT);
const origin = `http://${HOST}:${port}`;

const takeInFixtures = async (services: LocalServices): Promise<readonly DocumentRecord[]> => {
  const paths = await findFiles([FIXTURES]);
  const progress = progressBar({
    total: paths.length,
    label: '读取与分类',
    stream: process.stderr,
  });
  const ids: string[] = [];
  for await (const record of inOrder(paths, availableParallelism() * 2, (path) =>
    takeInFixture(services, path),
  )) {
    if (record !== null) ids.push(record.documentId);
    progress.step();
  }
  await services.idle();
  progress.end();
  const records = await Promise.all(ids.map((id) => services.documents.get(id)));
  return records.filter((record) => record !== null);
};

const tellFault = (services: LocalServices, error: unknown): void =>
  services.log.write('RECORD_FAILED', { error: error instanceof Error ? error.name : 'unknown' });

const watchAndTell = (services: LocalServices) =>
  watchInbox({
    folder: join(home, 'inbox'),
    onFault: (error) => tellFault(services, error),
    take: async (key) => {
      const taken = await takeIn(services, 'inbox', key);
      if (taken === null) return;
      await services.idle();
      const record = await services.documents.get(taken.documentId);
      if (record !== null)
        process.stdout.write(
          `\n收到 ${key}\n${reportTable([reportRecord(record)], process.stdout.columns)}\n`,
        );
    },
  });

const main = async (): Promise<void> => {
  await mkdir(home, { recursive: true, mode: 0o700 });
  const logFile = createWriteStream(join(home, 'log.jsonl'), { flags: 'a', mode: 0o600 });
  const services = localServices(
    home,
    origin,
    jsonLog((line) => logFile.write(line)),
  );
  await resume(services);
  const records = await takeInFixtures(services);
  process.stdout.write(`${reportTable(records.map(reportRecord), process.stdout.columns)}\n`);
  const server = serve({ fetch: localApp(services).fetch, port, hostname: HOST }, () => {
    services.log.write('SERVER_STARTED', { port });
    process.stdout.write(
      `共 ${records.length} 件。审核接口 ${origin}/docs\n把文件复制到 ${join(home, 'inbox')} 即自动收件；按 Ctrl+C 停止。\n`,
    );
  });
  server.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error;
    process.stderr.write(
      `端口 ${port} 已被占用，请用 GONGKAI_PORT 指定别的端口。/ Port ${port} is taken; set GONGKAI_PORT.\n`,
    );
    process.exit(1);
  });
  const inbox = watchAndTell(services);
  const stop = (): void => {
    inbox.close();
    server.close(() => {
      services.log.write('SERVER_STOPPED');
      services.close().then(
        () => logFile.end(() => process.exit(0)),
        () => process.exit(1),
      );
    });
    if ('closeAllConnections' in server) server.closeAllConnections();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
};

await main();
