import { afterAll, expect, test } from 'vitest';
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
  expect(await home.releases.candidates('dh2021', ALL)).toEqual(first);
  expect(codes(home)).toEqual(['MODEL_TRAINED', 'RELEASE_JUDGED', 'MODEL_TRAINED']);
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
