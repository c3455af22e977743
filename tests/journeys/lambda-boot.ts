/** Starts inside the process of a function: loads the shipped handler and answers one event after another. */
import { pathToFileURL } from 'node:url';

const [, , file = ''] = process.argv;
const answer = (message: unknown): void => {
  process.send?.(message);
};

const { handler } = await import(pathToFileURL(file).href);
process.on('message', async (event: unknown) => {
  try {
    answer({ kind: 'answer', value: await handler(event, {}) });
  } catch (error) {
    answer({ kind: 'fault', message: String(error) });
  }
});
answer({ kind: 'started' });
