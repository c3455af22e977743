import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { donghu2021 } from '../../shared/catalogue/donghu-2021.ts';
import { defaultArtefact } from '../../shared/classify/artefact.ts';
import { isGolden } from '../../shared/classify/train/golden.ts';
import { modelMetricsSchema } from '../../shared/classify/train/model-metrics.ts';
import { modelManifestSchema, snapshotSchema } from '../../shared/domain/model.ts';
import type { ReleaseCandidate } from '../../shared/domain/release.ts';
import { loadArtefact } from '../../shared/usecases/load-artefact.ts';
import { loadMetrics } from '../../shared/usecases/load-metrics.ts';
import { LEAST_REVIEWS, trainModel } from '../../shared/usecases/train-model.ts';
import { scratchFolders } from '../adapters/local/scratch-folder.ts';
import { full, textOf } from '../classify/train/reviewed-papers.ts';
import { minute, sha256Of } from '../contracts/sample-documents.ts';
import { type LearningHome, learningHome, reviewed, undone } from '../making/learning-home.ts';

const folder = scratchFolders();
const homes: LearningHome[] = [];
afterAll(() => {
  for (const home of homes) home.close();
});

const aHome = async () => {
  const root = await folder();
  const home = learningHome(root);
  homes.push(home);
  return { root, home };
};

const REQUEST = { catalogueId: 'dh2021', actor: 'lead-1' };
const idOf = (n: number): string => sha256Of(`paper ${n}`).slice(0, 32);

const review = (home: LearningHome, n: number, tasks?: readonly string[]) => {
  const { text, kind } = textOf(n);
  return reviewed(home, {
    documentId: idOf(n),
    text,
    tasks: tasks ?? [full(donghu2021, kind.task)],
    categories: [kind.category],
    at: minute(n),
  });
};

const counting = (count: number): readonly number[] => Array.from({ length: count }, (_, n) => n);

const trained = async (home: LearningHome): Promise<ReleaseCandidate> => {
  const outcome = await trainModel(home, REQUEST);
  if (!outcome.ok) throw new Error(outcome.error.kind);
  return outcome.value;
};

const filesOf = (root: string, modelId: string): Readonly<Record<string, string>> => {
  const at = join(root, 'models', 'dh2021', modelId);
  return Object.fromEntries(
    readdirSync(at)
      .sort()
      .map((name) => [name, readFileSync(join(at, name), 'utf8')]),
  );
};

describe('training from reviews', () => {
  test('gives a candidate for the gate and a model whose every byte its manifest vouches for', async () => {
    const { root, home } = await aHome();
    for (const n of counting(30)) await review(home, n);
    const candidate = await trained(home);
    const { model } = candidate.release;
    expect(candidate).toMatchObject({
      origin: 'trained',
      state: 'candidate',
      report: null,
      madeBy: 'lead-1',
      release: { catalogueId: 'dh2021', version: donghu2021.version },
    });
    expect(await home.releases.candidate(candidate.releaseId)).toEqual(candidate);
    const files = filesOf(root, model);
    const manifest = modelManifestSchema.parse(JSON.parse(files['manifest.json'] ?? ''));
    for (const [name, sha256] of Object.entries(manifest.files))
      expect(sha256Of(files[name] ?? '')).toBe(sha256);
    expect(Object.keys(manifest.files).sort()).toEqual([
      'artefact.json',
      'metrics.json',
      'snapshot.json',
    ]);
    expect(await loadArtefact(home, 'dh2021', model)).toMatchObject({ id: model });
    expect(await loadMetrics(home, { catalogueId: 'dh2021', modelId: model })).toEqual(
      modelMetricsSchema.parse(JSON.parse(files['metrics.json'] ?? '')),
    );
    expect(await home.reviews.trainedCount('dh2021')).toBe(30);
  });

  test('the golden part is never in a snapshot', async () => {
    const { root, home } = await aHome();
    for (const n of counting(60)) await review(home, n);
    const golden = counting(60).map(idOf).filter(isGolden);
    expect(golden.length).toBeGreaterThan(0);
    const { release } = await trained(home);
    const snapshot = snapshotSchema.parse(
      JSON.parse(filesOf(root, release.model)['snapshot.json'] ?? ''),
    );
    const ids = snapshot.rows.map(({ documentId }) => documentId);
    expect(ids).toHaveLength(60 - golden.length);
    expect(ids.filter((id) => golden.includes(id))).toEqual([]);
  });

  test('what a golden document says is not learnt under another id either', async () => {
    const { root, home } = await aHome();
    for (const n of counting(60)) await review(home, n);
    const golden = counting(60).filter((n) => isGolden(idOf(n)));
    const twins = counting(900).filter((n) => n >= 800 && !isGolden(idOf(n)));
    for (const [at, n] of golden.entries()) {
      const { text, kind } = textOf(n);
      await reviewed(home, {
        documentId: idOf(twins[at] ?? 0),
        text,
        tasks: [full(donghu2021, kind.task)],
        at: minute(70 + at),
      });
    }
    const { release } = await trained(home);
    const { rows } = snapshotSchema.parse(
      JSON.parse(filesOf(root, release.model)['snapshot.json'] ?? ''),
    );
    const texts = new Set(golden.map((n) => sha256Of(textOf(n).text)));
    expect(rows).toHaveLength(60 - golden.length);
    expect(rows.filter(({ textSha256 }) => texts.has(textSha256))).toEqual([]);
  });

  test('the same reviews in another order give the same model, byte for byte', async () => {
    const first = await aHome();
    for (const n of counting(40)) await review(first.home, n);
    const second = await aHome();
    for (const n of counting(40).toReversed()) await review(second.home, n);
    const one = await trained(first.home);
    const other = await trained(second.home);
    expect(other.release.model).toBe(one.release.model);
    expect(filesOf(second.root, other.release.model)).toEqual(
      filesOf(first.root, one.release.model),
    );
  });

  test('a wrong correction that was undone leaves no trace; while it stands the model is another', async () => {
    const { home } = await aHome();
    for (const n of counting(30)) await review(home, n);
    const before = await trained(home);
    const learnt = counting(60).find((n) => n >= 30 && !isGolden(idOf(n))) ?? 30;
    const wrong = await review(home, learnt, [full(donghu2021, 'T20')]);
    const with_ = await trained(home);
    expect(with_.release.model).not.toBe(before.release.model);
    await undone(home, wrong);
    expect((await trained(home)).release.model).toBe(before.release.model);
  });

  test('training again with nothing new writes nothing and keeps the candidate as it is', async () => {
    const { root, home } = await aHome();
    for (const n of counting(30)) await review(home, n);
    const first = await trained(home);
    const files = filesOf(root, first.release.model);
    expect(await trained(home)).toEqual(first);
    expect(filesOf(root, first.release.model)).toEqual(files);
  });

  test('too few reviews are refused with how many there are, and nothing counts as learnt', async () => {
    const { home } = await aHome();
    for (const n of counting(LEAST_REVIEWS - 1)) await review(home, n);
    expect(await trainModel(home, REQUEST)).toEqual({
      ok: false,
      error: { kind: 'TOO_FEW_REVIEWS', detail: '24/25' },
    });
    expect(await home.reviews.trainedCount('dh2021')).toBe(0);
  });

  test('a catalogue that is not there is refused by name', async () => {
    const { home } = await aHome();
    const outcome = await trainModel(home, { catalogueId: 'elsewhere', actor: 'lead-1' });
    expect(outcome).toEqual({
      ok: false,
      error: { kind: 'NO_SUCH_CATALOGUE', detail: 'elsewhere' },
    });
  });

  test('a reviewed document whose text is gone is a fault that names it', async () => {
    const { home } = await aHome();
    for (const n of counting(30)) await review(home, n);
    const lost = counting(60).find((n) => n >= 30 && !isGolden(idOf(n))) ?? 30;
    const { text } = textOf(lost);
    await reviewed(home, { documentId: idOf(lost), text, tasks: [], at: minute(lost), lost: true });
    await expect(trainModel(home, REQUEST)).rejects.toMatchObject({
      cause: { documentId: idOf(lost) },
    });
  });

  test('tasks that a later version added count neither way for reviews of the earlier one', async () => {
    const { root, home } = await aHome();
    for (const n of counting(30)) await review(home, n);
    const [first] = donghu2021.tasks;
    if (first === undefined) throw new Error('No tasks');
    const added = { ...first, code: 'dh2021:T90', number: 90, title: '新增事项' };
    const newer = { ...donghu2021, version: 2, tasks: [...donghu2021.tasks.slice(1), added] };
    expect((await home.catalogues.save(newer)).ok).toBe(true);
    const move = await home.releases.move(
      {
        revision: 1,
        active: { catalogueId: 'dh2021', version: 2, model: defaultArtefact.id },
        shadow: null,
        at: minute(100),
        actor: 'lead-1',
        move: 'activate',
        why: '新的任务表',
      },
      [],
    );
    expect(move.ok).toBe(true);
    const { release } = await trained(home);
    expect(release.version).toBe(2);
    const { rows } = snapshotSchema.parse(
      JSON.parse(filesOf(root, release.model)['snapshot.json'] ?? ''),
    );
    expect(rows.every(({ undecided }) => undecided?.join() === 'dh2021:T90')).toBe(true);
  });
});

describe('loading what was trained', () => {
  test('what ships needs no store', async () => {
    const { home } = await aHome();
    expect(await loadArtefact(home, 'dh2021', defaultArtefact.id)).toBe(defaultArtefact);
  });

  test.each(['artefact.json', 'manifest.json'])(
    'a damaged %s is a fault that names the model',
    async (name) => {
      const { root, home } = await aHome();
      // Other papers than elsewhere, so that no other test has this model in memory.
      for (const n of counting(30)) await review(home, n + (name === 'manifest.json' ? 200 : 300));
      const { release } = await trained(home);
      const at = join(root, 'models', 'dh2021', release.model, name);
      writeFileSync(at, readFileSync(at, 'utf8').replace(release.model, 'b'.repeat(64)));
      await expect(loadArtefact(home, 'dh2021', release.model)).rejects.toMatchObject({
        cause: { modelId: release.model },
      });
    },
  );

  test('a manifest cut off in the middle is a fault that names the model', async () => {
    const { root, home } = await aHome();
    for (const n of counting(30)) await review(home, n + 400);
    const { release } = await trained(home);
    const at = join(root, 'models', 'dh2021', release.model, 'manifest.json');
    writeFileSync(at, readFileSync(at, 'utf8').slice(0, 100));
    await expect(loadArtefact(home, 'dh2021', release.model)).rejects.toMatchObject({
      cause: { modelId: release.model },
    });
  });

  test('a model that was never finished is a fault', async () => {
    const { home } = await aHome();
    await expect(loadArtefact(home, 'dh2021', 'c'.repeat(64))).rejects.toThrow(/model/iu);
  });
});
