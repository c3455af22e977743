/** The signal `cosine` of one document for every task of a table, from the word vectors of the office. */
import type { Catalogue } from '../../domain/catalogue.ts';
import type { Reading } from '../reading.ts';
import { type LabelMeanings, meaningsOfLabels, nearness, type WordVectors } from './vectors.ts';

const known = new WeakMap<WordVectors, WeakMap<Catalogue, LabelMeanings>>();

/** Worked out once for vectors and table. */
const meaningsOf = (catalogue: Catalogue, vectors: WordVectors): LabelMeanings => {
  const byCatalogue = known.get(vectors) ?? new WeakMap<Catalogue, LabelMeanings>();
  known.set(vectors, byCatalogue);
  const made =
    byCatalogue.get(catalogue) ??
    meaningsOfLabels(
      catalogue.tasks.map(({ title, requirement, scope, typicalEvidence }) => [
        title,
        requirement,
        scope,
        ...typicalEvidence,
      ]),
      vectors,
    );
  byCatalogue.set(catalogue, made);
  return made;
};

/** In the order of the table's tasks, between -1 and 1; empty without vectors, which counts as 0. */
export const cosinesOf = (
  reading: Reading,
  catalogue: Catalogue,
  vectors: WordVectors | undefined,
): readonly number[] => {
  if (vectors === undefined) return [];
  const { title, purpose, headings, body } = reading.zones;
  return nearness(
    [
      { text: title.chars, weight: 3 },
      { text: purpose.chars, weight: 1 },
      { text: headings.chars, weight: 1 },
      { text: body.chars, weight: 1 },
    ],
    meaningsOf(catalogue, vectors),
    vectors,
  );
};
