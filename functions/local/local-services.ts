/** Everything the product needs, from one folder on this machine. */
import { mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { folderChildren } from '../../shared/adapters/local/folder-children.ts';
import { folderDownloads, folderUploads } from '../../shared/adapters/local/folder-desks.ts';
import { folderModels } from '../../shared/adapters/local/folder-models.ts';
import { folderObjects } from '../../shared/adapters/local/folder-objects.ts';
import { folderTexts } from '../../shared/adapters/local/folder-texts.ts';
import { inProcessQueue } from '../../shared/adapters/local/in-process-queue.ts';
import { openDatabase } from '../../shared/adapters/local/open-database.ts';
import { sqliteCatalogues } from '../../shared/adapters/local/sqlite-catalogues.ts';
import { sqliteDocuments } from '../../shared/adapters/local/sqlite-documents.ts';
import { sqliteReleases } from '../../shared/adapters/local/sqlite-releases.ts';
import { sqliteReviews } from '../../shared/adapters/local/sqlite-reviews.ts';
import { workerLearningQueue } from '../../shared/adapters/worker/worker-learning-queue.ts';
import { defaultArtefact } from '../../shared/classify/artefact.ts';
import { pageTokens } from '../../shared/http/page-token.ts';
import type { Services } from '../../shared/http/route.ts';
import { systemClock } from '../../shared/log.ts';
import type { Log } from '../../shared/ports.ts';
import { wordSegmenter } from '../../shared/text/words.ts';
import { classifyDocument } from '../../shared/usecases/classify-document.ts';
import { extractDocument } from '../../shared/usecases/extract-document.ts';
import { readScan } from '../../shared/usecases/read-scan.ts';
import { signingSecret } from './signing-secret.ts';
import { localScanReader, localTextReader } from './text-reader.ts';

const STEP_RETRIES = 3;
/** As the function on AWS has. */
const LEARNING_MEMORY_MB = 2048;
const LEARNING_ENTRY = new URL('./learning-worker.ts', import.meta.url);

export interface LocalServices extends Services {
  /** Folder that holds the buckets, the texts, the models, the database and the secret. */
  readonly home: string;
  readonly secret: Uint8Array;
  /** Resolves once every document handed on has been classified and every learning job has ended. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

const queueOver = (log: Log, concurrency: number, step: (documentId: string) => Promise<unknown>) =>
  inProcessQueue(
    async (documentId) => {
      await step(documentId);
    },
    {
      concurrency,
      retries: STEP_RETRIES,
      onDead: (documentId, fault) =>
        log.write('RECORD_FAILED', {
          documentId,
          error: fault instanceof Error ? fault.name : 'unknown',
        }),
    },
  );

export const localServices = (home: string, origin: string, log: Log): LocalServices => {
  for (const folder of ['inbox', 'uploads', 'fixtures', 'texts', 'models'])
    mkdirSync(join(home, folder), { recursive: true, mode: 0o700 });
  const secret = signingSecret(home);
  const database = openDatabase(home, defaultArtefact.id);
  const documents = sqliteDocuments(database);
  const catalogues = sqliteCatalogues(database);
  const releases = sqliteReleases(database);
  const models = folderModels(join(home, 'models'));
  const texts = folderTexts(join(home, 'texts'));
  const clock = systemClock;
  const cores = availableParallelism();
  const [reader, scanReader] = [localTextReader(cores), localScanReader(cores)];
  const desk = { origin, secret, clock };
  const needs = { documents, texts, catalogues, releases, models, clock, log };
  const learning = workerLearningQueue({
    entry: LEARNING_ENTRY,
    home,
    log,
    memoryLimitMb: LEARNING_MEMORY_MB,
  });
  const queue = queueOver(log, 1, (documentId) => classifyDocument(needs, documentId));
  const scanQueue = queueOver(log, cores, (documentId) =>
    readScan({ ...services, reader: scanReader }, documentId),
  );
  const services: LocalServices = {
    home,
    secret,
    objects: folderObjects(home),
    uploads: folderUploads(desk),
    downloads: folderDownloads(desk),
    ...needs,
    reader,
    children: folderChildren(home, async (ref, uploadedAt) => {
      await extractDocument(services, { ref, uploadedAt });
    }),
    ledger: documents,
    reviews: sqliteReviews(database),
    classifyQueue: queue,
    scanQueue,
    learningQueue: learning,
    words: wordSegmenter(),
    pageTokens: pageTokens(Buffer.from(secret).toString('hex')),
    idle: async () => {
      for (const step of [scanQueue, queue, learning]) await step.idle();
    },
    close: async () => {
      await Promise.all([reader.close(), scanReader.close()]);
      for (const step of [scanQueue, queue]) await step.idle();
      await learning.close();
      database.close();
    },
  };
  return services;
};
