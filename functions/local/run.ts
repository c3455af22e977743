/** `npm start`: the whole product on this machine — fixtures taken in, a table of what was found, then the API and a watched inbox. */
import { createWriteStream, type WriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ServerType, serve } from '@hono/node-server';
import type { DocumentRecord } from '../../shared/domain/document.ts';
import { jsonLog } from '../../shared/log.ts';
import { reportRecord } from './file-report.ts';
import { findFiles } from './find-files.ts';
import { inOrder } from './in-order.ts';
import { localApp } from './local-app.ts';
import { type LocalServices, localServices } from './local-services.ts';
import { reportTable } from './print-reports.ts';
import { progressBar } from './progress.ts';
import { receiveFile, resume, takeInFixture } from './take-in.ts';
import { type InboxWatch, watchInbox } from './watch-inbox.ts';

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

/** Tells of a file that came in; one that was dealt with before is passed over in silence. */
const tellArrival = async (services: LocalServices, key: string): Promise<void> => {
  const outcome = await receiveFile(services, 'inbox', key);
  if (outcome === null || outcome.repeated) return;
  await services.idle();
  const record = await services.documents.get(outcome.record.documentId);
  if (record === null) return;
  const table = reportTable([reportRecord(record)], process.stdout.columns);
  process.stdout.write(`\n收到新文件\n${table}\n`);
};

const watchAndTell = (services: LocalServices) =>
  watchInbox({
    folder: join(home, 'inbox'),
    onFault: (error) => tellFault(services, error),
    take: (key) => tellArrival(services, key),
  });

/** Taken before anything is read: whoever finds the port taken has changed nothing. */
const listen = (services: LocalServices): Promise<ServerType> =>
  new Promise((settle, fail) => {
    const server = serve({ fetch: localApp(services).fetch, port, hostname: HOST }, () =>
      settle(server),
    );
    server.once('error', fail);
  });

const isTaken = (fault: unknown): boolean =>
  fault instanceof Error && 'code' in fault && fault.code === 'EADDRINUSE';

const stopOnSignal = (services: LocalServices, logFile: WriteStream): ((parts: Parts) => void) => {
  let parts: Parts | null = null;
  const stop = (): void => {
    // Work under way goes on where it stood at the next start.
    if (parts === null) process.exit(0);
    const { server, inbox } = parts;
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
  return (started) => {
    parts = started;
  };
};

interface Parts {
  readonly server: ServerType;
  readonly inbox: InboxWatch;
}

const main = async (): Promise<void> => {
  await mkdir(home, { recursive: true, mode: 0o700 });
  const logFile = createWriteStream(join(home, 'log.jsonl'), { flags: 'a', mode: 0o600 });
  const services = localServices(
    home,
    origin,
    jsonLog((line) => logFile.write(line)),
  );
  const onceStarted = stopOnSignal(services, logFile);
  const server = await listen(services);
  services.log.write('SERVER_STARTED', { port });
  await resume(services);
  const records = await takeInFixtures(services);
  process.stdout.write(`${reportTable(records.map(reportRecord), process.stdout.columns)}\n`);
  onceStarted({ server, inbox: watchAndTell(services) });
  process.stdout.write(
    `共 ${records.length} 件。审核接口 ${origin}/docs\n把文件复制到 ${join(home, 'inbox')} 即自动收件；按 Ctrl+C 停止。\n`,
  );
};

const stopWith = (message: string): never => {
  process.stderr.write(`${message}\n`);
  process.exit(1);
};

if (!Number.isInteger(port) || port < 1 || port > 65_535)
  stopWith(
    'GONGKAI_PORT 须为 1–65535 的整数。/ GONGKAI_PORT must be a whole number from 1 to 65535.',
  );
try {
  await main();
} catch (fault) {
  if (!isTaken(fault)) throw fault;
  stopWith(
    `端口 ${port} 已被占用，请用 GONGKAI_PORT 指定别的端口。/ Port ${port} is taken; set GONGKAI_PORT.`,
  );
}
