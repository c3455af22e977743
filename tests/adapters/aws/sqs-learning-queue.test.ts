import { randomUUID } from 'node:crypto';
import { CreateQueueCommand } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { learningJobIn } from '../../../functions/train-model/event.ts';
import { sqsLearningQueue } from '../../../shared/adapters/aws/sqs-learning-queue.ts';
import { learningQueueContract } from '../../contracts/learning-queue-contract.ts';
import { fauxqsEndpoint } from '../../servers/available.ts';
import { sqsClient } from '../../servers/clients.ts';
import { drainQueue } from './drain-queue.ts';

const client = sqsClient(await fauxqsEndpoint());

learningQueueContract('SQS', async () => {
  const name = `learning-${randomUUID()}`;
  const { QueueUrl = '' } = await client.send(new CreateQueueCommand({ QueueName: name }));
  return {
    queue: sqsLearningQueue(client, QueueUrl),
    received: async () => (await drainQueue(client, QueueUrl)).map(learningJobIn),
  };
});

test('a queue that is not there is a fault without any type of the SDK', async () => {
  const url = `${await fauxqsEndpoint()}/000000000000/none`;
  const thrown = await sqsLearningQueue(client, url)
    .send({ kind: 'train', catalogueId: 'yx2026', actor: 'system' })
    .catch((error: unknown) => error);
  expect(thrown).toMatchObject({ name: 'Error', cause: expect.any(Error) });
});
