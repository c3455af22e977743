import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SaxesParser } from 'saxes';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Measured, measureAccuracy } from './accuracy.ts';
import { accuracyCharts, accuracyPage } from './accuracy-page.ts';
import { answersOf } from './answers.ts';
import { preparePapers } from './office-papers.ts';

const docs = (name: string): string =>
  readFileSync(join(import.meta.dirname, '../../docs', name), 'utf8');

const headings = (page: string): readonly string[] =>
  page.split('\n').filter((line) => /^##? /u.test(line));

/** The rows that stand right above a row of dashes. */
const tableHeads = (page: string): ReadonlySet<string> => {
  const lines = page.split('\n');
  return new Set(lines.filter((_, at) => lines[at + 1]?.startsWith('| ---') === true));
};

const widths = (page: string): readonly (readonly number[])[] =>
  page
    .split('\n\n')
    .filter((part) => part.startsWith('| '))
    .map((part) => [
      ...new Set(
        part
          .trim()
          .split('\n')
          .map((row) => row.split('|').length),
      ),
    ]);

/** Names of elements; throws where the markup is not well formed. */
const elementsOf = (svg: string): readonly string[] => {
  const names: string[] = [];
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', (tag) => names.push(tag.name));
  parser.write(svg).close();
  return names;
};

let measured: Measured;
beforeAll(async () => {
  vi.stubEnv('GONGKAI_REFERENCE', join(import.meta.dirname, 'nowhere'));
  const papers = await preparePapers();
  measured = await measureAccuracy(null, answersOf(papers.slice(0, 12)));
});
afterAll(() => {
  vi.unstubAllEnvs();
});

describe('the page of accuracy', () => {
  it('stands on the papers of the invented office alone where gold and corpus are absent, and says so', () => {
    const page = accuracyPage(measured);
    expect(page).toContain('Not measured here: the gold and the corpus');
    expect(measured.sets.map(({ name }) => name)).toEqual(['papers']);
    expect(page).not.toMatch(/NaN|undefined|Infinity/u);
  });

  it('in docs has the headings and tables that are written today', () => {
    const page = accuracyPage(measured);
    expect(headings(docs('accuracy.md'))).toEqual(headings(page));
    expect([...tableHeads(docs('accuracy.md'))].sort()).toEqual([...tableHeads(page)].sort());
  });

  it('has as many cells in each row of a table as in its head', () => {
    for (const page of [accuracyPage(measured), docs('accuracy.md')])
      for (const counts of widths(page)) expect(counts).toHaveLength(1);
  });

  it('compares with three baselines and shows the ratio', () => {
    const page = accuracyPage(measured);
    for (const name of ['bag of words', 'keyword list', 'bare label match'])
      expect(page).toContain(`| papers | ${name} |`);
    expect(page).toMatch(/\| papers \| gongkai \| .* \d+\.\d\d × \|/u);
  });

  it('shows its charts, which are well formed and named', () => {
    const charts = accuracyCharts(measured);
    for (const name of ['reliability', 'yield'] as const) {
      expect(docs('accuracy.md')).toContain(`(${name}.svg)`);
      for (const svg of [charts[name], docs(`${name}.svg`)]) {
        expect(elementsOf(svg)[0]).toBe('svg');
        expect(elementsOf(svg)).toContain('title');
        expect(svg).not.toMatch(/NaN|undefined/u);
      }
    }
  });
});
