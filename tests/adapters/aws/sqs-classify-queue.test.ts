import { randomUUID } from 'node:crypto';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
} from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { sqsClassifyQueue } from '../../../shared/adapters/aws/sqs-classify-queue.ts';
import { queueContract } from '../../contracts/queue-contract.ts';
import { fauxqsEndpoint } from '../../servers/available.ts';
import { sqsClient } from '../../servers/clients.ts';

const client = sqsClient(await fauxqsEndpoint());
const bodySchema = z.strictObject({ documentId: z.string() });

const drain = async (QueueUrl: string): Promise<string[]> => {
  const ids: string[] = [];
  for (;;) {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
    );
    if (Messages.length === 0) return ids;
    for (const { Body = '', ReceiptHandle } of Messages) {
      ids.push(bodySchema.parse(JSON.parse(Body)).documentId);
      await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    }
  }
};

queueContract('SQS', async () => {
  const name = `classify-${randomUUID()}`;
  const { QueueUrl = '' } = await client.send(new CreateQueueCommand({ QueueName: name }));
  return { queue: sqsClassifyQueue(client, QueueUrl), received: () => drain(QueueUrl) };
});

test('a queue that is not there is a fault without any type of the SDK', async () => {
  const url = `${await fauxqsEndpoint()}/000000000000/none`;
  const thrown = await sqsClassifyQueue(client, url)
    .send('doc-1')
    .catch((error: unknown) => error);
  expect(thrown).toMatchObject({ name: 'Error', cause: expect.any(Error) });
});
