#!/usr/bin/env node
// Starts the command line on a Node that reads TypeScript: the running one, else the one installed with the package.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const readsTypeScript = major > 22 || (major === 22 && minor >= 18);
if (readsTypeScript) {
  await import('./cli.ts');
} else {
  const node = createRequire(import.meta.url).resolve('node/bin/node');
  const cli = fileURLToPath(new URL('./cli.ts', import.meta.url));
  const { status, error } = spawnSync(node, [cli, ...process.argv.slice(2)], { stdio: 'inherit' });
  if (error) throw error;
  process.exitCode = status ?? 1;
}
