/** Fetches, starts and stops Amazon's DynamoDB Local. Its licence forbids to pass it on: it stays in the ignored .cache folder. */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const PACKAGE = 'amplify-dynamodb-simulator';
const VERSION = '2.9.30';
const CACHE = resolve(import.meta.dirname, '../../.cache');
const EMULATOR = join(CACHE, `${PACKAGE}-${VERSION}`, 'package', 'emulator');
const JAR = join(EMULATOR, 'DynamoDBLocal.jar');
const START_LIMIT_MS = 90_000;

const javaRuns = (): boolean => spawnSync('java', ['-version'], { stdio: 'ignore' }).status === 0;

/** Why it cannot be started here; null where it can. Looks only: fetches nothing. */
export const dynamoProblem = (): string | null => {
  const wanted = process.env['GONGKAI_SERVERS'] === '1';
  if (!wanted && !existsSync(JAR)) return 'no DynamoDB Local here; GONGKAI_SERVERS=1 fetches it';
  return javaRuns() ? null : 'no Java here (Debian: apt install default-jre-headless)';
};

const fetchJar = (): void => {
  if (existsSync(JAR)) return;
  const folder = join(CACHE, `${PACKAGE}-${VERSION}`);
  mkdirSync(folder, { recursive: true });
  const archive = join(CACHE, `${PACKAGE}-${VERSION}.tgz`);
  if (!existsSync(archive))
    execFileSync('npm', ['pack', `${PACKAGE}@${VERSION}`, '--pack-destination', CACHE], {
      stdio: 'ignore',
    });
  execFileSync('tar', ['xzf', archive, '-C', folder, 'package/emulator']);
};

const freePort = (): Promise<number> =>
  new Promise((found, failed) => {
    const server = createServer();
    server.once('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address !== null && typeof address === 'object'
          ? found(address.port)
          : failed(new Error('no free port')),
      );
    });
  });

const answers = async (endpoint: string): Promise<boolean> => {
  try {
    await fetch(endpoint, { method: 'POST', signal: AbortSignal.timeout(2_000) });
    return true;
  } catch {
    return false;
  }
};

const untilReady = async (endpoint: string, server: ChildProcess): Promise<void> => {
  const deadline = Date.now() + START_LIMIT_MS;
  while (!(await answers(endpoint))) {
    if (server.exitCode !== null) throw new Error(`DynamoDB Local ended with ${server.exitCode}`);
    if (Date.now() > deadline) throw new Error('DynamoDB Local did not start in time');
    await pause(200);
  }
};

export interface RunningServer {
  readonly endpoint: string;
  stop(): Promise<void>;
}

const stopped = (server: ChildProcess): Promise<void> =>
  new Promise((done) => {
    if (server.exitCode !== null) return done();
    server.once('exit', () => done());
    server.kill('SIGKILL');
  });

/** In memory, one database for all; fetches the jar first where it is missing. */
export const startDynamo = async (): Promise<RunningServer> => {
  fetchJar();
  const port = await freePort();
  const flags = ['-sharedDb', '-inMemory', '-disableTelemetry'];
  const library = `-Djava.library.path=${join(EMULATOR, 'DynamoDBLocal_lib')}`;
  const server = spawn(
    'java',
    ['-Xmx768m', library, '-jar', JAR, '-port', String(port), ...flags],
    { cwd: EMULATOR, stdio: 'ignore' },
  );
  const endpoint = `http://127.0.0.1:${port}`;
  try {
    await untilReady(endpoint, server);
  } catch (fault) {
    await stopped(server);
    throw fault;
  }
  return { endpoint, stop: () => stopped(server) };
};
