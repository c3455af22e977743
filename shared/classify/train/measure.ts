/** A reviewed document as numbers: small enough that ten thousand stay in memory while their texts do not. */
import type { Catalogue } from '../../domain/catalogue.ts';
import { type Artefact, SIGNALS } from '../artefact.ts';
import { categoryLead } from '../categories.ts';
import { type DocumentToClassify, viewOf } from '../classify.ts';
import { type ScoredTask, weighTasks } from '../tasks.ts';
import { titleGroup } from './folds.ts';

/** One reviewed document, read and recognised, with what was decided of it. */
export interface TrainingRow {
  readonly documentId: string;
  /** When it was reviewed, ISO 8601 UTC. */
  readonly at: string;
  readonly document: DocumentToClassify;
  /** Full codes; every other task of the catalogue counts as not meant. */
  readonly tasks: readonly string[];
  readonly categories: readonly string[];
  /** Full codes that count neither way. */
  readonly undecided?: readonly string[] | undefined;
}

/** Which hashed pairs a text holds, and how present each is: count / (count + 1) in 255ths. */
export interface Features {
  readonly buckets: Uint16Array;
  readonly shares: Uint8Array;
}

export interface MeasuredRow {
  readonly documentId: string;
  readonly at: string;
  /** Documents of one group are near-duplicates and stay in one fold. */
  readonly group: string;
  readonly tasks: readonly string[];
  /** Places in `catalogue.tasks` of the tasks that were weighed, and `SIGNALS.length` signals for each. */
  readonly places: Uint16Array;
  readonly signals: Float64Array;
  readonly features: Features;
  /** How far the first category was ahead, and whether it was right; null where nobody asked. */
  readonly lead: number | null;
  readonly leadRight: boolean;
}

/** Of a long table only these many tasks that come nearest, and the right ones, are weighed: choosing by signals alone leaves a logistic fit unbiased. */
const MOST_TASKS = 64;

/** Fainter pairs (of 255) move no margin. */
const FAINTEST = 8;

export const WIDTH = SIGNALS.length;

const featuresOf = (vector: Float32Array): Features => {
  const buckets = new Uint16Array(vector.length);
  const shares = new Uint8Array(vector.length);
  let size = 0;
  for (let bucket = 0; bucket < vector.length; bucket += 1) {
    const count = vector[bucket] ?? 0;
    if (count === 0) continue;
    const share = Math.round((255 * count) / (count + 1));
    if (share < FAINTEST) continue;
    buckets[size] = bucket;
    shares[size] = share;
    size += 1;
  }
  return { buckets: buckets.slice(0, size), shares: shares.slice(0, size) };
};

const placesByCatalogue = new WeakMap<Catalogue, ReadonlyMap<string, number>>();

/** Place in `catalogue.tasks` by full code. */
export const placesOf = (catalogue: Catalogue): ReadonlyMap<string, number> => {
  const known =
    placesByCatalogue.get(catalogue) ??
    new Map(catalogue.tasks.map(({ code }, at) => [code, at] as const));
  placesByCatalogue.set(catalogue, known);
  return known;
};

export interface Measuring {
  readonly catalogue: Catalogue;
  /** Only says which tasks of a long table come nearest. */
  readonly start: Artefact;
  /** Weighing categories costs as much as all else; a curve of two parameters needs them of some documents only. */
  readonly categories: boolean;
}

export const measure = (
  row: TrainingRow,
  { catalogue, start, categories }: Measuring,
): MeasuredRow => {
  const view = viewOf(row.document);
  const { scored, vector } = weighTasks(view, catalogue, start);
  const counts = (task: ScoredTask, at: number): boolean =>
    !(row.undecided ?? []).includes(task.code) &&
    (at < MOST_TASKS || row.tasks.includes(task.code));
  const weighed = scored.filter(counts);
  const places = placesOf(catalogue);
  const signals = new Float64Array(weighed.length * WIDTH);
  weighed.forEach((task, at) => {
    signals.set(task.signals, at * WIDTH);
  });
  const category = categories ? categoryLead(view, catalogue) : null;
  return {
    documentId: row.documentId,
    at: row.at,
    group: titleGroup(view.reading.zones.title.chars) || row.documentId,
    tasks: row.tasks,
    places: Uint16Array.from(weighed, (task) => places.get(task.code) ?? 0),
    signals,
    features: featuresOf(vector),
    lead: category?.lead ?? null,
    leadRight: category !== null && row.categories.includes(category.code),
  };
};
