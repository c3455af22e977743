import { afterAll, expect, test } from 'vitest';
import type { LearningJob, ModelStore, ReleaseStore, ReviewLog } from '../../shared/ports.ts';
import { loadArtefact } from '../../shared/usecases/load-artefact.ts';
import { loadMetrics } from '../../shared/usecases/load-metrics.ts';
import { runLearningJob } from '../../shared/usecases/run-learning-job.ts';
import { scratchFolders } from '../adapters/local/scratch-folder.ts';
import { minute } from '../contracts/sample-documents.ts';
import { type LearningHome, learningHome, reviewed } from '../making/learning-home.ts';
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

const ALL = { limit: 10, after: null };
const TRAIN = { kind: 'train', catalogueId: 'dh2021', actor: 'lead-1' } as const;

const reviewThirty = async (home: LearningHome, lost = -1): Promise<void> => {
  for (let n = 0; n < 30; n += 1)
    await reviewed(home, {
      documentId: `doc-${n}`,
      text: aNotice({ number: `南云办〔2021〕${n + 1}号` }),
      tasks: ['dh2021:T11'],
      at: minute(n),
      lost: n === lost,
    });
};

const codes = ({ lines }: LearningHome): string[] => lines.map(({ code }) => code);

test('what is trained is judged in the same job; the same job again changes nothing', async () => {
  const home = await aHome();
  await reviewThirty(home);
  await runLearningJob(home, TRAIN);
  const first = await home.releases.candidates('dh2021', ALL);
  expect(first.rows).toHaveLength(1);
  const [candidate] = first.rows;
  expect(candidate).toMatchObject({ origin: 'trained', madeBy: 'lead-1', state: 'candidate' });
  expect(candidate?.report?.candidate).toBe(candidate?.releaseId);
  expect(codes(home)).toEqual(['MODEL_TRAINED', 'RELEASE_JUDGED']);
  await runLearningJob(home, { ...TRAIN, actor: 'system' });
  expect(codes(home)).toEqual(['MODEL_TRAINED', 'RELEASE_JUDGED']);
  await runLearningJob(home, TRAIN);
  expect(codes(home)).toEqual(['MODEL_TRAINED', 'RELEASE_JUDGED', 'MODEL_TRAINED']);
  expect(await home.releases.candidates('dh2021', ALL)).toEqual(first);
});

class Killed extends Error {}

type Kept = {
  readonly models: ModelStore;
  readonly releases: ReleaseStore;
  readonly reviews: ReviewLog;
};

/** The home, of which the nth write of learning kills: before it was made, or after it took effect unheard. */
const mortal = (home: LearningHome, nth: number, when: 'before' | 'after') => {
  let writes = 0;
  const dying =
    <Arguments extends unknown[]>(write: (...args: Arguments) => Promise<void>) =>
    async (...args: Arguments): Promise<void> => {
      writes += 1;
      const dies = writes === nth;
      if (dies && when === 'before') throw new Killed();
      await write(...args);
      if (dies) throw new Killed();
    };
  const { models, releases, reviews } = home;
  const kept: Kept = {
    models: { ...models, writeModelFile: dying(models.writeModelFile) },
    releases: { ...releases, keepCandidate: dying(releases.keepCandidate) },
    reviews: { ...reviews, markTrained: dying(reviews.markTrained) },
  };
  return { services: { ...home, ...kept }, writes: () => writes };
};

/** As the queue does: what failed is delivered again. */
const delivered = async (services: LearningHome & Kept, job: LearningJob): Promise<void> => {
  try {
    await runLearningJob(services, job);
  } catch (fault) {
    if (!(fault instanceof Killed)) throw fault;
    await runLearningJob(services, job);
  }
};

test.each(['before', 'after'] as const)(
  'killed %s any one write, learning by itself ends in one judged candidate with all its files',
  async (when) => {
    let writes = 0;
    for (let nth = 1; nth < 20; nth += 1) {
      const home = await aHome();
      await reviewThirty(home);
      const dying = mortal(home, nth, when);
      await delivered(dying.services, { ...TRAIN, actor: 'system' });
      const { rows } = await home.releases.candidates('dh2021', ALL);
      expect(
        rows.map(({ report }) => report !== null),
        `write ${nth}`,
      ).toEqual([true]);
      const [candidate] = rows;
      if (candidate === undefined) throw new Error('no candidate');
      const { catalogueId, model } = candidate.release;
      expect((await loadArtefact(home, catalogueId, model)).id).toBe(model);
      expect((await loadMetrics(home, { catalogueId, modelId: model })).documents).toBeGreaterThan(
        20,
      );
      expect(await home.reviews.trainedCount('dh2021')).toBe(30);
      if (dying.writes() < nth) break;
      writes = nth;
    }
    expect(writes).toBe(7);
  },
  120_000,
);

test('two processes that learn from one home at the same time end with one candidate', async () => {
  const root = await folder();
  const [server, command] = [learningHome(root), learningHome(root)];
  homes.push(server, command);
  await reviewThirty(server);
  await Promise.all([runLearningJob(server, TRAIN), runLearningJob(command, TRAIN)]);
  const { rows } = await server.releases.candidates('dh2021', ALL);
  expect(rows).toHaveLength(1);
  expect(rows[0]?.report).not.toBeNull();
});

test('a release is judged again on demand', async () => {
  const home = await aHome();
  await reviewThirty(home);
  await runLearningJob(home, TRAIN);
  const [candidate] = (await home.releases.candidates('dh2021', ALL)).rows;
  await runLearningJob(home, { kind: 'judge', releaseId: candidate?.releaseId ?? '' });
  expect(codes(home)).toEqual(['MODEL_TRAINED', 'RELEASE_JUDGED', 'RELEASE_JUDGED']);
  expect((await home.releases.candidates('dh2021', ALL)).rows).toEqual([candidate]);
});

test('a refusal ends the job with a line in the log', async () => {
  const home = await aHome();
  await runLearningJob(home, TRAIN);
  await runLearningJob(home, { ...TRAIN, catalogueId: 'nobody' });
  await runLearningJob(home, { kind: 'judge', releaseId: 'dh2021.9.none' });
  expect(home.lines).toEqual(
    [
      { job: 'train', about: 'dh2021', refusal: 'TOO_FEW_REVIEWS' },
      { job: 'train', about: 'nobody', refusal: 'NO_SUCH_CATALOGUE' },
      { job: 'judge', about: 'dh2021.9.none', refusal: 'NO_SUCH_RELEASE' },
    ].map((fields) => ({ code: 'LEARNING_REFUSED', fields })),
  );
});

test('a fault is thrown, so that the queue delivers the job again, and training stays due', async () => {
  const home = await aHome();
  await reviewThirty(home, 3);
  await expect(runLearningJob(home, TRAIN)).rejects.toThrow(/text/u);
  expect((await home.releases.candidates('dh2021', ALL)).rows).toEqual([]);
  expect(await home.reviews.trainedCount('dh2021')).toBe(0);
});
