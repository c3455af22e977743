/** Where the files of a trained model lie, below the root or prefix of any store. */
import { MODEL_FILES } from '../domain/model.ts';
import { releaseSchema } from '../domain/release.ts';
import type { ModelPlace } from '../ports.ts';

/** Far above any model; a swapped file must not fill the memory. */
export const LARGEST_MODEL_FILE = 128 * 2 ** 20;

/** `<catalogueId>/<modelId>/<file>`. Throws on anything that is no plain name. */
export const modelPath = ({ catalogueId, modelId, file }: ModelPlace): string => {
  const { shape } = releaseSchema;
  const isPlain =
    shape.catalogueId.safeParse(catalogueId).success &&
    shape.model.safeParse(modelId).success &&
    MODEL_FILES.includes(file);
  if (!isPlain) throw new Error('The place of a model file is no plain name');
  return `${catalogueId}/${modelId}/${file}`;
};

/** Throws where the bytes may not be kept at all. */
export const checkedModelFile = (bytes: Uint8Array): Uint8Array => {
  if (bytes.length > LARGEST_MODEL_FILE) throw new RangeError('A model file is too long');
  return bytes;
};

/** Throws where what is stored under a name is not what shall be written there. */
export const demandSameModelFile = (stored: Uint8Array, bytes: Uint8Array): void => {
  if (!Buffer.from(stored.buffer, stored.byteOffset, stored.length).equals(bytes))
    throw new Error('A model file is there already with other bytes');
};
