/** What vectors are trained on to be measured: the corpus without any text or title that gold or the labelled sample holds. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import * as z from 'zod';
import { readGold, referenceFolder } from './gold.ts';

const entrySchema = z.object({ title: z.string(), text: z.string().optional() });

export const sha256Of = (content: string | Uint8Array): string =>
  createHash('sha256').update(content).digest('hex');

/** Spaces and marks differ between two copies of one text; its Han characters do not. */
const fingerprint = (text: string): string => sha256Of(text.replace(/[^一-鿿]/gu, ''));

const labelled = (): ReadonlySet<string> =>
  new Set(
    z
      .array(z.object({ sha256: z.string() }))
      .parse(JSON.parse(readFileSync(join(import.meta.dirname, 'corpus-labels.json'), 'utf8')))
      .map(({ sha256 }) => sha256),
  );

export interface VectorTexts {
  readonly texts: readonly string[];
  /** Left out because gold or the labelled sample has the text or its title. */
  readonly leftOut: number;
}

/** Null where the material is absent. */
export const vectorTexts = (): VectorTexts | null => {
  const gold = [...(readGold('documents') ?? []), ...(readGold('titles') ?? [])];
  const known = new Set(gold.flatMap(({ title, text }) => [title, text].map(fingerprint)));
  const sample = labelled();
  const rows = ['titles', 'documents'].flatMap((name) => {
    const path = join(referenceFolder(), 'corpus', `${name}.jsonl.gz`);
    if (!existsSync(path)) return [];
    return gunzipSync(readFileSync(path)).toString('utf8').split('\n').filter(Boolean);
  });
  if (rows.length === 0 || gold.length === 0) return null;
  const entries = rows.map((row) => entrySchema.parse(JSON.parse(row)));
  const inSample = new Set<string>();
  for (const { title, text = title } of entries)
    if (sample.has(sha256Of(text)) || sample.has(sha256Of(title))) {
      inSample.add(fingerprint(title));
      inSample.add(fingerprint(text));
    }
  const texts = entries
    .filter(({ title, text = title }) =>
      [title, text].map(fingerprint).every((one) => !known.has(one) && !inSample.has(one)),
    )
    .map(({ title, text = title }) => text);
  return { texts, leftOut: entries.length - texts.length };
};
