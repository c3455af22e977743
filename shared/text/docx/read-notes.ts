/** Reads footnotes.xml or endnotes.xml into one text a note. */
import type { Refusal } from '../../domain/refusal.ts';
import { accept, type Result } from '../../domain/result.ts';
import type { ZipParts } from '../zip-parts.ts';
import type { ElementHandlers } from './element-handlers.ts';
import { readStory } from './read-story.ts';
import { containerOf, flushCarried, lineContainer, type StoryContext } from './story-state.ts';

/** By note id; the first of two notes with one id counts. */
export const readNotes = (
  zip: ZipParts,
  part: string,
  context: StoryContext,
): Result<ReadonlyMap<string, string>, Refusal> => {
  const notes = new Map<string, string>();
  let id = '';
  let lines: string[] = [];
  const note: ElementHandlers = {
    open: (story, { attributes }) => {
      id = attributes('w:id') ?? '';
      lines = [];
      story.containers.push(lineContainer(lines));
    },
    close: (story) => {
      flushCarried(story.containers.pop());
      if (!notes.has(id)) notes.set(id, lines.join('\n'));
    },
  };
  const own = [
    ['w:footnote', note],
    ['w:endnote', note],
  ] as const;
  const read = readStory(zip, part, { ...context, root: containerOf(() => undefined), own });
  return read.ok ? accept(notes) : read;
};
