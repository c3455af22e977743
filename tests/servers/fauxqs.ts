/** Starts fauxqs, which speaks S3 and SQS. What it lacks (docs of the project): versions, If-None-Match, signatures, more than 11 MiB. */
import { startFauxqs } from 'fauxqs';
import type { RunningServer } from './dynamodb-local.ts';

export const startQueuesAndBuckets = async (): Promise<RunningServer> => {
  const server = await startFauxqs({ port: 0, logger: false });
  return { endpoint: `http://127.0.0.1:${server.port}`, stop: () => server.stop() };
};
