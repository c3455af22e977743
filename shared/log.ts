/** Logs as JSON lines with a closed set of codes, and the clock that stamps them. */
import type { Clock, Log } from './ports.ts';

export const systemClock: Clock = { now: () => new Date().toISOString() };

/** `write` takes one line with its line end. Fields are ids, codes and counts: never text, names or numbers of people. */
export const jsonLog = (write: (line: string) => void, clock: Clock = systemClock): Log => ({
  write: (code, fields = {}) => write(`${JSON.stringify({ at: clock.now(), code, ...fields })}\n`),
});

/** The names of an error and of what caused it, `Error < AccessDenied`; never a message, which may quote a document. */
export const faultNames = (fault: unknown): string => {
  const names: string[] = [];
  for (let at = fault; at instanceof Error && names.length < 5; at = at.cause) names.push(at.name);
  return names.length === 0 ? 'unknown' : names.join(' < ');
};
