import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { decideDocument } from '../../../shared/usecases/decide-document.ts';
import { TRAIN_AFTER } from '../../../shared/usecases/train-when-due.ts';
import { acceptAll } from '../../making/accept-all.ts';
import { aNotice, type LocalHome, localHome } from '../../making/local-home.ts';

const ALL = { limit: 50, after: null };

const logged = ({ log }: LocalHome): readonly unknown[] => log.map((line) => JSON.parse(line));

test('a job that is refused ends with a line in the log of the server', async () => {
  const local = await localHome();
  const { learningQueue } = local.services;
  await learningQueue.send({ kind: 'train', catalogueId: 'dh2021', actor: 'lead-1' });
  await learningQueue.send({ kind: 'judge', releaseId: 'dh2021.1.none' });
  await local.services.idle();
  expect(logged(local)).toEqual([
    expect.objectContaining({
      code: 'LEARNING_REFUSED',
      job: 'train',
      about: 'dh2021',
      refusal: 'TOO_FEW_REVIEWS',
    }),
    expect.objectContaining({
      code: 'LEARNING_REFUSED',
      job: 'judge',
      about: 'dh2021.1.none',
      refusal: 'NO_SUCH_RELEASE',
    }),
  ]);
});

test('after enough decisions a model is trained beside the running server, over the same home', async () => {
  const local = await localHome();
  const { services } = local;
  for (let n = 0; n < TRAIN_AFTER; n += 1) {
    const record = await local.send(`件${n}.txt`, aNotice({ number: `南云办〔2021〕${n + 1}号` }));
    const decided = await decideDocument(services, {
      documentId: record.documentId,
      decision: acceptAll(record),
      reviewer: 'reviewer-1',
    });
    expect(decided.ok).toBe(true);
  }
  expect(await services.reviews.reviewCount('dh2021')).toBe(TRAIN_AFTER);
  // The server goes on while the thread learns.
  await local.send('另一件.txt', aNotice({ number: '南云办〔2021〕99号' }));
  await services.idle();
  expect(logged(local)).not.toContainEqual(expect.objectContaining({ code: 'RECORD_FAILED' }));
  expect(await services.reviews.trainedCount('dh2021')).toBe(TRAIN_AFTER);
  const { rows } = await services.releases.candidates('dh2021', ALL);
  const [candidate] = rows.filter(({ origin }) => origin === 'trained');
  expect(candidate).toMatchObject({ state: 'candidate', madeBy: 'system' });
  expect(candidate?.report).not.toBeNull();
  const model = candidate?.release.model ?? '';
  const files = await readdir(join(local.home, 'models', 'dh2021', model));
  expect(files.sort()).toEqual(['artefact.json', 'manifest.json', 'metrics.json', 'snapshot.json']);
});
