/** Fits on some of the measured documents: shared coefficients pulled to the start, and a residual for each label with enough positives. */
import type { Catalogue } from '../../domain/catalogue.ts';
import { type Artefact, type Coefficients, type Residual, textOnly } from '../artefact.ts';
import { packsOf } from '../tasks.ts';
import { fitCoefficients, type Pair } from './fit.ts';
import { type Example, fitResidual } from './fit-residual.ts';
import { type MeasuredRow, WIDTH } from './measure.ts';
import { type ResidualIndex, residualIndexOf, residualsAt } from './residual-index.ts';
import type { TrainSettings } from './settings.ts';

/** What all fits of one training share. */
export interface Ground {
  readonly rows: readonly MeasuredRow[];
  readonly catalogue: Catalogue;
  readonly start: Artefact;
  readonly settings: TrainSettings;
}

export interface FittedModel {
  readonly bound: Coefficients;
  readonly unbound: Coefficients;
  /** By place in `catalogue.tasks`. */
  readonly residuals: ReadonlyMap<number, Residual>;
}

/** A dozen coefficients need no more pairs than this: of longer histories every so many documents are taken. */
const MOST_PAIRS = 24_000;

/** Fewer say nothing against the start, and a hard pull on so few would make the descent leap. */
const LEAST_PAIRS = 50;

const sampled = (rows: readonly number[], ground: Ground): readonly number[] => {
  const pairs = rows.reduce((sum, at) => sum + (ground.rows[at]?.places.length ?? 0), 0);
  const every = Math.ceil(pairs / MOST_PAIRS);
  return rows.filter((_, at) => at % every === 0);
};

const pairsOf = (trained: readonly number[], { rows, catalogue }: Ground): readonly Pair[] =>
  trained.flatMap((document) => {
    const row = rows[document];
    return [...(row?.places ?? [])].map((place, at) => {
      const code = catalogue.tasks[place]?.code ?? '';
      return {
        document,
        code,
        signals: Array.from(row?.signals.subarray(at * WIDTH, (at + 1) * WIDTH) ?? []),
        right: row?.tasks.includes(code) ?? false,
      };
    });
  });

const coefficientsFrom = (pairs: readonly Pair[], ground: Ground) => {
  const { start, settings, catalogue } = ground;
  const packs = packsOf(catalogue);
  const pulled = (from: readonly Pair[], prior: Coefficients, pull: number): Coefficients =>
    from.length < LEAST_PAIRS ? prior : fitCoefficients(from, prior, pull);
  const bound = pairs.filter(({ code }) => packs.has(code));
  const unbound = pairs.filter(({ code }) => !packs.has(code));
  return {
    bound: pulled(bound, start.bound, settings.pull),
    unbound: pulled(unbound, start.unbound, settings.pullUnbound),
  };
};

/** What a task without a rule pack would live on, learnt from the texts of those with one; for a table whose every task has a pack. */
export const unboundFromTexts = (trained: readonly number[], ground: Ground): Coefficients => {
  const pairs = pairsOf(sampled(trained, ground), ground);
  const texts = pairs.map((pair) => ({ ...pair, signals: textOnly(pair.signals) }));
  return pairs.length < LEAST_PAIRS
    ? ground.start.unbound
    : fitCoefficients(texts, ground.start.unbound, ground.settings.pullUnbound);
};

const marginAt = (row: MeasuredRow, at: number, { bias, weights }: Coefficients): number => {
  let margin = bias;
  for (let signal = 0; signal < weights.length; signal += 1)
    margin += (row.signals[at * WIDTH + signal] ?? 0) * (weights[signal] ?? 0);
  return margin;
};

/** Coefficients for each place of the table. */
const coefficientsByPlace = (
  { bound, unbound }: Pick<FittedModel, 'bound' | 'unbound'>,
  catalogue: Catalogue,
): readonly Coefficients[] => {
  const packs = packsOf(catalogue);
  return catalogue.tasks.map(({ code }) => (packs.has(code) ? bound : unbound));
};

/** Margins of one document, parallel to its `places`: what all labels share, and what each adds for itself. */
export interface Margins {
  readonly anchors: Float64Array;
  readonly residuals: Float64Array;
}

/** Gives a document's margins under a model. */
export const weigherOf = (
  model: FittedModel,
  catalogue: Catalogue,
): ((row: MeasuredRow) => Margins) => {
  const coefficients = coefficientsByPlace(model, catalogue);
  const index: ResidualIndex = residualIndexOf(model.residuals, catalogue.tasks.length);
  const nothing = { bias: 0, weights: [] };
  return (row) => {
    const added = residualsAt(index, row.features);
    return {
      anchors: Float64Array.from(row.places, (place, at) =>
        marginAt(row, at, coefficients[place] ?? nothing),
      ),
      residuals: Float64Array.from(row.places, (place) => added[place] ?? 0),
    };
  };
};

const MOST_RIGHT = 400;
const MOST_NEAR = 400;
const MOST_FAR = 200;
/** Wrong ones for each right one, beyond a floor. */
const NEAR_FOR_EACH = 8;
const LEAST_NEAR = 100;

const evenly = <T>(all: readonly T[], most: number): readonly T[] => {
  const every = Math.ceil(all.length / most) || 1;
  return all.filter((_, at) => at % every === 0);
};

/** All right ones, the wrong ones that the anchor holds likeliest, and some of the rest: bounded, whatever the history. */
const chosen = (examples: readonly Example[]): readonly Example[] => {
  const right = evenly(
    examples.filter((one) => one.right),
    MOST_RIGHT,
  );
  const wrong = examples
    .filter((one) => !one.right)
    .map((one, at) => ({ one, at }))
    .sort((a, b) => b.one.anchor - a.one.anchor || a.at - b.at)
    .map(({ one }) => one);
  const near = Math.min(MOST_NEAR, LEAST_NEAR + NEAR_FOR_EACH * right.length);
  return [
    ...right,
    ...wrong.slice(0, near),
    ...evenly(wrong.slice(near), Math.min(MOST_FAR, near)),
  ];
};

/** By place: the trained documents that were weighed for the task. */
const examplesByPlace = (
  trained: readonly number[],
  ground: Ground,
  shared: Pick<FittedModel, 'bound' | 'unbound'>,
): ReadonlyMap<number, Example[]> => {
  const weigh = weigherOf({ ...shared, residuals: new Map() }, ground.catalogue);
  const found = new Map<number, Example[]>();
  for (const document of trained) {
    const row = ground.rows[document];
    if (row === undefined) continue;
    const { anchors } = weigh(row);
    row.places.forEach((place, at) => {
      const examples = found.get(place) ?? [];
      found.set(place, examples);
      const right = row.tasks.includes(ground.catalogue.tasks[place]?.code ?? '');
      examples.push({ features: row.features, anchor: anchors[at] ?? 0, right });
    });
  }
  return found;
};

const residualsFrom = (
  trained: readonly number[],
  ground: Ground,
  shared: Pick<FittedModel, 'bound' | 'unbound'>,
): ReadonlyMap<number, Residual> => {
  const { ridge, keep, keepInAll, floor } = ground.settings;
  const enough = [...examplesByPlace(trained, ground, shared)]
    .filter(([, examples]) => examples.filter(({ right }) => right).length >= floor)
    .sort(([a], [b]) => a - b);
  const most = Math.min(keep, Math.floor(keepInAll / Math.max(1, enough.length)));
  return new Map(
    enough.map(([place, examples]) => [
      place,
      fitResidual(chosen(examples), { ridge, keep: most }),
    ]),
  );
};

/** `trained` are places in `rows`. */
export const fitModel = (trained: readonly number[], ground: Ground): FittedModel => {
  const shared = coefficientsFrom(pairsOf(sampled(trained, ground), ground), ground);
  return { ...shared, residuals: residualsFrom(trained, ground, shared) };
};
