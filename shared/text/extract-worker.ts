/** The entry of a worker thread that reads one file after another; it is bundled as a file of its own. */
import { screenRows } from '../screening/screen-rows.ts';
import { answerInThread } from './answer-in-thread.ts';
import { openContainer } from './container/open-container.ts';
import { extract } from './extract.ts';

answerInThread(({ bytes, fileName, depth }) =>
  depth === undefined ? extract(bytes, fileName, screenRows) : openContainer(bytes, depth),
);
