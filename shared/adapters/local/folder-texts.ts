/** Canonical texts as files: `<root>/<document id>/<sha256 of the text>.json`. */
import { mkdir, readFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { CanonicalText } from '../../domain/text.ts';
import type { TextStore } from '../../ports.ts';
import { textFromStore, textPath, textToStore } from '../stored-text.ts';
import { syncFolder, systemCode, writeUnfinished } from './durable-file.ts';

const contentOf = async (path: string): Promise<string | null> => {
  try {
    return await readFile(path, 'utf8');
  } catch (fault) {
    if (systemCode(fault) === 'ENOENT') return null;
    throw fault;
  }
};

const isIntact = (textSha256: string, content: string): boolean => {
  try {
    textFromStore(textSha256, content);
    return true;
  } catch {
    return false;
  }
};

const write = async (path: string, textSha256: string, text: CanonicalText): Promise<void> => {
  const content = textToStore(textSha256, text);
  const before = await contentOf(path);
  if (before !== null && isIntact(textSha256, before)) return;
  const unfinished = await writeUnfinished(dirname(path), Buffer.from(content, 'utf8'));
  await rename(unfinished, path);
  await syncFolder(dirname(path));
};

/** What is there and intact is left alone; only a damaged file is written anew. */
export const folderTexts = (root: string): TextStore => ({
  write: async (documentId, textSha256, text) => {
    const path = join(root, textPath(documentId, textSha256));
    await mkdir(root, { recursive: true, mode: 0o700 });
    await write(path, textSha256, text);
  },
  read: async (documentId, textSha256) => {
    const content = await contentOf(join(root, textPath(documentId, textSha256)));
    return content === null ? null : textFromStore(textSha256, content);
  },
});
