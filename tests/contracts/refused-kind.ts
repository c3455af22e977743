/** The kind of refusal an answer holds; null where it was accepted or there was none. */
import type { Refusal } from '../../shared/domain/refusal.ts';
import type { Result } from '../../shared/domain/result.ts';

export const refusedKind = (answer: Result<unknown, Refusal> | null): Refusal['kind'] | null =>
  answer === null || answer.ok ? null : answer.error.kind;
