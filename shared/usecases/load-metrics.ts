/** What was measured of a trained model, as it lies beside it, checked byte for byte. */
import { createHash } from 'node:crypto';
import { type ModelMetrics, modelMetricsSchema } from '../classify/train/model-metrics.ts';
import { type ModelFile, modelManifestSchema } from '../domain/model.ts';
import type { Capabilities } from '../ports.ts';

/** Throws where the metrics are absent or their bytes are not those of the manifest. */
export const loadMetrics = async (
  { models }: Pick<Capabilities, 'models'>,
  { catalogueId, modelId }: { readonly catalogueId: string; readonly modelId: string },
): Promise<ModelMetrics> => {
  const read = async (file: ModelFile): Promise<Uint8Array> => {
    const bytes = await models.readModelFile({ catalogueId, modelId, file });
    if (bytes === null) throw new Error(`The model has no ${file}`, { cause: { modelId } });
    return bytes;
  };
  const parsed = (bytes: Uint8Array): unknown => JSON.parse(new TextDecoder().decode(bytes));
  const manifest = modelManifestSchema.parse(parsed(await read('manifest.json')));
  const bytes = await read('metrics.json');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (manifest.modelId !== modelId || manifest.files['metrics.json'] !== sha256)
    throw new Error('The metrics of the model are damaged', { cause: { modelId } });
  return modelMetricsSchema.parse(parsed(bytes));
};
