import { randomUUID } from 'node:crypto';
import { CreateQueueCommand } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { sqsClassifyQueue } from '../../../shared/adapters/aws/sqs-classify-queue.ts';
import { queueContract } from '../../contracts/queue-contract.ts';
import { fauxqsEndpoint } from '../../servers/available.ts';
import { sqsClient } from '../../servers/clients.ts';
import { drainQueue } from './drain-queue.ts';

const client = sqsClient(await fauxqsEndpoint());
const bodySchema = z.strictObject({ documentId: z.string() });

queueContract('SQS', async () => {
  const name = `classify-${randomUUID()}`;
  const { QueueUrl = '' } = await client.send(new CreateQueueCommand({ QueueName: name }));
  const received = async () =>
    (await drainQueue(client, QueueUrl)).map(
      (body) => bodySchema.parse(JSON.parse(body)).documentId,
    );
  return { queue: sqsClassifyQueue(client, QueueUrl), received };
});

test('a queue that is not there is a fault without any type of the SDK', async () => {
  const url = `${await fauxqsEndpoint()}/000000000000/none`;
  const thrown = await sqsClassifyQueue(client, url)
    .send('doc-1')
    .catch((error: unknown) => error);
  expect(thrown).toMatchObject({ name: 'Error', cause: expect.any(Error) });
});
