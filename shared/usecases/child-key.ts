/** Keys of files that came out of containers: they say which one, and how deep. */
import { keyProblem } from '../domain/object-key.ts';

const CHILD = /^expanded\/([0-9a-f]{32})\/(\d)\/\d{3}\//u;

/** The container that a key names, and how many containers lie around the file; depth 0 for an upload. */
export const originOf = (
  key: string,
): { readonly parent: string | null; readonly depth: number } => {
  const found = CHILD.exec(key);
  return { parent: found?.[1] ?? null, depth: Number(found?.[2] ?? 0) };
};

const LONGEST_NAME_BYTES = 700;
/** Folders of a disk take 255 bytes a step. */
const LONGEST_STEP_BYTES = 240;

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

/** Names are long and of strangers: where the key would not be allowed the last part of it is kept, else a number. */
export const childKey = (
  parent: string,
  depth: number,
  child: { at: number; name: string },
): string => {
  const place = `expanded/${parent}/${depth}/${String(child.at).padStart(3, '0')}/`;
  const fits = (name: string): boolean =>
    bytesOf(name) <= LONGEST_NAME_BYTES &&
    name.split('/').every((step) => bytesOf(step) <= LONGEST_STEP_BYTES) &&
    keyProblem(`${place}${name}`) === null;
  const last = child.name.slice(child.name.lastIndexOf('/') + 1);
  return place + ([child.name, last].find(fits) ?? `${child.at}`);
};
