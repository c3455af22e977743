/** Asks for the test servers; the first to ask waits until they have started. */
import { inject } from 'vitest';

const ask = async (name: 'dynamodb' | 'fauxqs'): Promise<string> => {
  const answer = await fetch(`${inject('serverDesk')}/${name}`);
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${name} did not start: ${text}`);
  return text;
};

/** Where DynamoDB Local listens; null where it is left out, which the run has said in one line. */
export const dynamoEndpoint = async (): Promise<string | null> => {
  const endpoint = await ask('dynamodb');
  return endpoint === '' ? null : endpoint;
};

/** Where S3 and SQS are spoken. */
export const fauxqsEndpoint = (): Promise<string> => ask('fauxqs');
