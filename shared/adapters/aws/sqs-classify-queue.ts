/** Hands documents on to classification through SQS, as `{"documentId": …}`. */
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { ClassifyQueue } from '../../ports.ts';

export const sqsClassifyQueue = (client: SQSClient, queueUrl: string): ClassifyQueue => ({
  send: async (documentId) => {
    const MessageBody = JSON.stringify({ documentId });
    try {
      await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody }));
    } catch (fault) {
      const name = fault instanceof Error ? fault.name : 'unknown';
      throw new Error(`SQS SendMessage failed: ${name}`, { cause: fault });
    }
  },
});
