/** Everything the product needs, from one folder on this machine. */
import { mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { folderDownloads, folderUploads } from '../../shared/adapters/local/folder-desks.ts';
import { folderObjects } from '../../shared/adapters/local/folder-objects.ts';
import { folderTexts } from '../../shared/adapters/local/folder-texts.ts';
import { inProcessQueue } from '../../shared/adapters/local/in-process-queue.ts';
import { openDatabase } from '../../shared/adapters/local/open-database.ts';
import { sqliteCatalogues } from '../../shared/adapters/local/sqlite-catalogues.ts';
import { sqliteDocuments } from '../../shared/adapters/local/sqlite-documents.ts';
import { pageTokens } from '../../shared/http/page-token.ts';
import type { Services } from '../../shared/http/route.ts';
import { systemClock } from '../../shared/log.ts';
import type { Log } from '../../shared/ports.ts';
import { wordSegmenter } from '../../shared/text/words.ts';
import { classifyDocument } from '../../shared/usecases/classify-document.ts';
import { signingSecret } from './signing-secret.ts';
import { localTextReader } from './text-reader.ts';

const CLASSIFY_RETRIES = 3;

export interface LocalServices extends Services {
  /** Folder that holds the buckets, the texts, the database and the secret. */
  readonly home: string;
  readonly secret: Uint8Array;
  /** Resolves once every document handed on has been classified. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

export const localServices = (home: string, origin: string, log: Log): LocalServices => {
  for (const folder of ['inbox', 'uploads', 'fixtures', 'texts'])
    mkdirSync(join(home, folder), { recursive: true, mode: 0o700 });
  const secret = signingSecret(home);
  const database = openDatabase(home);
  const documents = sqliteDocuments(database);
  const catalogues = sqliteCatalogues(database);
  const texts = folderTexts(join(home, 'texts'));
  const clock = systemClock;
  const reader = localTextReader(availableParallelism());
  const desk = { origin, secret, clock };
  const queue = inProcessQueue(
    async (documentId) => {
      await classifyDocument({ documents, texts, catalogues, clock, log }, documentId);
    },
    {
      concurrency: 1,
      retries: CLASSIFY_RETRIES,
      onDead: (documentId, fault) =>
        log.write('RECORD_FAILED', {
          documentId,
          error: fault instanceof Error ? fault.name : 'unknown',
        }),
    },
  );
  return {
    home,
    secret,
    clock,
    objects: folderObjects(home),
    uploads: folderUploads(desk),
    downloads: folderDownloads(desk),
    texts,
    reader,
    documents,
    ledger: documents,
    catalogues,
    classifyQueue: queue,
    words: wordSegmenter(),
    log,
    pageTokens: pageTokens(Buffer.from(secret).toString('hex')),
    idle: () => queue.idle(),
    close: async () => {
      await reader.close();
      await queue.idle();
      database.close();
    },
  };
};
