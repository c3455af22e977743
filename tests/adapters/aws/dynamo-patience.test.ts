import {
  ConditionalCheckFailedException,
  InternalServerError,
  ProvisionedThroughputExceededException,
  TransactionCanceledException,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { patiently } from '../../../shared/adapters/aws/dynamo-patience.ts';

const said = { $metadata: {}, message: 'said the server' };
const cancelled = (...codes: string[]) =>
  new TransactionCanceledException({
    ...said,
    CancellationReasons: codes.map((Code) => ({ Code })),
  });

/** Fails with each of the faults in turn, then succeeds. */
const failing = (...faults: Error[]) => {
  let calls = 0;
  const call = async (): Promise<number> => {
    const fault = faults[calls];
    calls += 1;
    if (fault !== undefined) throw fault;
    return calls;
  };
  return { call, calls: () => calls };
};

test('conflicts and throttling are waited out', async () => {
  const { call } = failing(
    cancelled('None', 'TransactionConflict'),
    cancelled('ThrottlingError', 'TransactionConflict'),
    new TransactionConflictException(said),
    new ProvisionedThroughputExceededException(said),
  );
  expect(await patiently('Query', call, 0)).toBe(5);
});

test('a condition that did not hold is an answer, also beside a conflict', async () => {
  for (const fault of [
    new ConditionalCheckFailedException(said),
    cancelled('None', 'ConditionalCheckFailed'),
    cancelled('TransactionConflict', 'ConditionalCheckFailed'),
  ])
    expect(await patiently('Write', failing(fault).call, 0)).toBe('unmet');
});

test.each([
  new InternalServerError(said),
  cancelled('ValidationError', 'TransactionConflict'),
  cancelled(),
  new TypeError('a bug'),
])('anything else is thrown at once, plain, with its cause: %s', async (fault) => {
  const { call, calls } = failing(fault);
  const thrown = await patiently('Write', call, 0).catch((error: unknown) => error);
  expect(calls()).toBe(1);
  expect(thrown).toMatchObject({ name: 'Error', cause: fault });
  expect(String(thrown)).not.toContain('said the server');
});

test('a conflict that does not end is thrown after twelve tries', async () => {
  const { call, calls } = failing(
    ...Array.from({ length: 50 }, () => cancelled('TransactionConflict')),
  );
  await expect(patiently('Write', call, 0)).rejects.toThrow(/TransactionConflict/u);
  expect(calls()).toBe(12);
});
