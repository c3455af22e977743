/** Changes bytes of a file in ways that a bad disk, a bad line or a bad hand would; the same seed gives the same file. */

/** Whole numbers from 0 to below `below`. */
export const seededNumbers = (seed: number): ((below: number) => number) => {
  let state = (seed * 2_654_435_761 + 0x9e3779b9) >>> 0;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return below <= 0 ? 0 : state % below;
  };
};

const flipped = (bytes: Uint8Array, number: (below: number) => number): Uint8Array => {
  const changed = Uint8Array.from(bytes);
  for (let count = 1 + number(8); count > 0; count -= 1) {
    const at = number(changed.length);
    changed[at] = (changed[at] ?? 0) ^ (1 << number(8));
  }
  return changed;
};

const cut = (bytes: Uint8Array, number: (below: number) => number): Uint8Array =>
  bytes.slice(0, number(bytes.length));

/** A stretch of the file stands in place of another, or twice. */
const spliced = (bytes: Uint8Array, number: (below: number) => number): Uint8Array => {
  const [from, to] = [number(bytes.length), number(bytes.length)];
  const length = number(Math.min(2_000, bytes.length));
  const piece = bytes.subarray(from, from + length);
  const rest = number(2) === 0 ? to : Math.min(bytes.length, to + piece.length);
  return new Uint8Array(Buffer.concat([bytes.subarray(0, to), piece, bytes.subarray(rest)]));
};

export const mutated = (bytes: Uint8Array, seed: number): Uint8Array => {
  const number = seededNumbers(seed);
  const kinds = [flipped, flipped, cut, spliced];
  const kind = kinds[number(kinds.length)] ?? flipped;
  return kind(bytes, number);
};
