/** Hands learning jobs to their function through SQS, each as one JSON message. */
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { LearningQueue } from '../../ports.ts';

export const sqsLearningQueue = (client: SQSClient, queueUrl: string): LearningQueue => ({
  send: async (job) => {
    const MessageBody = JSON.stringify(job);
    try {
      await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody }));
    } catch (fault) {
      const name = fault instanceof Error ? fault.name : 'unknown';
      throw new Error(`SQS SendMessage failed: ${name}`, { cause: fault });
    }
  },
});
