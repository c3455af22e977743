/** One JSON line a message. */
import type { Clock, Log } from '../../ports.ts';
import { systemClock } from './system-clock.ts';

export const jsonLog = (
  stream: { readonly write: (line: string) => unknown },
  clock: Clock = systemClock,
): Log => ({
  write: (code, fields = {}) => {
    stream.write(`${JSON.stringify({ ...fields, at: clock.now(), code })}\n`);
  },
});
