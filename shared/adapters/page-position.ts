/** Positions in a list: the sort values of the last row shown, so that rows added meanwhile neither repeat nor hide others. */
import * as z from 'zod';
import type { Page } from '../ports.ts';

const positionSchema = z.array(z.union([z.string(), z.number()])).min(1);
export type Position = z.infer<typeof positionSchema>;

export const positionToken = (position: Position): string =>
  Buffer.from(JSON.stringify(position)).toString('base64url');

/** Throws on a token that no list gave: the HTTP layer lets only signed ones through. */
export const positionOf = (token: string, length: number): Position => {
  const position = positionSchema.parse(JSON.parse(Buffer.from(token, 'base64url').toString()));
  if (position.length !== length) throw new RangeError('The page position is of another list');
  return position;
};

/** A page out of up to `limit + 1` rows: the one too many only tells that there is more. */
export const pageOf = <R, T>(
  found: readonly R[],
  limit: number,
  read: { readonly row: (found: R) => T; readonly position: (found: R) => Position },
): Page<T> => {
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  const more = found.length > limit && last !== undefined;
  return { rows: shown.map(read.row), next: more ? positionToken(read.position(last)) : null };
};
