/** Finds the words of an office in its own texts: runs of characters that stand together far more often than chance and whose neighbours change. */
import { GAP, LINE } from './gathered-text.ts';
import { pairCounts } from './pair-counts.ts';

/** Longer runs are phrases: cut as one they would hide the words in them. */
const LONGEST = 4;
/** Times more often together than apart, at the weakest seam; both characters of many a common pair are common themselves. */
const COHESION = { pair: 6, longer: 30 };
/** A run that is mostly followed, or mostly preceded, by one and the same character is a piece of a longer word; pairs are words more often. */
const FREEDOM = { pair: 0.85, longer: 0.5 };
const TABLE_BITS = 22;

interface Level {
  /** By number of the run: how often it stands in the texts, and where it was seen first. */
  readonly counts: number[];
  readonly places: number[];
  /** How often the most frequent run is that is one character longer and ends, or begins, with it. */
  readonly before: number[];
  readonly after: number[];
  /** By place in the texts: number of the run that begins there, or -1. */
  readonly numbers: Int32Array;
}

const emptyLevel = (length: number): Level => ({
  counts: [],
  places: [],
  before: [],
  after: [],
  numbers: new Int32Array(length).fill(-1),
});

/** The number that the new run gets. */
const enter = (level: Level, place: number, count: number): number => {
  level.places.push(place);
  level.before.push(0);
  level.after.push(0);
  return level.counts.push(count) - 1;
};

const leastOf = (units: Uint16Array): number => Math.max(5, Math.floor(units.length / 500_000));

const singles = (units: Uint16Array): Level => {
  const level = emptyLevel(units.length);
  const byUnit = new Int32Array(65_536).fill(-1);
  for (let at = 0; at < units.length; at += 1) {
    const unit = units[at] ?? GAP;
    if (unit === GAP || unit === LINE) continue;
    let number = byUnit[unit] ?? -1;
    if (number < 0) {
      number = enter(level, at, 0);
      byUnit[unit] = number;
    }
    level.counts[number] = (level.counts[number] ?? 0) + 1;
    level.numbers[at] = number;
  }
  return level;
};

const eachPair = (
  { numbers }: Level,
  visit: (first: number, second: number, at: number) => void,
): void => {
  for (let at = 0; at + 1 < numbers.length; at += 1) {
    const first = numbers[at] ?? -1;
    const second = numbers[at + 1] ?? -1;
    if (first >= 0 && second >= 0) visit(first, second, at);
  }
};

/** The frequent runs one character longer: both runs that they are made of must be frequent too. */
const longer = (level: Level, least: number): Level => {
  const pairs = pairCounts(TABLE_BITS);
  eachPair(level, pairs.add);
  const next = emptyLevel(level.numbers.length);
  const known = new Int32Array(pairs.size).fill(-1);
  eachPair(level, (first, second, at) => {
    const slot = pairs.slot(first, second);
    const count = slot < 0 ? 0 : pairs.countAt(slot);
    if (count < least) return;
    let number = known[slot] ?? -1;
    if (number < 0) {
      number = enter(next, at, count);
      known[slot] = number;
      level.after[first] = Math.max(level.after[first] ?? 0, count);
      level.before[second] = Math.max(level.before[second] ?? 0, count);
    }
    next.numbers[at] = number;
  });
  return next;
};

/** A word keeps changing its neighbours. */
const isFree = ({ counts, before, after }: Level, number: number, share: number): boolean => {
  const most = share * (counts[number] ?? 0);
  return (before[number] ?? 0) <= most && (after[number] ?? 0) <= most;
};

interface Shorter {
  readonly total: number;
  /** How often each frequent shorter run stands in the texts. */
  readonly counts: ReadonlyMap<string, number>;
}

const holdsTogether = (run: string, count: number, { total, counts }: Shorter): boolean => {
  const least = run.length === 2 ? COHESION.pair : COHESION.longer;
  for (let seam = 1; seam < run.length; seam += 1) {
    const apart = (counts.get(run.slice(0, seam)) ?? 0) * (counts.get(run.slice(seam)) ?? 0);
    if (apart === 0 || (count * total) / apart < least) return false;
  }
  return true;
};

/** Words of two characters and more, in no order that means anything but always the same one. */
export const discoverWords = (units: Uint16Array): readonly string[] => {
  const least = leastOf(units);
  const counts = new Map<string, number>();
  const words: string[] = [];
  let level = singles(units);
  for (let length = 1; length <= LONGEST; length += 1) {
    const next = longer(level, least);
    level.counts.forEach((count, number) => {
      const place = level.places[number] ?? 0;
      const run = String.fromCharCode(...units.subarray(place, place + length));
      counts.set(run, count);
      const together = holdsTogether(run, count, { total: units.length, counts });
      const share = length === 2 ? FREEDOM.pair : FREEDOM.longer;
      if (length > 1 && isFree(level, number, share) && together) words.push(run);
    });
    level = next;
  }
  return words;
};
