/** The artefact that a command works with: the one that ships, with the word vectors of the file that it names. */
import { defaultArtefact, type Equipped } from '../../shared/classify/artefact.ts';
import { withVectors } from '../../shared/classify/vectors/equip.ts';
import { readVectors, sayVectorsFault } from '../../shared/classify/vectors/vectors-file.ts';
import { sha256Of } from '../../shared/usecases/document-identity.ts';
import { UsageError } from './exit-codes.ts';
import { readPath } from './read-path.ts';

export const equippedArtefact = async (path: string | undefined): Promise<Equipped> => {
  if (path === undefined) return defaultArtefact;
  const bytes = await readPath(path);
  if (!bytes.ok) throw new UsageError(`打不开词向量文件 / cannot open the vectors: ${path}`);
  const vectors = readVectors(bytes.value, sha256Of);
  if (vectors.ok) return withVectors(defaultArtefact, vectors.value);
  const { zh, en } = sayVectorsFault(vectors.error);
  throw new UsageError(`${vectors.error}：${zh} / ${en}: ${path}`);
};
