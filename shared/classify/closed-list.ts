/** Weighs whether a policy falls into the closed list a–h of major policies: subject and purpose decide, surroundings only lean. */
import type { Reading } from './reading.ts';
import type { Hit } from './rules.ts';

/** Words in the head and the headings name many things in passing: with a subject known they add at most this. */
const SURROUNDINGS = 0.4;
/** Without a title the surroundings are most of what there is. */
const SURROUNDINGS_ALONE = 1.2;

/** Then what the text says it is for stands in for the subject. */
const PURPOSE_ALONE = 1.5;

const isCore = (hit: Hit): boolean => hit.zone === 'subject' || hit.zone === 'purpose';

const sum = (hits: readonly Hit[]): number => hits.reduce((total, hit) => total + hit.weight, 0);

export const closedListStrength = (
  reading: Reading,
  hits: Hit[],
): { strength: number; hits: Hit[] } => {
  const around = hits.filter((hit) => !isCore(hit) && hit.weight > 0);
  const against = hits.filter((hit) => !isCore(hit) && hit.weight <= 0);
  const untitled = reading.zones.subject.chars === '';
  const cap = untitled ? SURROUNDINGS_ALONE : SURROUNDINGS;
  const core = sum(hits.filter(isCore)) * (untitled ? PURPOSE_ALONE : 1);
  const strength = core + Math.min(cap, sum(around)) + sum(against);
  return { strength, hits: [...hits].sort((a, b) => Number(isCore(b)) - Number(isCore(a))) };
};
