/** Starts each test server at the first test file that asks for it, once a run, and stops it after the last. */
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { TestProject } from 'vitest/node';
import { dynamoProblem, type RunningServer, startDynamo } from './dynamodb-local.ts';
import { startQueuesAndBuckets } from './fauxqs.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where test files ask for servers. */
    serverDesk: string;
  }
}

const onceOnly = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};

const dynamoOrNone = async (): Promise<RunningServer | null> => {
  const problem = dynamoProblem();
  if (problem === null) return startDynamo();
  process.stderr.write(`Left out: tests over DynamoDB (${problem})\n`);
  return null;
};

const started: Promise<RunningServer | null>[] = [];
const keep = (starting: Promise<RunningServer | null>): Promise<RunningServer | null> => {
  started.push(starting);
  return starting;
};

const SERVERS: Readonly<Record<string, () => Promise<RunningServer | null>>> = {
  '/dynamodb': onceOnly(() => keep(dynamoOrNone())),
  '/fauxqs': onceOnly(() => keep(startQueuesAndBuckets())),
};

const answer = async (path: string, response: ServerResponse): Promise<void> => {
  try {
    const server = await SERVERS[path]?.();
    response.end(server?.endpoint ?? '');
  } catch (fault) {
    response.statusCode = 500;
    response.end(String(fault));
  }
};

const listening = (desk: Server): Promise<number> =>
  new Promise((resolve, reject) => {
    desk.listen(0, '127.0.0.1', () => {
      const address = desk.address();
      if (address !== null && typeof address === 'object') resolve(address.port);
      else reject(new Error('no port for the desk'));
    });
  });

export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const desk = createServer((request, response) => {
    void answer(request.url ?? '', response);
  });
  project.provide('serverDesk', `http://127.0.0.1:${await listening(desk)}`);
  return async () => {
    for (const outcome of await Promise.allSettled(started))
      if (outcome.status === 'fulfilled') await outcome.value?.stop();
    desk.closeAllConnections();
    desk.close();
  };
};
