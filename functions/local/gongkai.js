#!/usr/bin/env node
// Starts the command line on a Node that reads TypeScript: the running one, else the one installed with the package.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const readsTypeScript = major > 22 || (major === 22 && minor >= 18);

const installedNode = () => {
  try {
    return createRequire(import.meta.url).resolve('node/bin/node');
  } catch {
    process.stderr.write(
      `需要 Node 22.18 以上（现为 ${process.versions.node}），或先运行 npm ci。/ Needs Node 22.18 or newer, or run npm ci first.\n`,
    );
    process.exit(1);
  }
};

const startOn = (node) => {
  const cli = fileURLToPath(new URL('./cli.ts', import.meta.url));
  const child = spawn(node, [cli, ...process.argv.slice(2)], { stdio: 'inherit' });
  // Whoever stops the launcher means the product; a terminal tells both by itself.
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  process.on('SIGINT', () => undefined);
  child.on('error', (error) => {
    throw error;
  });
  child.on('exit', (status, signal) => {
    process.exitCode = status ?? 128 + (constants.signals[signal] ?? 0);
  });
};

if (readsTypeScript) await import('./cli.ts');
else startOn(installedNode());
