import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import * as z from 'zod';

const packageSchema = z.looseObject({
  optionalDependencies: z.record(z.string(), z.string()).optional(),
  resolved: z.string().optional(),
  inBundle: z.boolean().optional(),
});

test('the lock names every optional package, so that npm ci works on every platform, and no address of a registry', async () => {
  const lock = z
    .object({ packages: z.record(z.string(), packageSchema) })
    .parse(JSON.parse(await readFile(new URL('../package-lock.json', import.meta.url), 'utf8')));
  const missing = Object.entries(lock.packages)
    .filter(([, { inBundle = false }]) => !inBundle)
    .flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter(
        (name) =>
          !(
            `node_modules/${name}` in lock.packages ||
            `${path}/node_modules/${name}` in lock.packages
          ),
      ),
    );
  expect(missing).toEqual([]);
  expect(Object.values(lock.packages).filter(({ resolved }) => resolved !== undefined)).toEqual([]);
});
