/** Tells from the record behind a form field (MS-DOC 2.9.78, FFData) whether its check box is ticked. */
import { longAt, wordAt } from './sprms.ts';

const CHECK_BOX = 1;
const BY_DEFAULT = 25;
const HEAD_BYTES = 10;

/** null where the record is none of a check box or is not whole. */
export const isTicked = (stream: Uint8Array, at: number): boolean | null => {
  const from = at + wordAt(stream, at + 4);
  if (from + HEAD_BYTES > stream.length || longAt(stream, from) !== 0xffffffff) return null;
  const bits = wordAt(stream, from + 4);
  if ((bits & 3) !== CHECK_BOX) return null;
  const result = (bits >> 2) & 31;
  if (result !== BY_DEFAULT) return result === 1;
  const nameCharacters = wordAt(stream, from + HEAD_BYTES);
  const standard = from + HEAD_BYTES + 2 + nameCharacters * 2 + 2;
  return standard + 2 <= stream.length ? wordAt(stream, standard) === 1 : null;
};
