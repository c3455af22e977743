/** Reads tasks from running text where each ends in a bracket that says who is responsible. */
import type { CanonicalText } from '../../domain/text.ts';
import type { Notes } from './notes.ts';
import type { Draft } from './read-rows.ts';
import type { NumberSource } from './settle-columns.ts';

export interface BracketTasks {
  readonly drafts: readonly Draft[];
  readonly source: NumberSource;
  readonly start: number;
}

export const bracketTasks = (_text: CanonicalText, _notes: Notes): BracketTasks | null => null;
