/** Waits out conflicts and throttling of DynamoDB, and lets no error of the SDK through but as a cause. */
import { setTimeout as pause } from 'node:timers/promises';
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';

const TRIES = 12;
const LONGEST_PAUSE_MS = 2_000;

/**
 * Answers after which nothing was written for certain. What leaves the outcome open (a server error, a lost answer) is tried
 * again by the SDK alone, which sends the same token and so cannot write twice.
 */
const PASSING: ReadonlySet<string> = new Set([
  'TransactionConflict',
  'TransactionConflictException',
  'ThrottlingError',
  'ThrottlingException',
  'ProvisionedThroughputExceeded',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
]);

/** The name of the error or, of a cancelled transaction, the codes of the writes that stopped it. */
const codesOf = (fault: unknown): readonly string[] => {
  if (fault instanceof TransactionCanceledException)
    return (fault.CancellationReasons ?? [])
      .map((reason) => reason.Code ?? 'None')
      .filter((code) => code !== 'None');
  return fault instanceof Error ? [fault.name] : [];
};

/** Of a write in a transaction, and of one alone. */
const UNMET: ReadonlySet<string> = new Set([
  'ConditionalCheckFailed',
  'ConditionalCheckFailedException',
]);

const unmet = (codes: readonly string[]): boolean => codes.some((code) => UNMET.has(code));

const passes = (codes: readonly string[]): boolean =>
  codes.length > 0 && codes.every((code) => PASSING.has(code));

/** Half of each pause is by chance, so that those who met do not meet again. */
const backOff = (firstPauseMs: number, failed: number): Promise<void> => {
  const longest = Math.min(LONGEST_PAUSE_MS, firstPauseMs * 2 ** failed);
  return pause(longest * (0.5 + Math.random() / 2));
};

/** What `call` gives, or 'unmet' where the condition of a write did not hold. Throws on anything that does not pass. */
export const patiently = async <T>(
  operation: string,
  call: () => Promise<T>,
  firstPauseMs = 25,
): Promise<T | 'unmet'> => {
  for (let failed = 0; ; failed += 1) {
    try {
      return await call();
    } catch (fault) {
      const codes = codesOf(fault);
      if (unmet(codes)) return 'unmet';
      if (!passes(codes) || failed + 1 >= TRIES)
        throw new Error(`DynamoDB ${operation} failed: ${codes.join(', ')}`, { cause: fault });
    }
    await backOff(firstPauseMs, failed);
  }
};
