/** node tests/evaluation/fit-artefact.ts: writes the default artefact from gold and the labelled samples of the corpus; the same texts and code give the same bytes. */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepare } from './gold.ts';
import { learnAll, measuredGold, samplesBeside } from './learn.ts';

const main = async (): Promise<void> => {
  const documents = await prepare('documents');
  const titles = await prepare('titles');
  if (documents === null || titles === null) {
    console.log('No gold: set GONGKAI_REFERENCE or put the material beside the repository.');
    return;
  }
  const { mended, fresh } = await samplesBeside();
  const artefact = learnAll(
    [...documents, ...titles, ...mended].map(measuredGold),
    fresh.map(measuredGold),
    false,
  );
  const { id: _, ...content } = { ...artefact, recipe: 'node tests/evaluation/fit-artefact.ts' };
  const id = `donghu-${createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 12)}`;
  const path = join(import.meta.dirname, '../../shared/classify/default-artefact.json');
  // Rows of numbers on one line, as the formatter wants them.
  const written = JSON.stringify({ id, ...content }, null, 2).replace(
    /\[\s+([-\d.,\s]+?)\s+\]/gu,
    (_row, numbers: string) => `[${numbers.replace(/\s+/gu, ' ')}]`,
  );
  writeFileSync(path, `${written}\n`);
  console.log(
    `${id} from ${documents.length} documents and ${titles.length} titles, and ${mended.length + fresh.length} texts of the corpus → ${path}`,
  );
};

await main();
