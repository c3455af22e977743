import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { defaultArtefact, SIGNALS } from '../../../shared/classify/artefact.ts';
import { classify } from '../../../shared/classify/classify.ts';
import { explain } from '../../../shared/classify/explain.ts';
import { withVectors } from '../../../shared/classify/vectors/equip.ts';
import { gatheredText } from '../../../shared/classify/vectors/gathered-text.ts';
import { trainVectors } from '../../../shared/classify/vectors/train-vectors.ts';
import {
  meaningsOfLabels,
  nearness,
  type WordVectors,
} from '../../../shared/classify/vectors/vectors.ts';
import { readVectors, vectorsFile } from '../../../shared/classify/vectors/vectors-file.ts';
import { cutBackwards, trieOf } from '../../../shared/classify/vectors/word-trie.ts';
import type { Catalogue, Task } from '../../../shared/domain/catalogue.ts';
import { recognise } from '../../../shared/gongwen/recognise.ts';
import { canonicalBuilder } from '../../../shared/text/canonical.ts';
import { inventedCorpus, THEMES } from './invented-corpus.ts';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

let vectors: WordVectors;
beforeAll(() => {
  const text = gatheredText(1_000_000);
  text.add(inventedCorpus(1_500, 7));
  const training = trainVectors(text, { subsample: 1 });
  if (!training.ok) throw new Error(training.error.kind);
  const read = readVectors(vectorsFile(training.value.vectors, sha256), sha256);
  if (!read.ok) throw new Error(read.error);
  vectors = read.value;
});

const taskOf = (number: number, title: string): Task => ({
  code: `office:T0${number}`,
  number,
  title,
  requirement: '',
  sectionPath: [],
  leadUnits: [],
  responsibleUnits: [],
  deadline: null,
  scope: '',
  typicalEvidence: [],
  notThis: [],
});

/** Each task is named by one word of a pair: a document that only has the other shares no character with it. */
const OFFICE: Catalogue = {
  catalogueId: 'office',
  version: 1,
  title: '任务表',
  issuer: '',
  documentNumber: null,
  year: 2021,
  tasks: THEMES.map(({ alike }, at) => taskOf(at + 1, alike[0])),
};

const documentOf = (...lines: readonly string[]) => {
  const builder = canonicalBuilder();
  for (const line of lines) builder.paragraph(line);
  const text = builder.build('txt');
  return { text, elements: recognise(text) };
};

const RIVERS = documentOf('河流堤岸', '河流堤岸，河流清淤，河流水位，河流巡查。');

describe('cutting', () => {
  const cut = (text: string, ...words: readonly string[]): string[] => {
    const found: string[] = [];
    cutBackwards(text, trieOf(words), (word, at) => {
      found.unshift(word < 0 ? `(${text.charAt(at)})` : (words[word] ?? ''));
    });
    return found;
  };

  it('takes the longest word that ends where the last one began', () => {
    expect(cut('研究生命起源', '研究', '研究生', '生命', '起源')).toEqual(['研究', '生命', '起源']);
    expect(cut('办事处办事', '办事', '办事处')).toEqual(['办事处', '办事']);
  });

  it('steps over what no word covers', () => {
    expect(cut('A河，沟渠', '河', '沟渠')).toEqual(['(A)', '河', '(，)', '沟渠']);
  });

  it('covers every text from end to beginning without gap or overlap', () => {
    const words = ['津贴', '津', '贴补', '补助', '高龄津贴'];
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('津', '贴', '补', '助', '高', '龄', 'x', '。')),
        (signs) => {
          const text = signs.join('');
          let end = text.length;
          cutBackwards(text, trieOf(words), (word, at) => {
            expect(text.slice(at, end)).toBe(word < 0 ? text.charAt(end - 1) : words[word]);
            end = at;
          });
          expect(end).toBe(0);
        },
      ),
    );
  });
});

describe('the signal', () => {
  it('is highest for the label whose words are used alike, though it shares no character with the text', () => {
    const labels = meaningsOfLabels(
      THEMES.map(({ alike }) => [alike[0]]),
      vectors,
    );
    THEMES.forEach(({ alike }, at) => {
      const near = nearness([{ text: alike[1], weight: 1 }], labels, vectors);
      expect(near.indexOf(Math.max(...near))).toBe(at);
      expect(near.reduce((sum, one) => sum + one, 0)).toBeCloseTo(0, 6);
    });
  });

  it('is 0 for every label where no word of the text is known', () => {
    const labels = meaningsOfLabels([['津贴'], ['马路']], vectors);
    expect(nearness([{ text: 'unknown 龘', weight: 1 }], labels, vectors)).toEqual([0, 0]);
  });
});

describe('beside an artefact', () => {
  it('vectors bring a task forward that shares no character with the document', () => {
    const plain = classify(RIVERS, OFFICE, defaultArtefact);
    const equipped = classify(RIVERS, OFFICE, withVectors(defaultArtefact, vectors));
    const scoreOf = (said: typeof plain, code: string): number =>
      said.candidates.find((one) => one.code === code)?.score ?? 0;
    expect(plain.candidates[0]?.code).not.toBe('office:T02');
    expect(equipped.candidates[0]?.code).toBe('office:T02');
    expect(scoreOf(equipped, 'office:T02')).toBeGreaterThan(scoreOf(plain, 'office:T02'));
  });

  it('the answer names artefact and vectors, and does not call a score calibrated that no calibration saw', () => {
    const equipped = withVectors(defaultArtefact, vectors);
    const said = classify(RIVERS, OFFICE, equipped);
    expect(said.versions.model).toBe(`${defaultArtefact.id}+${vectors.id.slice(0, 12)}`);
    expect(equipped.calibration.outOfFold).toBe(false);
  });

  it('a coefficient that was learnt is kept, with its calibration', () => {
    const learnt = (weights: readonly number[]): number[] => [...weights, 1.5];
    const artefact = {
      ...defaultArtefact,
      bound: { ...defaultArtefact.bound, weights: learnt(defaultArtefact.bound.weights) },
      unbound: { ...defaultArtefact.unbound, weights: learnt(defaultArtefact.unbound.weights) },
    };
    const equipped = withVectors(artefact, vectors);
    expect(equipped.bound.weights).toHaveLength(SIGNALS.length);
    expect(equipped.unbound).toEqual(artefact.unbound);
    expect(equipped.calibration).toEqual(artefact.calibration);
  });

  it('the explanation says in words and numbers what the vectors add', () => {
    const equipped = withVectors(defaultArtefact, vectors);
    const { tasks } = explain({ ...RIVERS, asked: ['office:T02'] }, OFFICE, equipped);
    const told = tasks.find(({ code }) => code === 'office:T02');
    const part = told?.score.parts.find(({ code }) => code === 'cosine');
    expect(part?.adds).toBeGreaterThan(0);
    expect(told?.for.map(({ code }) => code)).toContain('NEAR_MEANING');
    const sum = told?.score.parts.reduce((all, { adds }) => all + adds, 0);
    expect(sum).toBeCloseTo(told?.score.margin ?? Number.NaN, 9);
  });

  it('without vectors nothing is said of them', () => {
    const { tasks } = explain({ ...RIVERS, asked: ['office:T02'] }, OFFICE, defaultArtefact);
    expect(tasks.length).toBeGreaterThan(0);
    for (const { score, for: reasons } of tasks) {
      expect(score.parts.map(({ code }) => code)).not.toContain('cosine');
      expect(reasons.map(({ code }) => code)).not.toContain('NEAR_MEANING');
    }
  });
});
