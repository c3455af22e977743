/** The clock of the machine. */
import type { Clock } from '../../ports.ts';

export const systemClock: Clock = { now: () => new Date().toISOString() };
