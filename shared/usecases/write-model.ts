/** Writes a trained model as files that never change; the manifest comes last, so that a model without one was never finished. */
import type { Artefact } from '../classify/artefact.ts';
import type { ModelMetrics } from '../classify/train/model-metrics.ts';
import type { ModelFile, ModelManifest, Snapshot } from '../domain/model.ts';
import { SOFTWARE_VERSION } from '../domain/software.ts';
import type { Capabilities, ModelPlace } from '../ports.ts';
import { sha256Of } from './document-identity.ts';

type Needs = Pick<Capabilities, 'models'>;
type Place = Omit<ModelPlace, 'file'>;

export const hasModel = async ({ models }: Needs, place: Place): Promise<boolean> =>
  (await models.readModelFile({ ...place, file: 'manifest.json' })) !== null;

interface Made {
  readonly snapshot: Snapshot;
  readonly settings: Readonly<Record<string, number>>;
  readonly artefact: Artefact;
  readonly metrics: ModelMetrics;
}

const bytesOf = (value: unknown): Uint8Array =>
  new TextEncoder().encode(`${JSON.stringify(value)}\n`);

const manifestOf = (
  { modelId }: Place,
  { snapshot, settings }: Made,
  files: Readonly<Record<string, string>>,
): ModelManifest => ({
  format: 1,
  modelId,
  catalogueId: snapshot.catalogueId,
  catalogueVersion: snapshot.catalogueVersion,
  software: SOFTWARE_VERSION,
  reviews: snapshot.rows.length,
  newestReview:
    snapshot.rows
      .map(({ at }) => at)
      .sort()
      .at(-1) ?? '',
  settings,
  files,
});

export const writeModel = async ({ models }: Needs, place: Place, made: Made): Promise<void> => {
  const files: readonly (readonly [ModelFile, Uint8Array])[] = [
    ['snapshot.json', bytesOf(made.snapshot)],
    ['artefact.json', bytesOf(made.artefact)],
    ['metrics.json', bytesOf(made.metrics)],
  ];
  for (const [file, bytes] of files) await models.writeModelFile({ ...place, file }, bytes);
  const hashes = Object.fromEntries(files.map(([file, bytes]) => [file, sha256Of(bytes)]));
  await models.writeModelFile(
    { ...place, file: 'manifest.json' },
    bytesOf(manifestOf(place, made, hashes)),
  );
};
