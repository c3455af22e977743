/** Prints the page of accuracy, and with --write puts it and its charts into docs/. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type JudgedGold, measureAccuracy } from './accuracy.ts';
import { accuracyCharts, accuracyPage } from './accuracy-page.ts';
import type { Answer } from './answers.ts';

const DOCS = join(import.meta.dirname, '../../docs');

export const reportAccuracy = async (
  gold: JudgedGold | null,
  papers: readonly Answer[],
  write: boolean,
): Promise<void> => {
  const measured = await measureAccuracy(gold, papers);
  const page = accuracyPage(measured);
  console.log(`\n${page}`);
  if (!write) return;
  const charts = accuracyCharts(measured);
  writeFileSync(join(DOCS, 'accuracy.md'), page);
  writeFileSync(join(DOCS, 'reliability.svg'), charts.reliability);
  writeFileSync(join(DOCS, 'yield.svg'), charts.yield);
  console.log(`Written: ${['accuracy.md', 'reliability.svg', 'yield.svg'].join(', ')} in ${DOCS}`);
};
