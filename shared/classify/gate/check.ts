/** What the checks of the gate have in common: their shape, the documents of both sets, figures in words. */
import type { GateReport } from '../../domain/release.ts';
import type { GateInput, JudgedDocument } from './judged.ts';

export type Check = GateReport['checks'][number];

/** Sums of fractions do not come out even: so much is let pass on each limit. */
export const EVEN = 1e-9;

export const everyOne = ({ golden, newest }: GateInput): readonly JudgedDocument[] => [
  ...golden,
  ...newest,
];

/** −0.010; a dash where there is no figure. */
export const threeDigits = (value: number | null): string =>
  value === null
    ? '—'
    : value
        .toFixed(3)
        .replace(/^-/u, '−')
        .replace(/^−0\.000$/u, '0.000');
