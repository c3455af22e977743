/** Moves between releases, each one conditional write of the pointer: into shadow and out of it, into force, and back. */
import * as z from 'zod';
import { CHECK_NAMES } from '../classify/gate/judge.ts';
import { type Refusal, refusal } from '../domain/refusal.ts';
import {
  type Release,
  type ReleaseCandidate,
  releaseIdOf,
  type ShadowNote,
} from '../domain/release.ts';
import { refuse } from '../domain/result.ts';
import type { Capabilities } from '../ports.ts';
import { allRows } from './all-rows.ts';
import { followRefusal } from './follow-release.ts';
import { inForceSince, standingHistory } from './release-history.ts';
import { loadRelease, SHIPPED_RELEASE } from './release-in-force.ts';
import { type Moved, type MoveNeeds, type MoveRequest, moveTo, placeNow } from './write-move.ts';

export interface ReleaseMoveRequest extends MoveRequest {
  readonly releaseId: string;
}

export interface PromoteRequest extends ReleaseMoveRequest {
  /** Go without the shadow run; `why` then has to say why. */
  readonly waiveShadow?: boolean;
  /** Documents that have to be scored in shadow first. */
  readonly shadowAtLeast?: number;
}

/** Uploads scored by both releases before the second is put in force. */
export const SHADOW_AT_LEAST = 100;

const IN_FORCE = '该版本已是现行版本 / it is in force already';

/** Scores new uploads beside what is in force, shown to nobody; takes the place of another one in shadow. Refuses with NO_SUCH_RELEASE, BAD_REQUEST, STALE_REVISION. */
export const shadowRelease = async (needs: MoveNeeds, request: ReleaseMoveRequest): Moved => {
  const candidate = await needs.releases.candidate(request.releaseId);
  if (candidate === null) return refuse(refusal('NO_SUCH_RELEASE', request.releaseId));
  const before = await placeNow(needs);
  if (releaseIdOf(before.active) === candidate.releaseId)
    return refuse(refusal('BAD_REQUEST', IN_FORCE));
  await loadRelease(needs, candidate.release);
  const { actor, why } = request;
  const { active } = before;
  return moveTo(needs, before, { move: 'shadow', active, shadow: candidate.release, actor, why });
};

/** What was in shadow waits again; its notes stay. Refuses with NO_SUCH_RELEASE where none is, and with STALE_REVISION. */
export const endShadow = async (needs: MoveNeeds, { actor, why }: MoveRequest): Moved => {
  const before = await placeNow(needs);
  if (before.shadow === null)
    return refuse(refusal('NO_SUCH_RELEASE', '没有试运行中的版本 / none runs in shadow'));
  const { active } = before;
  return moveTo(needs, before, { move: 'end-shadow', active, shadow: null, actor, why });
};

/** The report has to be of now: against what is in force. Where it is not, the release is sent to be judged again. */
const gateRefusal = async (
  { learningQueue }: Pick<Capabilities, 'learningQueue'>,
  { releaseId, report }: ReleaseCandidate,
  active: Release,
): Promise<Refusal | null> => {
  if (report === null || report.active !== releaseIdOf(active)) {
    await learningQueue.send({ kind: 'judge', releaseId });
    return refusal(
      'GATE_CLOSED',
      report === null
        ? '尚未检验，已安排检验 / not judged yet, it is being judged now'
        : '检验后现行版本已变动，已安排重新检验 / what is in force has changed since, it is being judged again',
    );
  }
  if (report.verdict === 'promote') return null;
  const failed = report.checks.filter(({ passed }) => !passed).map(({ id }) => CHECK_NAMES[id]);
  const zh = failed.map((name) => name.zh).join('、');
  return refusal('GATE_CLOSED', `${zh} / ${failed.map((name) => name.en).join(', ')}`);
};

/** Documents of a shadow run that a request reads; ids are hashes, so that the first ones are as good as any. */
const MOST_NOTES = 2000;

/** Notes made beside what is in force now; older ones compare with something else. */
const currentNotes = async (
  { releases }: Pick<Capabilities, 'releases'>,
  releaseId: string,
): Promise<readonly ShadowNote[]> => {
  const since = inForceSince(await allRows((page) => releases.moves(page)));
  const notes = await allRows((page) => releases.shadowNotes(releaseId, page), MOST_NOTES);
  return notes.filter(({ at }) => at >= since);
};

const shadowRefusal = async (
  needs: Pick<Capabilities, 'releases'>,
  { releaseId, why, waiveShadow = false, shadowAtLeast = SHADOW_AT_LEAST }: PromoteRequest,
): Promise<Refusal | null> => {
  if (waiveShadow && why.trim() !== '') return null;
  const { length } = await currentNotes(needs, releaseId);
  return length >= shadowAtLeast
    ? null
    : refusal('SHADOW_TOO_SHORT', `${length} / ${shadowAtLeast}`);
};

/**
 * Puts a release in force. Refuses with NO_SUCH_RELEASE; GATE_CLOSED, naming the checks that failed or what was put in force since it was made; SHADOW_TOO_SHORT unless
 * waived with a reason; BAD_REQUEST; STALE_REVISION where somebody else moved meanwhile. A shadow run beside it ends.
 */
export const promoteRelease = async (
  needs: MoveNeeds & Pick<Capabilities, 'learningQueue'>,
  request: PromoteRequest,
): Moved => {
  const candidate = await needs.releases.candidate(request.releaseId);
  if (candidate === null) return refuse(refusal('NO_SUCH_RELEASE', request.releaseId));
  const before = await placeNow(needs);
  if (releaseIdOf(before.active) === candidate.releaseId)
    return refuse(refusal('BAD_REQUEST', IN_FORCE));
  const { actor, why } = request;
  const closed =
    (await followRefusal(needs, candidate, { active: before.active, actor })) ??
    (await gateRefusal(needs, candidate, before.active)) ??
    (await shadowRefusal(needs, request));
  if (closed !== null) return refuse(closed);
  const { release: active } = candidate;
  return moveTo(needs, before, { move: 'promote', active, shadow: null, actor, why });
};

/**
 * Back to what was in force before, without any gate; twice goes back two steps. With `releaseId` to that earlier one.
 * Refuses with BAD_REQUEST without a reason, NO_SUCH_RELEASE where nothing was before, STALE_REVISION.
 */
export const rollBackRelease = async (
  needs: MoveNeeds,
  { releaseId, actor, why }: MoveRequest & { readonly releaseId?: string },
): Moved => {
  if (why.trim() === '')
    return refuse(refusal('BAD_REQUEST', '请写明退回的理由 / say why it is rolled back'));
  const before = await placeNow(needs);
  const moves = await allRows((page) => needs.releases.moves(page));
  const earlier = standingHistory(moves, SHIPPED_RELEASE).slice(0, -1);
  const active = earlier.findLast(
    (one) => releaseId === undefined || releaseIdOf(one) === releaseId,
  );
  if (active === undefined)
    return refuse(refusal('NO_SUCH_RELEASE', releaseId ?? '没有更早的版本 / none was before'));
  return moveTo(needs, before, { move: 'roll-back', active, shadow: null, actor, why });
};

const MOST_DIFFERING = 50;

export const shadowReportSchema = z.object({
  releaseId: z.string(),
  /** Uploads that both releases scored since what is in force came to be; of more than 2,000 the first by id. */
  documents: z.int(),
  samePrimary: z.int(),
  differentPrimary: z.int(),
  /** Documents that would get a code, or lose it; codes without either are left out. */
  perCode: z.array(z.object({ code: z.string(), gained: z.int(), lost: z.int() })),
  /** Ids of up to 50 documents with other tasks, other primary ones first. */
  differing: z.array(z.string()),
});
export type ShadowReport = z.infer<typeof shadowReportSchema>;

const sameCodes = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((code) => other.includes(code));

const samePrimary = ({ active, shadow }: ShadowNote): boolean => active[0] === shadow[0];

const perCodeOf = (notes: readonly ShadowNote[]): ShadowReport['perCode'] => {
  const counts = new Map<string, { code: string; gained: number; lost: number }>();
  const of = (code: string): { code: string; gained: number; lost: number } => {
    const known = counts.get(code) ?? { code, gained: 0, lost: 0 };
    counts.set(code, known);
    return known;
  };
  for (const { active, shadow } of notes) {
    for (const code of shadow) if (!active.includes(code)) of(code).gained += 1;
    for (const code of active) if (!shadow.includes(code)) of(code).lost += 1;
  }
  return [...counts.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
};

/** What would be different; a release that never ran in shadow has an empty report. */
export const shadowReport = async (
  needs: Pick<Capabilities, 'releases'>,
  releaseId: string,
): Promise<ShadowReport> => {
  const notes = await currentNotes(needs, releaseId);
  const same = notes.filter(samePrimary);
  const otherPrimary = notes.filter((note) => !samePrimary(note));
  const otherRest = same.filter(({ active, shadow }) => !sameCodes(active, shadow));
  return {
    releaseId,
    documents: notes.length,
    samePrimary: same.length,
    differentPrimary: otherPrimary.length,
    perCode: perCodeOf(notes),
    differing: [...otherPrimary, ...otherRest]
      .map(({ documentId }) => documentId)
      .slice(0, MOST_DIFFERING),
  };
};
