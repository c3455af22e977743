/** The machine's own signing secret: made on first start, readable by its owner alone. */
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const BYTES = 48;

export const signingSecret = (folder: string): Uint8Array => {
  const path = join(folder, 'secret.key');
  try {
    writeFileSync(path, randomBytes(BYTES), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  const secret = readFileSync(path);
  if (secret.length !== BYTES)
    throw new Error(`The signing secret is damaged; remove it to make a new one: ${path}`);
  return secret;
};
