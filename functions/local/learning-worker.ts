/** The thread of one learning job: its own connection to the same database, so that the server never waits for it. */
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import * as z from 'zod';
import { folderModels } from '../../shared/adapters/local/folder-models.ts';
import { folderTexts } from '../../shared/adapters/local/folder-texts.ts';
import { openDatabase } from '../../shared/adapters/local/open-database.ts';
import { sqliteCatalogues } from '../../shared/adapters/local/sqlite-catalogues.ts';
import { sqliteReleases } from '../../shared/adapters/local/sqlite-releases.ts';
import { sqliteReviews } from '../../shared/adapters/local/sqlite-reviews.ts';
import type { LearningLine } from '../../shared/adapters/worker/worker-learning-queue.ts';
import { defaultArtefact } from '../../shared/classify/artefact.ts';
import { learningJobSchema } from '../../shared/domain/learning-job.ts';
import { systemClock } from '../../shared/log.ts';
import type { Log } from '../../shared/ports.ts';
import { runLearningJob } from '../../shared/usecases/run-learning-job.ts';

const { home, job } = z.object({ home: z.string(), job: learningJobSchema }).parse(workerData);

const log: Log = {
  write: (code, fields = {}) => {
    const line: LearningLine = { code, fields };
    parentPort?.postMessage(line);
  },
};

const database = openDatabase(home, defaultArtefact.id);
try {
  await runLearningJob(
    {
      clock: systemClock,
      texts: folderTexts(join(home, 'texts')),
      catalogues: sqliteCatalogues(database),
      reviews: sqliteReviews(database),
      releases: sqliteReleases(database),
      models: folderModels(join(home, 'models')),
      log,
    },
    job,
  );
} finally {
  database.close();
}
