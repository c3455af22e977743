/** Watches the inbox folder: a file copied in is taken in as soon as it stops growing. */
import { watch } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { findFiles } from './find-files.ts';

/** A file that kept its size and time this long is complete. */
const QUIET_MS = 150;
/** Notices what the system's notifications missed. */
const SWEEP_MS = 2_000;

export interface InboxWatch {
  close(): void;
}

interface WatchOptions {
  readonly folder: string;
  readonly take: (key: string) => Promise<void>;
  readonly onFault: (error: unknown) => void;
}

const mark = (path: string): Promise<string | null> =>
  stat(path).then(
    (found) => (found.isFile() ? `${found.mtimeMs} ${found.size} ${found.ino}` : null),
    () => null,
  );

/** Starts with one sweep over what lies there already. Faults of one file are told and stop nothing. */
export const watchInbox = ({ folder, take, onFault }: WatchOptions): InboxWatch => {
  const taken = new Map<string, string>();
  const pending = new Set<string>();

  const settle = async (path: string): Promise<void> => {
    let before = await mark(path);
    while (before !== null && taken.get(path) !== before) {
      await pause(QUIET_MS);
      const now = await mark(path);
      if (now === before) {
        taken.set(path, now);
        await take(relative(folder, path).split(sep).join('/'));
      }
      before = now;
    }
  };
  const look = (path: string): void => {
    if (pending.has(path)) return;
    pending.add(path);
    settle(path)
      .catch((error: unknown) => {
        taken.delete(path);
        onFault(error);
      })
      .finally(() => pending.delete(path));
  };
  const sweep = (): void => {
    findFiles([folder]).then((paths) => paths.forEach(look), onFault);
  };

  const watcher = watch(folder, { recursive: true }, (_kind, name) => {
    const hidden = name === null || name.split(sep).some((part) => part.startsWith('.'));
    if (!hidden) look(join(folder, name));
  });
  watcher.on('error', onFault);
  const timer = setInterval(sweep, SWEEP_MS);
  sweep();
  return {
    close: () => {
      clearInterval(timer);
      watcher.close();
    },
  };
};
