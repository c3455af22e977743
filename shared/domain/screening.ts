/** What screening finds in a text before it is shown to anyone. */
import * as z from 'zod';
import { FLAG_CODES, type FlagCode } from './flag-codes.ts';
import { spanSchema } from './text.ts';

/** `masked` is the only form in which the words leave screening: 138****1234, 35*************123. */
export const personalHitSchema = spanSchema.extend({
  code: z.enum(FLAG_CODES),
  masked: z.string(),
});
export type PersonalHit = z.infer<typeof personalHitSchema>;

/** A list as screening is shown it: every row, also those that never become text. */
export interface ListRows {
  /** What stands above the list. */
  readonly title: string;
  readonly header: readonly string[];
  /** One text for each column. */
  readonly rows: Iterable<readonly string[]>;
}

/** How many hits of one code there are in one column, from 0. */
export interface ColumnCount {
  readonly column: number;
  readonly code: FlagCode;
  readonly count: number;
}

/** Gives counts alone: nothing of a row leaves it. */
export type ScreenRows = (list: ListRows) => readonly ColumnCount[];
