/** Margins of documents under fits that had not seen them. */
import type { Artefact } from '../artefact.ts';
import { probabilityOf, sigmoid } from '../fuse.ts';
import { chooseTasks } from '../tasks.ts';
import type { MarginSeen } from './fit-isotonic.ts';
import { fitModel, type Ground, type Margins, weigherOf } from './fit-model.ts';
import { type MeasuredRow, placesOf } from './measure.ts';

/** Parallel to the places in `rows` that were held out; a document in no fold has no entry. */
export type HeldMargins = ReadonlyMap<number, Margins>;

/** `folds` by place in `rows`. Each fold of the trained documents is weighed by a fit on the others. */
export const heldMargins = (
  trained: readonly number[],
  folds: readonly number[],
  ground: Ground,
): HeldMargins => {
  const held = new Map<number, Margins>();
  for (const fold of [...new Set(trained.map((at) => folds[at] ?? 0))].sort((a, b) => a - b)) {
    const rest = trained.filter((at) => folds[at] !== fold);
    if (rest.length === 0) continue;
    const weigh = weigherOf(fitModel(rest, ground), ground.catalogue);
    for (const at of trained) {
      const row = ground.rows[at];
      if (row !== undefined && folds[at] === fold) held.set(at, weigh(row));
    }
  }
  return held;
};

/** Every margin with what came out, `scale` of the residuals added. */
export const marginsSeen = (
  held: HeldMargins,
  ground: Ground,
  scale: number,
): readonly MarginSeen[] =>
  [...held].flatMap(([at, { anchors, residuals }]) => {
    const row = ground.rows[at];
    return [...(row?.places ?? [])].map((place, of) => ({
      margin: (anchors[of] ?? 0) + scale * (residuals[of] ?? 0),
      right: row?.tasks.includes(ground.catalogue.tasks[place]?.code ?? '') ?? false,
    }));
  });

/** Loss of a margin, as it is. */
const lossOf = (margin: number, right: boolean): number =>
  -Math.log(Math.max(1e-12, sigmoid(right ? margin : -margin)));

/** Loss per document with this share of the residuals added; nothing is kept of the pairs, of which there may be very many. */
const lossAt = (held: HeldMargins, ground: Ground, scale: number): number => {
  let sum = 0;
  for (const [at, { anchors, residuals }] of held) {
    const row = ground.rows[at];
    if (row === undefined) continue;
    const right = new Set(row.tasks.map((code) => placesOf(ground.catalogue).get(code)));
    for (let of = 0; of < anchors.length; of += 1) {
      const margin = (anchors[of] ?? 0) + scale * (residuals[of] ?? 0);
      sum += lossOf(margin, right.has(row.places[of]));
    }
  }
  return sum / held.size;
};

const SCALES = [0, 0.25, 0.5, 0.75, 1];
/** A share of the residuals has to earn this much more per document than a smaller one, or chance decides. */
const WORTH = 0.004;

/** How much of the residuals to believe: the smallest share that documents which were held out bear out. */
export const scaleOf = (held: HeldMargins, ground: Ground): number => {
  const anyLearnt = [...held.values()].some(({ residuals }) => residuals.some((one) => one !== 0));
  if (!anyLearnt) return 0;
  let best = { scale: 0, loss: Infinity };
  for (const scale of SCALES) {
    const loss = lossAt(held, ground, scale);
    if (loss < best.loss - WORTH) best = { scale, loss };
  }
  return best.scale;
};

export interface ScoredPlace {
  readonly code: string;
  readonly score: number;
  readonly margin: number;
}

/** As `weighTasks` orders them. */
export const scoredPlaces = (
  row: MeasuredRow,
  margins: readonly number[],
  { catalogue, calibration }: Pick<Ground, 'catalogue'> & Pick<Artefact, 'calibration'>,
): readonly ScoredPlace[] =>
  [...row.places]
    .map((place, at): ScoredPlace => {
      const margin = margins[at] ?? 0;
      const code = catalogue.tasks[place]?.code ?? '';
      return { code, margin, score: probabilityOf(calibration, margin) };
    })
    .sort((a, b) => b.score - a.score || b.margin - a.margin || (a.code < b.code ? -1 : 1));

export const tagsOf = (scored: readonly ScoredPlace[]): readonly ScoredPlace[] =>
  chooseTasks(scored).chosen;
