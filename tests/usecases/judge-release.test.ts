import { afterAll, expect, test } from 'vitest';
import { donghu2021 } from '../../shared/catalogue/donghu-2021.ts';
import { defaultArtefact } from '../../shared/classify/artefact.ts';
import { goldenSet } from '../../shared/classify/gate/golden-set.ts';
import { mustNotCases } from '../../shared/classify/gate/must-not.ts';
import { isGolden } from '../../shared/classify/train/golden.ts';
import type { Catalogue } from '../../shared/domain/catalogue.ts';
import type { GateReport, Release } from '../../shared/domain/release.ts';
import type { ModelStore } from '../../shared/ports.ts';
import { judgeRelease } from '../../shared/usecases/judge-release.ts';
import { SHIPPED_RELEASE } from '../../shared/usecases/release-in-force.ts';
import { scratchFolders } from '../adapters/local/scratch-folder.ts';
import { refusedKind } from '../contracts/refused-kind.ts';
import { minute } from '../contracts/sample-documents.ts';
import {
  type LearningHome,
  learningHome,
  reviewed,
  trainedModel,
  undone,
  waiting,
} from '../making/learning-home.ts';
import { aNotice } from '../making/local-home.ts';

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

const SHIPPED = goldenSet().length;

/** Ids that are golden, and ids that are not. */
const ids = (golden: boolean, count: number): readonly string[] =>
  Array.from({ length: count * 40 }, (_, at) => `doc-${at}`)
    .filter((id) => isGolden(id) === golden)
    .slice(0, count);

const BUDGET =
  '云溪街道办事处2020年度部门决算公开\n一、收入支出决算总表\n二、收入决算表\n三、支出决算表\n四、财政拨款收入支出决算总表\n五、“三公”经费支出决算表\n本年收入合计四千二百万元。';

const edited = async (
  home: LearningHome,
  edit: (task: Catalogue['tasks'][number]) => Catalogue['tasks'][number],
): Promise<string> => {
  const catalogue = { ...donghu2021, version: 2, tasks: donghu2021.tasks.map(edit) };
  await home.catalogues.save(catalogue);
  const release: Release = { ...SHIPPED_RELEASE, version: 2 };
  return waiting(home, release, { origin: 'edited' });
};

const reportOf = async (home: LearningHome, releaseId: string): Promise<GateReport> => {
  const judged = await judgeRelease(home, releaseId);
  if (!judged.ok || judged.value.report === null) throw new Error('not judged');
  return judged.value.report;
};

const failed = (report: GateReport): readonly string[] =>
  report.checks.filter(({ passed }) => !passed).map(({ id }) => id);

const newestSet = (report: GateReport) => report.sets.find(({ name }) => name === 'newest');
const goldenFigures = (report: GateReport) => report.sets.find(({ name }) => name === 'golden');

test('an unknown release is refused', async () => {
  const home = await aHome();
  expect(refusedKind(await judgeRelease(home, 'dh2021.9.nothing'))).toBe('NO_SUCH_RELEASE');
});

test('an edit that changes nothing passes on what ships, twice with the same report, which is kept and logged', async () => {
  const home = await aHome();
  const releaseId = await edited(home, (task) => task);
  const report = await reportOf(home, releaseId);
  expect(report).toMatchObject({
    verdict: 'promote',
    candidate: releaseId,
    active: `dh2021.1.${defaultArtefact.id}`,
    mustNot: { cases: mustNotCases().length, failed: [] },
  });
  expect(report.zh).toMatch(
    new RegExp(`^可以启用：6 项检验全部通过。共用 ${SHIPPED} 件文件检验，.*（持平）。`, 'u'),
  );
  expect(goldenFigures(report)).toMatchObject({
    candidate: { documents: SHIPPED },
    differenceAtLeast: 0,
  });
  expect(await reportOf(home, releaseId)).toEqual(report);
  expect(await home.releases.candidate(releaseId)).toMatchObject({ state: 'candidate', report });
  expect(home.lines.at(-1)).toEqual({
    code: 'RELEASE_JUDGED',
    fields: { releaseId, verdict: 'promote' },
  });
});

test('an edit that takes the meaning from every task keeps the present release and says where it got worse', async () => {
  const home = await aHome();
  const releaseId = await edited(home, (task) => ({
    ...task,
    title: '某项工作',
    requirement: '按要求办理。',
    scope: '',
    typicalEvidence: [],
  }));
  const report = await reportOf(home, releaseId);
  expect(report.verdict).toBe('keep');
  expect(failed(report)).toContain('MICRO_F1');
  expect(report.zh).toMatch(/^保持现行版本：.*综合得分.*固定样例 \d+ 件：待启用版本 0\.\d+/u);
  expect(report.en).toMatch(/^The present release stays: .*overall score/u);
});

test('next year’s table is judged on the same examples, whatever its tasks are numbered', async () => {
  const home = await aHome();
  const tasks = donghu2021.tasks.map((task, at) => ({
    ...task,
    number: at + 1,
    code: `dh2022:T${String(at + 1).padStart(2, '0')}`,
  }));
  await home.catalogues.save({ ...donghu2021, catalogueId: 'dh2022', tasks });
  const release: Release = { ...SHIPPED_RELEASE, catalogueId: 'dh2022' };
  const report = await reportOf(home, await waiting(home, release, { origin: 'edited' }));
  const figures = goldenFigures(report);
  expect(figures).toMatchObject({
    candidate: { documents: SHIPPED },
    active: { documents: SHIPPED },
  });
  expect(figures?.candidate.microF1).toBeGreaterThan(0.8);
  expect(figures?.active.microF1).toBeGreaterThan(0.8);
  expect(report.perCode.every(({ code }) => !code.startsWith('dh2021'))).toBe(true);
});

test('of an edited catalogue the newest fifth of the reviews is judged, and one in ten besides', async () => {
  const home = await aHome();
  const newest = ids(false, 10);
  for (const [at, documentId] of newest.entries())
    await reviewed(home, {
      documentId,
      text: BUDGET,
      tasks: [at < 2 ? 'dh2021:T06' : 'dh2021:T27'],
      categories: ['C07'],
      at: minute(90 - at),
    });
  const [golden = ''] = ids(true, 1);
  await reviewed(home, { documentId: golden, text: BUDGET, tasks: ['dh2021:T06'], at: minute(1) });
  const report = await reportOf(home, await edited(home, (task) => task));
  // Two of ten: those of minutes 90 and 89, which were decided as the product proposes.
  expect(newestSet(report)).toMatchObject({
    candidate: { documents: 2, microF1: 1 },
    active: { documents: 2, microF1: 1 },
  });
  expect(goldenFigures(report)?.candidate.documents).toBe(SHIPPED + 1);
  expect(report.checks[0]?.zh).toContain(`共检验文件 ${SHIPPED + 3} 件，其中本单位审核过的 3 件`);
});

test('a decision that was taken back is not judged by', async () => {
  const home = await aHome();
  const [first = ''] = ids(false, 1);
  const one = await reviewed(home, {
    documentId: first,
    text: BUDGET,
    tasks: ['dh2021:T27'],
    at: minute(1),
  });
  const releaseId = await edited(home, (task) => task);
  const before = newestSet(await reportOf(home, releaseId));
  expect(before?.candidate).toMatchObject({ documents: 1, microF1: 0 });
  await undone(home, one);
  expect(newestSet(await reportOf(home, releaseId))?.candidate.documents).toBe(0);
});

const right = { code: 'dh2021:T06', score: 0.97 };
const wrong = { code: 'dh2021:T27', score: 0.97 };

/** A trained release that said `said` of the newest reviews before it had seen them. */
const trainedOn = async (
  home: LearningHome,
  count: number,
  said: (at: number) => { readonly code: string; readonly score: number },
): Promise<string> => {
  const documents = ids(false, count);
  for (const [at, documentId] of documents.entries())
    await reviewed(home, { documentId, text: BUDGET, tasks: ['dh2021:T06'], at: minute(at) });
  const newest = documents.map((documentId, at) => ({
    documentId,
    gold: ['dh2021:T06'],
    tags: [said(at)],
    scores: [said(at)],
  }));
  return waiting(home, await trainedModel(home, `model ${count} ${said(0).code}`, newest));
};

test('a trained release is judged on its newest reviews by answers given before it had seen them', async () => {
  const home = await aHome();
  const good = await reportOf(home, await trainedOn(home, 8, () => right));
  expect(good.verdict).toBe('promote');
  expect(newestSet(good)).toMatchObject({
    candidate: { documents: 8, microF1: 1, sureTags: 8, surePrecision: 1 },
    active: { documents: 8, microF1: 1 },
  });
  const other = await aHome();
  const bad = await reportOf(other, await trainedOn(other, 8, () => wrong));
  expect(bad.verdict).toBe('keep');
  expect(failed(bad)).toContain('MICRO_F1');
  expect(newestSet(bad)).toMatchObject({ candidate: { microF1: 0 }, active: { microF1: 1 } });
});

test('a trained release without enough documents of the office is kept, and the report says how many are missing', async () => {
  const home = await aHome();
  const report = await reportOf(home, await trainedOn(home, 3, () => right));
  expect(failed(report)).toEqual(['ENOUGH']);
  expect(report.zh).toContain('本单位审核过的还差 2 件（由审核学得的版本至少要有 5 件）');
  expect(report.en).toContain('2 reviewed by this office are missing');
});

test('a missing text and a missing model are faults, and nothing is kept', async () => {
  const home = await aHome();
  const [first = ''] = ids(false, 1);
  const releaseId = await edited(home, (task) => task);
  await reviewed(home, {
    documentId: first,
    text: BUDGET,
    tasks: ['dh2021:T06'],
    at: minute(1),
    lost: true,
  });
  await expect(judgeRelease(home, releaseId)).rejects.toThrow('No text of a reviewed document');
  expect((await home.releases.candidate(releaseId))?.report).toBeNull();
  const unknown = await waiting(home, { ...SHIPPED_RELEASE, model: 'f'.repeat(64) });
  await expect(judgeRelease(home, unknown)).rejects.toThrow('The model has no manifest.json');
});

test('figures of a model that are not those of its manifest are a fault', async () => {
  const home = await aHome();
  const releaseId = await trainedOn(home, 5, () => right);
  const models: ModelStore = {
    ...home.models,
    readModelFile: async (place) => {
      const bytes = await home.models.readModelFile(place);
      return place.file === 'metrics.json' && bytes !== null
        ? bytes.map((byte) => byte ^ 1)
        : bytes;
    },
  };
  await expect(judgeRelease({ ...home, models }, releaseId)).rejects.toThrow('damaged');
  expect((await judgeRelease(home, releaseId)).ok).toBe(true);
});

test('a collection is not held against a fit that was asked of the whole only', async () => {
  const home = await aHome();
  const [one = '', other = ''] = ids(false, 2);
  const part = (n: number) => aNotice({ number: `南云办〔2021〕${n}号` });
  const texts = [aNotice(), [part(1), part(2), part(3)].join('\n\n')];
  for (const [at, documentId] of [one, other].entries())
    await reviewed(home, {
      documentId,
      text: texts[at] ?? '',
      tasks: ['dh2021:T08'],
      at: minute(at),
    });
  const said = [{ code: 'dh2021:T08', score: 0.9 }];
  const answers = [one, other].map((documentId) => ({
    documentId,
    gold: ['dh2021:T08'],
    tags: said,
    scores: said,
  }));
  const release = await trainedModel(home, 'a', answers);
  const report = await reportOf(home, await waiting(home, release));
  expect(newestSet(report)?.candidate.documents).toBe(1);
});
