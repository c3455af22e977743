/** The catalogue that a command works with: the file it names, else the one that ships. */
import { donghu2021 } from '../../shared/catalogue/donghu-2021.ts';
import { type Catalogue, catalogueSchema } from '../../shared/domain/catalogue.ts';
import { UsageError } from './exit-codes.ts';
import { readPath } from './read-path.ts';

export const readCatalogue = async (path: string | undefined): Promise<Catalogue> => {
  if (path === undefined) return donghu2021;
  const parsed = catalogueSchema.safeParse(await readJson(path));
  if (!parsed.success) throw new UsageError(`不是任务表文件 / not a catalogue: ${path}`);
  return parsed.data;
};

/** undefined where the file holds no JSON. */
const readJson = async (path: string): Promise<unknown> => {
  const bytes = await readPath(path);
  if (!bytes.ok) throw new UsageError(`打不开任务表文件 / cannot open the catalogue: ${path}`);
  try {
    return JSON.parse(new TextDecoder().decode(bytes.value));
  } catch {
    return undefined;
  }
};
