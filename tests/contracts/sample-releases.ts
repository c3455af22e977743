/** Invented releases, candidates and reports, for every suite that stores them. */
import type {
  GateReport,
  Release,
  ReleaseCandidate,
  StandingRelease,
} from '../../shared/domain/release.ts';
import { releaseIdOf } from '../../shared/domain/release.ts';
import { minute } from './sample-documents.ts';

export const sampleRelease = (rest: Partial<Release> = {}): Release => ({
  catalogueId: 'yx2026',
  version: 1,
  model: 'shipped-1',
  ...rest,
});

export const sampleStanding = (
  revision: number,
  rest: Partial<StandingRelease> = {},
): StandingRelease => ({
  revision,
  active: sampleRelease(),
  shadow: null,
  at: minute(revision),
  actor: 'tester',
  move: 'activate',
  why: '',
  ...rest,
});

export const sampleCandidate = (
  model: string,
  rest: Partial<ReleaseCandidate> = {},
): ReleaseCandidate => {
  const release = rest.release ?? sampleRelease({ model });
  return {
    releaseId: releaseIdOf(release),
    release,
    origin: 'trained',
    state: 'candidate',
    madeAt: minute(0),
    madeBy: 'system',
    report: null,
    ...rest,
  };
};

const figures = { documents: 40, microF1: 0.81, ece: 0.04, surePrecision: null, sureTags: 0 };

export const sampleReport = (candidate: string, rest: Partial<GateReport> = {}): GateReport => ({
  verdict: 'promote',
  candidate,
  active: releaseIdOf(sampleRelease()),
  checks: [{ id: 'ENOUGH', passed: true, zh: '40 件，够', en: '40 documents, enough' }],
  sets: [{ name: 'golden', candidate: figures, active: figures, differenceAtLeast: -0.01 }],
  perCode: [{ code: 'yx2026:T01', positives: 12, candidateF1: 0.9, activeF1: 0.85 }],
  mustNot: { cases: 3, failed: [] },
  zh: '各项检验通过',
  en: 'All checks passed',
  ...rest,
});
