/** A function as Lambda runs it: the shipped folder alone in a place of its own, Node 24, nothing but its environment. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import * as z from 'zod';
import { node24 } from '../making/synthesis.ts';

const BOOT = resolve(import.meta.dirname, 'lambda-boot.ts');

const messageSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('started') }),
  z.object({ kind: z.literal('answer'), value: z.unknown() }),
  z.object({ kind: z.literal('fault'), message: z.string() }),
]);

export interface LambdaProcess {
  /** What the handler answers. Throws what it throws, and where the process ends. */
  invoke(event: unknown): Promise<unknown>;
  /** Everything it has printed so far. */
  printed(): string;
  stop(): void;
}

const nextMessage = async (child: ChildProcess, printed: () => string) => {
  const waiting = new AbortController();
  const { signal } = waiting;
  const ended = once(child, 'exit', { signal }).then(() => {
    throw new Error(`The function ended: ${printed()}`);
  });
  try {
    const [message] = await Promise.race([once(child, 'message', { signal }), ended]);
    return messageSchema.parse(message);
  } finally {
    ended.catch(() => undefined);
    waiting.abort();
  }
};

/** Ready once the handler is loaded. */
export const startLambda = async (
  shipped: string,
  environment: Readonly<Record<string, string>>,
): Promise<LambdaProcess> => {
  const place = mkdtempSync(join(tmpdir(), 'gongkai-task-'));
  cpSync(shipped, join(place, 'task'), { recursive: true });
  const child = fork(BOOT, [join(place, 'task', 'handler.mjs')], {
    execPath: node24(),
    execArgv: [],
    cwd: join(place, 'task'),
    env: { ...environment, TMPDIR: place },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
  const printed = (): string => output;
  const stop = (): void => {
    child.removeAllListeners('exit');
    child.kill('SIGKILL');
    rmSync(place, { recursive: true, force: true });
  };
  const first = await nextMessage(child, printed);
  if (first.kind !== 'started') throw new Error(`The function did not start: ${printed()}`);
  return {
    invoke: async (event) => {
      const answered = nextMessage(child, printed);
      child.send(Object(event));
      const message = await answered;
      if (message.kind === 'answer') return message.value;
      throw new Error(message.kind === 'fault' ? message.message : 'The function started again');
    },
    printed,
    stop,
  };
};
