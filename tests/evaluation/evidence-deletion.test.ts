import { describe, expect, it } from 'vitest';
import { randomOf } from '../../shared/classify/gate/random-of.ts';
import { answersOf } from './answers.ts';
import { deletionOf, drawn, sentencesOf, without } from './evidence-deletion.ts';
import { preparePapers } from './office-papers.ts';

describe('sentences', () => {
  const text = '甲。乙！\n\n丙';

  it('end with their stop, and blank ones are left out', () => {
    expect(sentencesOf(text)).toEqual([
      { start: 0, end: 2 },
      { start: 2, end: 4 },
      { start: 6, end: 7 },
    ]);
    expect(sentencesOf('')).toEqual([]);
  });

  it('are taken out wherever they stand', () => {
    expect(
      without(text, [
        { start: 6, end: 7 },
        { start: 0, end: 2 },
      ]),
    ).toBe('乙！\n\n');
    expect(without(text, [])).toBe(text);
  });

  it('are drawn until they are as long as asked, and not at all where they do not suffice', () => {
    const sentences = sentencesOf('一二三。四五六。七八九。');
    const chosen = drawn(sentences, 5, randomOf(3)) ?? [];
    expect(chosen).toHaveLength(2);
    expect(new Set(chosen.map(({ start }) => start)).size).toBe(2);
    expect(drawn(sentences, 13, randomOf(3))).toBeNull();
  });
});

it('quotes carry the tags of the papers: without them scores fall far more than without other sentences', async () => {
  const deletion = await deletionOf(answersOf(await preparePapers()));
  expect(deletion.tags).toBeGreaterThan(20);
  expect(deletion.quoted.fall).toBeGreaterThan(3 * deletion.random.fall);
  expect(deletion.quoted.lost).toBeGreaterThan(3 * deletion.random.lost);
});
