/** Runs the real command line, or the local run, as a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');
export const LAUNCHER = join(ROOT, 'functions', 'local', 'gongkai.js');
const RUN = join(ROOT, 'functions', 'local', 'run.ts');

export interface Ended {
  /** null where a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly ms: number;
  /** Most memory it held, in MB; null where the system does not tell (it tells under Linux). */
  readonly peakMb: number | null;
}

const collect = (child: ChildProcess): { stdout: string; stderr: string } => {
  const heard = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    heard.stdout += chunk;
  });
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    heard.stderr += chunk;
  });
  return heard;
};

const ended = (child: ChildProcess): Promise<number | null> =>
  new Promise((settle, fail) => {
    child.once('error', fail);
    child.once('close', (code) => settle(code));
  });

const PEAK = /^VmHWM:\s+(\d+) kB$/mu;
const LOOK_EVERY_MS = 50;

/** Looks at what the system says of the process until stopped; the mark of most memory only rises. */
const watchPeak = (pid: number | undefined): (() => number | null) => {
  let kilobytes: number | null = null;
  const look = (): void => {
    try {
      const found = PEAK.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
      if (found !== undefined) kilobytes = Number(found);
    } catch {
      // It has ended, or this system has no /proc: the last mark stands.
    }
  };
  const timer = setInterval(look, LOOK_EVERY_MS);
  return () => {
    clearInterval(timer);
    return kilobytes === null ? null : kilobytes / 1024;
  };
};

/** Runs a program to its end in `cwd`. */
export const runProgram = async (
  program: string,
  args: readonly string[],
  cwd: string,
): Promise<Ended> => {
  const start = performance.now();
  const child = spawn(program, [...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const heard = collect(child);
  const peak = watchPeak(child.pid);
  const code = await ended(child);
  return { code, ...heard, ms: performance.now() - start, peakMb: peak() };
};

/** `gongkai …` on the Node of the tests. */
export const gongkai = (args: readonly string[], cwd: string): Promise<Ended> =>
  runProgram(process.execPath, [LAUNCHER, ...args], cwd);

export const freePort = (): Promise<number> =>
  new Promise((settle, fail) => {
    const probe = createServer();
    probe.once('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        address !== null && typeof address === 'object'
          ? settle(address.port)
          : fail(new Error('no port')),
      );
    });
  });

export interface LocalRun {
  readonly origin: string;
  /** What it has printed so far. */
  readonly heard: { readonly stdout: string; readonly stderr: string };
  /** Resolves when it says that it watches the inbox; fails where it ends before. */
  ready(): Promise<void>;
  /** Sends the signal and gives the exit code. */
  stop(signal: NodeJS.Signals): Promise<number | null>;
  readonly exit: Promise<number | null>;
}

const READY = '按 Ctrl+C 停止';

/** `npm start` with its folder and port. */
export const startLocalRun = (home: string, port: number): LocalRun => {
  const child = spawn(process.execPath, [RUN], {
    cwd: home,
    env: { ...process.env, GONGKAI_HOME: home, GONGKAI_PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const heard = collect(child);
  const exit = ended(child);
  return {
    origin: `http://127.0.0.1:${port}`,
    heard,
    exit,
    ready: () =>
      new Promise((settle, fail) => {
        const look = (): void => {
          if (heard.stdout.includes(READY)) settle();
        };
        child.stdout?.on('data', look);
        exit.then(() => fail(new Error(`the local run ended early: ${heard.stderr}`)), fail);
        look();
      }),
    stop: (signal) => {
      child.kill(signal);
      return exit;
    },
  };
};
