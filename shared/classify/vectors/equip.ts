/** Sets word vectors beside an artefact. */
import { type Artefact, type Coefficients, type Equipped, SIGNALS } from '../artefact.ts';
import type { WordVectors } from './vectors.ts';

/** What `cosine` counts where an artefact has not learnt it: nothing where rules decide. Set by hand, see tests/evaluation/vectors.ts. */
export const COSINE_BY_HAND = { bound: 0, unbound: 5 } as const;

const isLearnt = ({ weights }: Coefficients): boolean => weights.length === SIGNALS.length;

const withCosine = (coefficients: Coefficients, cosine: number): Coefficients =>
  isLearnt(coefficients)
    ? coefficients
    : { ...coefficients, weights: [...coefficients.weights, cosine] };

/**
 * The id names both, so that no answer with vectors is taken for one without. A coefficient set by hand was in no
 * calibration: such scores are not called calibrated.
 */
export const withVectors = (artefact: Artefact, vectors: WordVectors): Equipped => {
  const { id, bound, unbound, calibration } = artefact;
  const learnt = isLearnt(bound) && isLearnt(unbound);
  return {
    ...artefact,
    id: `${id}+${vectors.id.slice(0, 12)}`,
    bound: withCosine(bound, COSINE_BY_HAND.bound),
    unbound: withCosine(unbound, COSINE_BY_HAND.unbound),
    calibration: { ...calibration, outOfFold: calibration.outOfFold && learnt },
    vectors,
  };
};
