/** What every entry of the hostile corpus says of itself. */
import type { Random } from '../../../shared/classify/gate/random-of.ts';

export interface HostileEntry {
  /** Unique; the seed of the entry is made of it. */
  readonly name: string;
  /** What it hopes to break. */
  readonly attacks: string;
  readonly fileName: string;
  /** The same bytes for the same seed. */
  readonly make: (random: Random) => Uint8Array;
  /** What it may end in: `text`, `opened`, or kinds of refusal. */
  readonly ends: readonly string[];
  /** For containers: what their members end in, whatever their number. */
  readonly inside?: readonly string[];
  /** `scan` goes to the reader of scans. */
  readonly reader?: 'scan';
}

type Told = Omit<HostileEntry, 'name' | 'fileName'>;

/** Entries of one kind of file, by name. */
export const entriesOf = (
  ending: string,
  told: Readonly<Record<string, Told>>,
): readonly HostileEntry[] =>
  Object.entries(told).map(([name, entry]) => ({
    ...entry,
    name: `${ending}: ${name}`,
    fileName: `hostile.${ending}`,
  }));

export const latin = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));
export const utf8 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'utf8'));

/** `count` times what `write` makes of a number. */
export const flood = (count: number, write: (at: number) => string): string => {
  const pieces: string[] = [];
  for (let at = 0; at < count; at += 1) pieces.push(write(at));
  return pieces.join('');
};

/** Letters that a packer cannot shorten, to stay under the ratio of packing. */
export const noiseOf = (random: Random): string => Math.floor(random() * 2 ** 31).toString(36);
