/** The artefact that a release or a record's stamp names: the one that ships, or a trained one, checked byte for byte. */
import { createHash } from 'node:crypto';
import { type Artefact, artefactSchema, defaultArtefact } from '../classify/artefact.ts';
import { type ModelFile, modelManifestSchema } from '../domain/model.ts';
import type { Capabilities } from '../ports.ts';

/** Artefacts never change, so what was read once holds; few are kept. */
const known = new Map<string, Artefact>();
const MOST_KNOWN = 4;

const fault = (what: string, modelId: string): Error =>
  new Error(`The model ${what}`, { cause: { modelId } });

/** null where the bytes are no JSON: no schema takes that. */
const jsonOf = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
};

const TRAINED = /^[0-9a-f]{64}$/u;

/**
 * A name that is no hash is that of an artefact that shipped, now or with older software: the one that ships now stands for
 * it, and so it does for a trained one whose form this software no longer reads. Every record is stamped with the artefact
 * that really tagged it. Throws where a trained one is absent or its bytes are not those of its manifest.
 */
export const loadArtefact = async (
  { models }: Pick<Capabilities, 'models'>,
  catalogueId: string,
  modelId: string,
): Promise<Artefact> => {
  if (!TRAINED.test(modelId)) return defaultArtefact;
  const held = known.get(`${catalogueId} ${modelId}`);
  if (held !== undefined) return held;
  const read = async (file: ModelFile): Promise<Uint8Array> => {
    const bytes = await models.readModelFile({ catalogueId, modelId, file });
    if (bytes === null) throw fault(`has no ${file}`, modelId);
    return bytes;
  };
  const manifest = modelManifestSchema.safeParse(jsonOf(await read('manifest.json')));
  const bytes = await read('artefact.json');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const vouched = manifest.success ? manifest.data : null;
  if (vouched?.modelId !== modelId || vouched.files['artefact.json'] !== sha256)
    throw fault('is damaged', modelId);
  const parsed = artefactSchema.safeParse(jsonOf(bytes));
  const artefact = parsed.success ? parsed.data : defaultArtefact;
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(`${catalogueId} ${modelId}`, artefact);
  return artefact;
};

/** As `loadArtefact`, but the one that ships where a trained one is gone: to explain with, never to tag with. */
export const artefactOrShipped = async (
  needs: Pick<Capabilities, 'models'>,
  catalogueId: string,
  modelId: string,
): Promise<Artefact> => {
  const isTrained = TRAINED.test(modelId);
  const place = { catalogueId, modelId, file: 'manifest.json' } as const;
  const isGone = isTrained && (await needs.models.readModelFile(place)) === null;
  return isGone ? defaultArtefact : loadArtefact(needs, catalogueId, modelId);
};
