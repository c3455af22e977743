/** Counts pairs of numbers in typed arrays of fixed size; when full it forgets the pairs seen least, so that no text can fill the memory. */

export interface PairCounts {
  add(first: number, second: number): void;
  /** Where the pair is kept, until the next `add`; -1 where it is not. */
  slot(first: number, second: number): number;
  countAt(slot: number): number;
  /** Slots are numbers below this. */
  readonly size: number;
}

const FULL = 0.7;

interface Table {
  readonly firsts: Int32Array;
  readonly seconds: Int32Array;
  /** 0 where the slot is free. */
  readonly counts: Int32Array;
}

const tableOf = (size: number): Table => ({
  firsts: new Int32Array(size),
  seconds: new Int32Array(size),
  counts: new Int32Array(size),
});

const slotOf = (table: Table, first: number, second: number): number => {
  const mask = table.counts.length - 1;
  let slot = (Math.imul(first, 0x9e3779b1) + Math.imul(second, 0x85ebca6b)) >>> 0;
  slot = (slot ^ (slot >>> 15)) & mask;
  while (table.counts[slot] !== 0) {
    if (table.firsts[slot] === first && table.seconds[slot] === second) return slot;
    slot = (slot + 1) & mask;
  }
  return slot;
};

const put = (table: Table, pair: readonly [number, number], count: number): void => {
  const slot = slotOf(table, pair[0], pair[1]);
  table.firsts[slot] = pair[0];
  table.seconds[slot] = pair[1];
  table.counts[slot] = count;
};

/** `bits`: the table has 2^bits slots of 12 bytes, and as many again while it forgets. */
export const pairCounts = (bits: number): PairCounts => {
  let table = tableOf(2 ** bits);
  let held = 0;
  /** Doubles the least count that is kept until half of the room is free. */
  const forget = (): void => {
    const old = table;
    for (let least = 2; held > old.counts.length * FULL * 0.5; least *= 2) {
      table = tableOf(old.counts.length);
      held = 0;
      for (let slot = 0; slot < old.counts.length; slot += 1) {
        const count = old.counts[slot] ?? 0;
        if (count < least) continue;
        put(table, [old.firsts[slot] ?? 0, old.seconds[slot] ?? 0], count);
        held += 1;
      }
    }
  };
  return {
    add: (first, second) => {
      const slot = slotOf(table, first, second);
      const before = table.counts[slot] ?? 0;
      if (before > 0) {
        table.counts[slot] = before + 1;
        return;
      }
      table.firsts[slot] = first;
      table.seconds[slot] = second;
      table.counts[slot] = 1;
      held += 1;
      if (held > table.counts.length * FULL) forget();
    },
    slot: (first, second) => {
      const slot = slotOf(table, first, second);
      return table.counts[slot] === 0 ? -1 : slot;
    },
    countAt: (slot) => table.counts[slot] ?? 0,
    size: 2 ** bits,
  };
};
