/** The stores of a local installation with reviewed documents in them, for use cases that judge and move releases. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { folderModels } from '../../shared/adapters/local/folder-models.ts';
import { folderTexts } from '../../shared/adapters/local/folder-texts.ts';
import { openDatabase } from '../../shared/adapters/local/open-database.ts';
import { sqliteCatalogues } from '../../shared/adapters/local/sqlite-catalogues.ts';
import { sqliteDocuments } from '../../shared/adapters/local/sqlite-documents.ts';
import { sqliteReleases } from '../../shared/adapters/local/sqlite-releases.ts';
import { sqliteReviews } from '../../shared/adapters/local/sqlite-reviews.ts';
import { defaultArtefact } from '../../shared/classify/artefact.ts';
import type { ModelMetrics, NewestAnswer } from '../../shared/classify/train/model-metrics.ts';
import type { ModelFile } from '../../shared/domain/model.ts';
import { type Release, type ReleaseCandidate, releaseIdOf } from '../../shared/domain/release.ts';
import type { LearningJob, Log } from '../../shared/ports.ts';
import { change, minute, next, sampleRecord, sha256Of } from '../contracts/sample-documents.ts';
import { documentOf } from '../evaluation/gold.ts';

export type LearningHome = ReturnType<typeof learningHome>;

/** The clock is a minute on at each asking. */
export const learningHome = (folder: string) => {
  const database = openDatabase(folder, defaultArtefact.id);
  const lines: { readonly code: string; readonly fields: unknown }[] = [];
  const jobs: LearningJob[] = [];
  const log: Log = { write: (code, fields = {}) => lines.push({ code, fields }) };
  let asked = 0;
  const now = (): string => {
    asked += 1;
    return minute(asked);
  };
  return {
    close: () => database.close(),
    lines,
    jobs,
    log,
    clock: { now },
    documents: sqliteDocuments(database),
    catalogues: sqliteCatalogues(database),
    reviews: sqliteReviews(database),
    releases: sqliteReleases(database),
    texts: folderTexts(join(folder, 'texts')),
    models: folderModels(join(folder, 'models')),
    learningQueue: {
      send: async (job: LearningJob) => {
        jobs.push(job);
      },
    },
  };
};

interface Reviewed {
  readonly documentId: string;
  readonly text: string;
  readonly tasks: readonly string[];
  readonly categories?: readonly string[];
  readonly at: string;
  /** Its text was lost. */
  readonly lost?: boolean;
}

/** A document that was proposed and decided; gives the record. */
export const reviewed = async (home: Pick<LearningHome, 'texts' | 'documents'>, one: Reviewed) => {
  const { text } = await documentOf(one.text);
  const textSha256 = sha256Of(text.text);
  if (one.lost !== true) await home.texts.write(one.documentId, textSha256, text);
  const before = sampleRecord({ documentId: one.documentId, state: 'proposed', textSha256 });
  await home.documents.apply(change(null, before));
  const record = next(before, { state: 'decided' });
  const review = {
    documentId: one.documentId,
    revision: record.revision,
    catalogueId: 'dh2021',
    catalogueVersion: 1,
    model: defaultArtefact.id,
    textSha256,
    at: one.at,
    reviewer: 'reviewer-1',
    shown: [],
    final: [
      ...one.tasks.map((code) => ({ scheme: 'task' as const, code })),
      ...(one.categories ?? []).map((code) => ({ scheme: 'category' as const, code })),
    ],
    attribute: null,
    undoes: null,
  };
  await home.documents.apply(change(before, record, { review }));
  return { record, review };
};

/** Takes the decision back. */
export const undone = async (
  home: LearningHome,
  { record, review }: Awaited<ReturnType<typeof reviewed>>,
): Promise<void> => {
  const after = next(record, { state: 'proposed' });
  const undoing = { ...review, revision: after.revision, final: [], undoes: record.revision };
  await home.documents.apply(change(record, after, { review: undoing }));
};

const bytesOf = (content: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(content));
const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const metricsOf = (newest: readonly NewestAnswer[]): ModelMetrics => {
  const nothing = { microF1: null, precisionAt1: null, ece: null };
  const start = { kind: 'start', pairs: 0 } as const;
  return {
    documents: newest.length,
    withoutTask: 0,
    folds: 5,
    residualShare: 0,
    start: nothing,
    trained: nothing,
    perCode: [],
    calibration: start,
    categoryCalibration: start,
    newest: [...newest],
  };
};

/** Files of a model that answers as what ships does, with these answers on the newest reviews; `name` sets it apart. */
export const trainedModel = async (
  home: LearningHome,
  name: string,
  newest: readonly NewestAnswer[] = [],
): Promise<Release> => {
  const modelId = sha256Of(name);
  const place = (file: ModelFile) => ({ catalogueId: 'dh2021', modelId, file });
  const artefact = bytesOf({ ...defaultArtefact, id: modelId });
  const metrics = bytesOf(metricsOf(newest));
  const manifest = bytesOf({
    format: 1,
    modelId,
    catalogueId: 'dh2021',
    catalogueVersion: 1,
    software: 'test',
    reviews: 25,
    newestReview: minute(0),
    settings: {},
    files: { 'artefact.json': hashOf(artefact), 'metrics.json': hashOf(metrics) },
  });
  await home.models.writeModelFile(place('artefact.json'), artefact);
  await home.models.writeModelFile(place('metrics.json'), metrics);
  await home.models.writeModelFile(place('manifest.json'), manifest);
  return { catalogueId: 'dh2021', version: 1, model: modelId };
};

/** Kept as it waits to be judged; gives its id. */
export const waiting = async (
  home: LearningHome,
  release: Release,
  rest: Partial<ReleaseCandidate> = {},
): Promise<string> => {
  const releaseId = releaseIdOf(release);
  await home.releases.keepCandidate({
    releaseId,
    release,
    origin: 'trained',
    state: 'candidate',
    madeAt: minute(0),
    madeBy: 'system',
    report: null,
    ...rest,
  });
  return releaseId;
};
