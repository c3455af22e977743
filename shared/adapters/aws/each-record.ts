/** Runs one step over the records of a queue message batch; only those that failed are delivered again. */
import type { SQSBatchResponse, SQSRecord } from 'aws-lambda';
import { faultNames } from '../../log.ts';
import type { Log } from '../../ports.ts';

/** Faults of one record never stop the others. */
export const eachRecord = async (
  records: readonly SQSRecord[],
  log: Log,
  step: (record: SQSRecord) => Promise<void>,
): Promise<SQSBatchResponse> => {
  const batchItemFailures: { itemIdentifier: string }[] = [];
  for (const record of records) {
    try {
      await step(record);
    } catch (error) {
      log.write('RECORD_FAILED', {
        messageId: record.messageId,
        error: faultNames(error),
      });
      batchItemFailures.push({ itemIdentifier: record.messageId });
    }
  }
  return { batchItemFailures };
};
