import { afterAll, describe, expect, test } from 'vitest';
import { donghu2021 } from '../../shared/catalogue/donghu-2021.ts';
import type { Refusal } from '../../shared/domain/refusal.ts';
import type { GateReport, ReleaseCandidate, StandingRelease } from '../../shared/domain/release.ts';
import { releaseIdOf } from '../../shared/domain/release.ts';
import type { Result } from '../../shared/domain/result.ts';
import { editCatalogue } from '../../shared/usecases/edit-catalogue.ts';
import {
  endShadow,
  promoteRelease,
  rollBackRelease,
  shadowRelease,
  shadowReport,
  shadowReportSchema,
} from '../../shared/usecases/move-release.ts';
import { SHIPPED_RELEASE } from '../../shared/usecases/release-in-force.ts';
import { scratchFolders } from '../adapters/local/scratch-folder.ts';
import { refusedKind } from '../contracts/refused-kind.ts';
import { sampleReport } from '../contracts/sample-releases.ts';
import { type LearningHome, learningHome, trainedModel, waiting } from '../making/learning-home.ts';

const folder = scratchFolders();
const homes: LearningHome[] = [];
const aHome = async (): Promise<LearningHome> => {
  const home = learningHome(await folder());
  homes.push(home);
  return home;
};
afterAll(() => {
  for (const home of homes) home.close();
});

const SHIPPED = releaseIdOf(SHIPPED_RELEASE);
const BY = { actor: 'lead-1', why: '检验通过' };
const WAIVED = { ...BY, why: '件少，人工核对过三十件', waiveShadow: true };

/** A trained release that passed its checks against `active`, unless `report` says otherwise. */
const judged = async (
  home: LearningHome,
  name: string,
  report: Partial<GateReport> | null = {},
): Promise<string> => {
  const release = await trainedModel(home, name);
  const releaseId = releaseIdOf(release);
  return waiting(home, release, {
    report: report === null ? null : sampleReport(releaseId, { active: SHIPPED, ...report }),
  });
};

const DH = { catalogueId: 'dh2021' };

/** Its report, as if it had passed against `active`. */
const passes = async (
  home: LearningHome,
  candidate: ReleaseCandidate,
  active: string = SHIPPED,
): Promise<string> => {
  const { releaseId } = candidate;
  await home.releases.keepCandidate({ ...candidate, report: sampleReport(releaseId, { active }) });
  return releaseId;
};

const passesAgain = async (home: LearningHome, releaseId: string, active: string) => {
  const candidate = await home.releases.candidate(releaseId);
  if (candidate === null) throw new Error('no candidate');
  return passes(home, candidate, active);
};

const stateOf = async (home: LearningHome, releaseId: string) =>
  (await home.releases.candidate(releaseId))?.state;

const standingOf = (moved: Result<StandingRelease, Refusal>): StandingRelease => {
  if (!moved.ok) throw new Error(`${moved.error.kind} ${moved.error.detail}`);
  return moved.value;
};

const detailOf = (moved: Result<StandingRelease, Refusal>): string =>
  moved.ok ? 'moved' : moved.error.detail;

/** `count` uploads scored by both, at a time of the home's clock. */
const inShadow = async (home: LearningHome, releaseId: string, count: number): Promise<void> => {
  const at = home.clock.now();
  for (let n = 0; n < count; n += 1)
    await home.releases.noteShadow(releaseId, {
      documentId: `doc-${n}`,
      at,
      active: ['dh2021:T06'],
      shadow: ['dh2021:T06'],
    });
};

describe('putting in force', () => {
  test('an unknown release is refused', async () => {
    const home = await aHome();
    const outcome = await promoteRelease(home, { ...WAIVED, releaseId: 'dh2021.1.nothing' });
    expect(refusedKind(outcome)).toBe('NO_SUCH_RELEASE');
  });

  test('what passed is in force by one move, and what shipped is retired but kept to come back to', async () => {
    const home = await aHome();
    const releaseId = await judged(home, 'a');
    const standing = standingOf(await promoteRelease(home, { ...WAIVED, releaseId }));
    expect(standing).toMatchObject({
      revision: 1,
      shadow: null,
      actor: 'lead-1',
      move: 'promote',
      why: '件少，人工核对过三十件',
    });
    expect(releaseIdOf(standing.active)).toBe(releaseId);
    expect(await home.releases.standing()).toEqual(standing);
    expect(await stateOf(home, releaseId)).toBe('active');
    expect(await home.releases.candidate(SHIPPED)).toMatchObject({
      origin: 'shipped',
      state: 'retired',
    });
    expect(await home.catalogues.get('dh2021', 1)).toEqual(donghu2021);
    expect(home.lines.at(-1)).toEqual({
      code: 'RELEASE_MOVED',
      fields: { move: 'promote', releaseId, revision: 1 },
    });
  });

  test('what was never judged is refused and sent to be judged', async () => {
    const home = await aHome();
    const releaseId = await judged(home, 'a', null);
    const outcome = await promoteRelease(home, { ...WAIVED, releaseId });
    expect(refusedKind(outcome)).toBe('GATE_CLOSED');
    expect(detailOf(outcome)).toBe('尚未检验，已安排检验 / not judged yet, it is being judged now');
    expect(home.jobs).toEqual([{ kind: 'judge', releaseId }]);
    expect(await home.releases.standing()).toBeNull();
  });

  test('a report against another release than the one in force is none', async () => {
    const home = await aHome();
    const [first, second] = [await judged(home, 'a'), await judged(home, 'b')];
    standingOf(await promoteRelease(home, { ...WAIVED, releaseId: first }));
    const outcome = await promoteRelease(home, { ...WAIVED, releaseId: second });
    expect(refusedKind(outcome)).toBe('GATE_CLOSED');
    expect(detailOf(outcome)).toMatch(/^检验后现行版本已变动，已安排重新检验/u);
    expect(home.jobs).toEqual([{ kind: 'judge', releaseId: second }]);
  });

  test('failed checks are named, and waiving the shadow run does not waive them', async () => {
    const home = await aHome();
    const check = (id: GateReport['checks'][number]['id'], passed: boolean) => ({
      id,
      passed,
      zh: '',
      en: '',
    });
    const checks = [check('ENOUGH', true), check('MICRO_F1', false), check('PER_CODE', false)];
    const releaseId = await judged(home, 'a', { verdict: 'keep', checks });
    const outcome = await promoteRelease(home, { ...WAIVED, releaseId });
    expect(refusedKind(outcome)).toBe('GATE_CLOSED');
    expect(detailOf(outcome)).toBe('综合得分、逐项比较 / overall score, single tasks');
    expect(home.jobs).toEqual([]);
  });

  test('a hundred uploads have to be scored in shadow first, or the reason says why not', async () => {
    const home = await aHome();
    const releaseId = await judged(home, 'a');
    await inShadow(home, releaseId, 99);
    const tooFew = await promoteRelease(home, { ...BY, releaseId });
    expect(refusedKind(tooFew)).toBe('SHADOW_TOO_SHORT');
    expect(detailOf(tooFew)).toBe('99 / 100');
    const unsaid = await promoteRelease(home, { ...BY, releaseId, why: ' ', waiveShadow: true });
    expect(refusedKind(unsaid)).toBe('SHADOW_TOO_SHORT');
    await inShadow(home, releaseId, 100);
    expect(standingOf(await promoteRelease(home, { ...BY, releaseId })).revision).toBe(1);
  });

  test('an office that gets few uploads sets fewer', async () => {
    const home = await aHome();
    const releaseId = await judged(home, 'a');
    await inShadow(home, releaseId, 12);
    const outcome = await promoteRelease(home, { ...BY, releaseId, shadowAtLeast: 12 });
    expect(standingOf(outcome).move).toBe('promote');
  });

  test('uploads scored beside an earlier release do not count', async () => {
    const home = await aHome();
    const [first, second] = [await judged(home, 'a'), await judged(home, 'b', { active: 'later' })];
    await inShadow(home, second, 100);
    standingOf(await promoteRelease(home, { ...WAIVED, releaseId: first }));
    const report = sampleReport(second, { active: first });
    await waiting(home, await trainedModel(home, 'b'), { report });
    const outcome = await promoteRelease(home, { ...BY, releaseId: second });
    expect(refusedKind(outcome)).toBe('SHADOW_TOO_SHORT');
    expect(detailOf(outcome)).toBe('0 / 100');
    await inShadow(home, second, 100);
    expect(standingOf(await promoteRelease(home, { ...BY, releaseId: second })).revision).toBe(2);
  });

  test('of two leads who move at once one wins, the other is told and nothing of hers is written', async () => {
    const home = await aHome();
    const both = [await judged(home, 'a'), await judged(home, 'b')];
    const outcomes = await Promise.all(
      both.map((releaseId) => promoteRelease(home, { ...WAIVED, releaseId })),
    );
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(outcomes.filter(({ ok }) => !ok).map(refusedKind)).toEqual(['STALE_REVISION']);
    const states = await Promise.all(both.map((releaseId) => stateOf(home, releaseId)));
    expect(states.toSorted()).toEqual(['active', 'candidate']);
    expect((await home.releases.moves({ limit: 10, after: null })).rows).toHaveLength(1);
  });

  test('a draft that knows nothing of the words in force is refused; one made of them is not', async () => {
    const home = await aHome();
    await home.catalogues.save(donghu2021);
    const edit = async (version: number, scope: string): Promise<string> => {
      const edits = { tasks: [{ code: 'T08', scope }], categories: [] };
      const made = await editCatalogue(home, { ...DH, version, edits, actor: 'lead-1' });
      if (!made.ok) throw new Error(made.error.kind);
      return passes(home, made.value);
    };
    const [second, third] = [await edit(1, '甲'), await edit(1, '乙')];
    const fourth = await edit(2, '丙');
    standingOf(await promoteRelease(home, { ...WAIVED, releaseId: second }));
    for (const releaseId of [third, fourth]) await passesAgain(home, releaseId, second);
    const lost = await promoteRelease(home, { ...WAIVED, releaseId: third });
    expect(refusedKind(lost)).toBe('GATE_CLOSED');
    expect(detailOf(lost)).toContain('第 1 版');
    expect(standingOf(await promoteRelease(home, { ...WAIVED, releaseId: fourth })).active).toEqual(
      {
        ...SHIPPED_RELEASE,
        version: 4,
      },
    );
    const late = await editCatalogue(home, {
      ...DH,
      version: 2,
      edits: { tasks: [{ code: 'T09', scope: '丁' }], categories: [] },
      actor: 'lead-2',
    });
    expect(refusedKind(late)).toBe('STALE_REVISION');
    const model = await judged(home, 'learnt of version 1', { active: fourth });
    expect(refusedKind(await promoteRelease(home, { ...WAIVED, releaseId: model }))).toBe(
      'GATE_CLOSED',
    );
  });

  test('an edit made beside an older model is proposed again with the one in force', async () => {
    const home = await aHome();
    await home.catalogues.save(donghu2021);
    const edits = { tasks: [{ code: 'T08', scope: '甲' }], categories: [] };
    const made = await editCatalogue(home, { ...DH, version: 1, edits, actor: 'lead-1' });
    if (!made.ok) throw new Error(made.error.kind);
    const learnt = await judged(home, 'a');
    const { active } = standingOf(await promoteRelease(home, { ...WAIVED, releaseId: learnt }));
    await passes(home, made.value, learnt);
    const outcome = await promoteRelease(home, { ...WAIVED, releaseId: made.value.releaseId });
    const anew = releaseIdOf({ ...active, version: 2 });
    expect(refusedKind(outcome)).toBe('GATE_CLOSED');
    expect(detailOf(outcome)).toContain(anew);
    expect(await home.releases.candidate(anew)).toMatchObject({ origin: 'edited', report: null });
    expect(home.jobs.at(-1)).toEqual({ kind: 'judge', releaseId: anew });
    expect((await home.releases.standing())?.active).toEqual(active);
  });

  test('what is in force already is refused', async () => {
    const home = await aHome();
    const releaseId = await judged(home, 'a');
    standingOf(await promoteRelease(home, { ...WAIVED, releaseId }));
    const again = await promoteRelease(home, { ...WAIVED, releaseId });
    expect(refusedKind(again)).toBe('BAD_REQUEST');
    expect(detailOf(again)).toBe('该版本已是现行版本 / it is in force already');
  });

  test('a release whose files are gone is a fault and never comes into force', async () => {
    const home = await aHome();
    const release = { ...SHIPPED_RELEASE, model: 'e'.repeat(64) };
    const report = sampleReport(releaseIdOf(release), { active: SHIPPED });
    const releaseId = await waiting(home, release, { report });
    await expect(promoteRelease(home, { ...WAIVED, releaseId })).rejects.toThrow('The model');
    expect(await home.releases.standing()).toBeNull();
  });
});

describe('rolling back', () => {
  test('leads to what was in force before, step by step, and to what ships in the end', async () => {
    const home = await aHome();
    const first = await judged(home, 'a');
    const second = await judged(home, 'b', { active: first });
    standingOf(await promoteRelease(home, { ...WAIVED, releaseId: first }));
    standingOf(await promoteRelease(home, { ...WAIVED, releaseId: second }));
    const back = { actor: 'lead-2', why: '误标增多' };
    const once = standingOf(await rollBackRelease(home, back));
    expect(once).toMatchObject({ revision: 3, move: 'roll-back', why: '误标增多' });
    expect(releaseIdOf(once.active)).toBe(first);
    expect([await stateOf(home, first), await stateOf(home, second)]).toEqual([
      'active',
      'retired',
    ]);
    const twice = standingOf(await rollBackRelease(home, back));
    expect(releaseIdOf(twice.active)).toBe(SHIPPED);
    expect(await stateOf(home, SHIPPED)).toBe('active');
    const nothing = await rollBackRelease(home, back);
    expect(refusedKind(nothing)).toBe('NO_SUCH_RELEASE');
    expect(detailOf(nothing)).toBe('没有更早的版本 / none was before');
  });

  test('needs no gate and no shadow run, but a reason', async () => {
    const home = await aHome();
    standingOf(await promoteRelease(home, { ...WAIVED, releaseId: await judged(home, 'a') }));
    const unsaid = await rollBackRelease(home, { actor: 'lead-1', why: '  ' });
    expect(refusedKind(unsaid)).toBe('BAD_REQUEST');
    expect(home.jobs).toEqual([]);
    expect((await rollBackRelease(home, { actor: 'lead-1', why: '误标' })).ok).toBe(true);
  });

  test('leads away from a release whose files are lost', async () => {
    const home = await aHome();
    await home.catalogues.save(donghu2021);
    const lost = { ...SHIPPED_RELEASE, model: 'f'.repeat(64) };
    const at = home.clock.now();
    const move = { revision: 1, active: lost, shadow: null, at, ...BY, move: 'promote' } as const;
    expect((await home.releases.move(move, [])).ok).toBe(true);
    const back = standingOf(await rollBackRelease(home, BY));
    expect(back).toMatchObject({ revision: 2, active: SHIPPED_RELEASE, move: 'roll-back' });
  });

  test('to a named release goes only where that was in force', async () => {
    const home = await aHome();
    const [first, never] = [await judged(home, 'a'), await judged(home, 'c')];
    const second = await judged(home, 'b', { active: first });
    standingOf(await promoteRelease(home, { ...WAIVED, releaseId: first }));
    standingOf(await promoteRelease(home, { ...WAIVED, releaseId: second }));
    const refused = await rollBackRelease(home, { ...BY, releaseId: never });
    expect(refusedKind(refused)).toBe('NO_SUCH_RELEASE');
    const back = standingOf(await rollBackRelease(home, { ...BY, releaseId: SHIPPED }));
    expect(releaseIdOf(back.active)).toBe(SHIPPED);
  });
});

describe('a shadow run', () => {
  test('leaves in force what is, and another takes its place', async () => {
    const home = await aHome();
    const [first, second] = [await judged(home, 'a', null), await judged(home, 'b', null)];
    const begun = standingOf(await shadowRelease(home, { ...BY, releaseId: first }));
    expect(begun).toMatchObject({ revision: 1, active: SHIPPED_RELEASE, move: 'shadow' });
    expect(await stateOf(home, first)).toBe('shadow');
    standingOf(await shadowRelease(home, { ...BY, releaseId: second }));
    expect([await stateOf(home, first), await stateOf(home, second)]).toEqual([
      'candidate',
      'shadow',
    ]);
    expect(await stateOf(home, SHIPPED)).toBe('active');
  });

  test('ends by itself or with what it led to', async () => {
    const home = await aHome();
    expect(refusedKind(await endShadow(home, BY))).toBe('NO_SUCH_RELEASE');
    const releaseId = await judged(home, 'a');
    standingOf(await shadowRelease(home, { ...BY, releaseId }));
    expect(standingOf(await endShadow(home, BY))).toMatchObject({
      move: 'end-shadow',
      shadow: null,
    });
    expect(await stateOf(home, releaseId)).toBe('candidate');
    standingOf(await shadowRelease(home, { ...BY, releaseId }));
    const standing = standingOf(await promoteRelease(home, { ...WAIVED, releaseId }));
    expect(standing.shadow).toBeNull();
    expect(await stateOf(home, releaseId)).toBe('active');
  });

  test('is refused of what is unknown or in force', async () => {
    const home = await aHome();
    const unknown = await shadowRelease(home, { ...BY, releaseId: 'dh2021.1.nothing' });
    expect(refusedKind(unknown)).toBe('NO_SUCH_RELEASE');
    const releaseId = await judged(home, 'a');
    standingOf(await promoteRelease(home, { ...WAIVED, releaseId }));
    expect(refusedKind(await shadowRelease(home, { ...BY, releaseId }))).toBe('BAD_REQUEST');
  });

  test('shows in a report what would be different', async () => {
    const home = await aHome();
    const releaseId = await judged(home, 'a', null);
    const note = (documentId: string, active: string, shadow: string) =>
      home.releases.noteShadow(releaseId, {
        documentId,
        at: home.clock.now(),
        active: active === '' ? [] : active.split(' '),
        shadow: shadow === '' ? [] : shadow.split(' '),
      });
    await note('d1', 'T06', 'T06');
    await note('d2', 'T13 T08', 'T13');
    await note('d3', 'T13 T12', 'T12 T13');
    await note('d4', '', 'T27');
    await note('d5', '', '');
    const report = await shadowReport(home, releaseId);
    expect(shadowReportSchema.parse(report)).toEqual({
      releaseId,
      documents: 5,
      samePrimary: 3,
      differentPrimary: 2,
      perCode: [
        { code: 'T08', gained: 0, lost: 1 },
        { code: 'T27', gained: 1, lost: 0 },
      ],
      differing: ['d3', 'd4', 'd2'],
    });
  });

  test('lists no more than fifty documents', async () => {
    const home = await aHome();
    const releaseId = await judged(home, 'a', null);
    for (let n = 10; n < 70; n += 1)
      await home.releases.noteShadow(releaseId, {
        documentId: `d${n}`,
        at: home.clock.now(),
        active: ['T06'],
        shadow: ['T07'],
      });
    const report = await shadowReport(home, releaseId);
    expect(report.documents).toBe(60);
    expect(report.differing).toHaveLength(50);
  });
});
