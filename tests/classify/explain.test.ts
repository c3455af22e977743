import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { donghu2021 } from '../../shared/catalogue/donghu-2021.ts';
import { defaultArtefact } from '../../shared/classify/artefact.ts';
import { classify, type DocumentToClassify } from '../../shared/classify/classify.ts';
import { explain } from '../../shared/classify/explain.ts';
import { factName, say, sayOfStep } from '../../shared/classify/explanation/say.ts';
import factRules from '../../shared/classify/fact-rules.json' with { type: 'json' };
import formTable from '../../shared/classify/form-table.json' with { type: 'json' };
import { type Catalogue, shortCode } from '../../shared/domain/catalogue.ts';
import {
  type CategoryExplanation,
  type Explanation,
  explanationSchema,
  type TaskExplanation,
} from '../../shared/domain/explanation.ts';
import { quoteHolds } from '../../shared/domain/text.ts';
import { recognise } from '../../shared/gongwen/recognise.ts';
import { canonicalBuilder } from '../../shared/text/canonical.ts';
import { SAMPLES } from './samples.ts';

const documentFrom = (raw: string): DocumentToClassify => {
  const builder = canonicalBuilder();
  for (const line of raw.split('\n')) builder.paragraph(line);
  const text = builder.build('txt');
  return { text, elements: recognise(text) };
};

const ALL = donghu2021.tasks.map(({ code }) => code);

const explained = (raw: string, asked: readonly string[] = ALL): Explanation =>
  explain({ ...documentFrom(raw), asked }, donghu2021, defaultArtefact);

const taskOf = ({ tasks }: Explanation, short: string): TaskExplanation => {
  const task = tasks.find(({ code }) => shortCode(code) === short);
  if (task === undefined) throw new Error(`${short} is not explained`);
  return task;
};

const sample = (number: number): string => SAMPLES.find((one) => one.number === number)?.text ?? '';

const codesOf = (sentences: readonly { readonly code: string }[]): string[] =>
  sentences.map(({ code }) => code);

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

const adds = (parts: readonly { readonly adds: number }[]): number[] =>
  parts.map((part) => part.adds);

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

const matchTotal = ({ match }: TaskExplanation | CategoryExplanation): number =>
  sum([...adds(match.words), ...adds(match.against)]) +
  match.moreWords +
  match.moreAgainst +
  match.characters;

describe('the numbers of an explanation', () => {
  it('add up, part by part, to the very scores of classify, for every task of every sample', () => {
    for (const { text } of SAMPLES) {
      const said = classify(documentFrom(text), donghu2021, defaultArtefact);
      const { tasks } = explained(text);
      expect(tasks).toHaveLength(ALL.length);
      for (const { code, score, match } of tasks) {
        const { parts, margin, slope, offset } = score;
        expect(score.score).toBe(said.candidates.find((one) => one.code === code)?.score);
        expect(sum(adds(parts))).toBeCloseTo(margin, 9);
        expect(sigmoid(slope * margin + offset)).toBeCloseTo(score.score, 9);
        for (const part of parts) expect(part.signal * part.coefficient).toBeCloseTo(part.adds, 9);
        const signal = parts.find((part) => part.code === 'match')?.signal;
        expect(Math.log1p(match.score)).toBeCloseTo(signal ?? Number.NaN, 9);
      }
    }
  });

  it('are those of the words: what each word adds makes the match', () => {
    for (const one of SAMPLES.flatMap(({ text }) => explained(text).tasks)) {
      expect(Math.max(0, matchTotal(one))).toBeCloseTo(one.match.score, 9);
      for (const gain of adds(one.match.words)) expect(gain).toBeGreaterThan(0);
      for (const loss of adds(one.match.against)) expect(loss).toBeLessThan(0);
      expect(one.match.against.every(({ from }) => from.code === 'notThis')).toBe(true);
    }
  });

  it('name only words that stand both in the task and in the text', () => {
    for (const { text } of SAMPLES) {
      const flow = text.replace(/\s/gu, '');
      for (const one of explained(text).tasks) {
        const label = JSON.stringify(donghu2021.tasks.find(({ code }) => code === one.code));
        const words = [...one.match.words, ...one.match.against].map(({ word }) => word);
        expect(words.filter((word) => !flow.includes(word) || !label.includes(word))).toEqual([]);
      }
    }
  });

  it('make the sum of each category, and its lead makes its score', () => {
    for (const { text } of SAMPLES) {
      const said = classify(documentFrom(text), donghu2021, defaultArtefact);
      const { categories } = explained(text);
      const proposed = categories.filter((one) => one.proposed);
      expect(codesOf(proposed)).toEqual(codesOf(said.categories));
      for (const [at, one] of categories.entries()) {
        expect(one.score).toBe(said.categories[at]?.score ?? null);
        expect(sum(adds(one.parts))).toBeCloseTo(one.sum, 9);
        expect(Math.max(0, matchTotal(one))).toBeCloseTo(one.match.score, 9);
        if (one.score !== null)
          expect(sigmoid(one.slope * (one.lead ?? Number.NaN) + one.offset)).toBeCloseTo(
            one.score,
            9,
          );
      }
    }
  });
});

describe('the words of an explanation', () => {
  it('are quotes that stand in the text at their place', () => {
    for (const { text } of SAMPLES) {
      const document = documentFrom(text);
      const { form, tasks, categories, attribute } = explained(text);
      const quotes = [
        ...[...tasks, ...categories, form, attribute].flatMap(({ rules }) =>
          rules.map(({ quote }) => quote),
        ),
        ...[...tasks, ...categories].flatMap((one) => [
          ...one.evidence,
          ...one.sentences.map(({ quote }) => quote),
        ]),
        ...attribute.evidence,
      ];
      expect(quotes.length).toBeGreaterThan(0);
      for (const quote of quotes) expect(quoteHolds(document.text.text, quote)).toBe(true);
    }
  });

  it('name every reason of every proposed tag by its fixed sentence, in both languages', () => {
    for (const { text } of SAMPLES) {
      const said = classify(documentFrom(text), donghu2021, defaultArtefact);
      const { tasks, categories, flags } = explained(text, []);
      if (said.tasks.length > 0)
        expect(tasks.map(({ reasons }) => codesOf(reasons))).toEqual(
          said.tasks.map(({ reasons }) => reasons),
        );
      const shown = categories.filter(({ proposed }) => proposed);
      expect(shown.map(({ reasons }) => codesOf(reasons))).toEqual(
        said.categories.map(({ reasons }) => reasons),
      );
      expect(codesOf(flags)).toEqual(said.flags);
      const sentences = [...tasks, ...categories].flatMap((one) => [
        ...one.reasons,
        ...one.for,
        ...one.against,
      ]);
      for (const { zh, en } of [...sentences, ...flags]) {
        expect(zh).toMatch(/[\u4e00-\u9fff]/u);
        expect(`${zh}${en}`).not.toMatch(/[{}]|尚无说明/u);
      }
    }
  });

  it('has a sentence for each code of reasons and a name for each fact that a step or rule turns on', () => {
    for (const code of [
      'LOW_P',
      'TIE',
      'FORM_CONFLICT',
      'OOD',
      'NO_EVIDENCE',
      'NO_RULE',
      'UMBRELLA',
      'UNTRAINED_LABEL',
      'CROSS_CHECK',
      'SECONDARY',
    ])
      expect(say('reasons', code).zh, code).not.toContain('尚无说明');
    const steps = Object.values(formTable).flatMap((row) => [...row.primary, ...row.addable]);
    const facts = new Set([
      ...factRules.map(({ fact }) => fact),
      ...steps.flatMap(({ needs, lacks }: { needs: string[]; lacks: string[] }) => [
        ...needs,
        ...lacks,
      ]),
    ]);
    for (const fact of facts)
      expect(factName(fact).zh, `give ${fact} a name in explanation/sentences.json`).toMatch(
        /[\u4e00-\u9fff]/u,
      );
  });

  it('call a code that nobody wrote a sentence for by its name instead of passing it over', () => {
    expect(say('flags', 'W_NEVER_SEEN').zh).toContain('W_NEVER_SEEN');
    expect(say('flags', 'constructor').zh).toContain('constructor');
    expect(sayOfStep('budget').zh).toBe('文中有：预算或决算。');
    expect(sayOfStep('neverSeen').zh).toBe('文中有：neverSeen。');
  });
});

describe('why a task was not proposed', () => {
  it('says that a step before it held first, and which task that led to', () => {
    const subsidyWithBudget = `${sample(8)}\n部门预算公开情况另行公布。`;
    const said = explained(subsidyWithBudget);
    expect(taskOf(said, 'T08').proposed).toBe(true);
    const { proposed, against, nearest } = taskOf(said, 'T06');
    expect(proposed).toBe(false);
    const preceded = against.find(({ code }) => code === 'STEP_PRECEDED');
    expect(preceded?.zh).toContain('T08');
    expect(nearest).toMatchObject({ code: 'dh2021:T08', proposed: true });
  });

  it('names the facts that the step lacks', () => {
    const { against } = taskOf(explained(sample(1)), 'T06');
    const missing = against.filter(({ code }) => code === 'STEP_MISSING');
    const without = against.filter(({ code }) => code === 'FORM_WITHOUT_STEP');
    expect(missing.length + without.length).toBeGreaterThan(0);
    const order = taskOf(explained(sample(11)), 'T25').against;
    expect(order.find(({ code }) => code === 'STEP_MISSING')?.zh).toContain('政务新媒体');
  });

  it('says that papers of this kind carry no task, where that is so', () => {
    const said = explained(sample(28), []);
    expect(codesOf(said.summary)).toEqual(['NONE_PROPOSED']);
    expect(said.tasks).toHaveLength(1);
    const codes = codesOf(said.tasks[0]?.against ?? []);
    expect(codes).toContain('NO_TASK_FORM');
    expect(codes).toContain('BELOW_FLOOR');
    expect(codes).toContain('EMPTY_SET');
  });

  it('says the veto of a task that only goes with an interpretation', () => {
    const { against, score } = taskOf(explained(sample(6)), 'T17');
    expect(codesOf(against)).toContain('VETO');
    expect(score.parts.find(({ code }) => code === 'vetoed')?.adds).toBeLessThan(0);
    expect(codesOf(taskOf(explained(sample(3)), 'T17').against)).not.toContain('VETO');
  });

  it('gives always at least one reason, and one of the decision itself', () => {
    const decisive = ['BELOW_FLOOR', 'BEYOND_SET', 'EMPTY_SET', 'NO_EVIDENCE'];
    for (const { text } of SAMPLES)
      for (const { proposed, against } of explained(text).tasks)
        if (!proposed) expect(codesOf(against).some((code) => decisive.includes(code))).toBe(true);
  });

  it('tells of words that belong elsewhere', () => {
    const [first] = donghu2021.tasks;
    if (first === undefined) throw new Error('no task');
    const catalogue: Catalogue = {
      ...donghu2021,
      tasks: [{ ...first, notThis: ['蓝鲸保护协议'] }, ...donghu2021.tasks.slice(1)],
    };
    const document = documentFrom('关于蓝鲸保护协议的通知\n现将蓝鲸保护协议印发给你们。');
    const { tasks } = explain({ ...document, asked: [first.code] }, catalogue, defaultArtefact);
    const task = tasks.find(({ code }) => code === first.code);
    expect(task?.match.against.map(({ word }) => word)).toEqual(['蓝鲸保护协议']);
    expect(codesOf(task?.against ?? [])).toContain('NOT_THIS');
  });

  it('says that a task without a rule pack was never tested', () => {
    const [first] = donghu2021.tasks;
    if (first === undefined) throw new Error('no task');
    const strange = { ...first, code: 'dh2021:T99', title: '蓝鲸洄游观测', requirement: '观测' };
    const catalogue = { ...donghu2021, tasks: [...donghu2021.tasks, strange] };
    const { tasks } = explain(
      { ...documentFrom(sample(6)), asked: ['dh2021:T99'] },
      catalogue,
      defaultArtefact,
    );
    const task = tasks.find(({ code }) => code === 'dh2021:T99');
    expect(codesOf(task?.against ?? [])).toContain('UNTRAINED_LABEL');
  });
});

describe('why a task was proposed', () => {
  it('names the step of the form table, the rules with their words, and the set', () => {
    const task = taskOf(explained(sample(6), []), 'T06');
    expect(task.step).toMatch(/^F08/u);
    expect(codesOf(task.for)).toEqual(expect.arrayContaining(['STEP_PRIMARY', 'CHOSEN']));
    expect(task.rules.length).toBeGreaterThan(0);
    expect(task.nearest?.proposed).toBe(false);
    expect(taskOf(explained(sample(7), []), 'T07').for.map(({ code }) => code)).toContain(
      'STEP_ADDED',
    );
  });
});

describe('why a category was not proposed', () => {
  it('is told of the one that came nearest: how far behind it is, and which rule of secondary categories it failed', () => {
    for (const { text } of SAMPLES) {
      const { categories } = explained(text, []);
      const [left, ...more] = categories.filter(({ proposed }) => !proposed);
      expect(more).toEqual([]);
      if (left === undefined) throw new Error('no category came near');
      const [first] = categories;
      expect(left.nearest?.code).toBe(first?.code);
      expect(first?.nearest?.code).toBe(left.code);
      const codes = codesOf(left.against);
      expect(codes[0]).toBe('CATEGORY_SECOND_TO');
      expect(codes.includes('CATEGORY_BEHIND')).toBe(left.sum < 3.4);
      expect(codes.includes('CATEGORY_NO_RULE')).toBe(left.parts.length === 1);
      expect(left.score).toBeNull();
    }
  });
});

describe('the attribute', () => {
  it('names the legal basis of its ground', () => {
    const { attribute } = explained(sample(28), []);
    expect(attribute.recommended).toBe('A3');
    expect(attribute.grounds).toEqual([
      expect.objectContaining({ code: 'N16a', basis: expect.stringContaining('第十六条') }),
    ]);
    expect(codesOf(attribute.why)).toEqual(expect.arrayContaining(['appoint', 'GROUND']));
  });

  it('says what the document declares', () => {
    expect(codesOf(explained(sample(1), []).attribute.why)).toContain('DECLARED');
    expect(codesOf(explained(sample(5), []).attribute.why)).toContain('NOT_DECLARED');
  });
});

it('the form falls back openly where no rule fired', () => {
  const { form } = explained('鱼\n鱼鱼鱼');
  expect(codesOf(form.why)).toEqual(['FORM_BY_DEFAULT', 'FORM_CONFLICT']);
});

it('any text is explained without a fault, twice the same, and fits the contract', () => {
  const pieces = fc.constantFrom(
    '公示',
    '预算',
    '《',
    '关于',
    '通知',
    '补贴发放明细',
    '政策解读',
    '𠀀',
    '\n',
    '第一条 为了',
    'constructor',
  );
  const text = fc.array(fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 8 })), {
    maxLength: 30,
  });
  fc.assert(
    fc.property(text, (parts) => {
      const raw = parts.join('').normalize('NFC').toWellFormed();
      const first = explained(raw, ['dh2021:T06', 'nowhere:T01']);
      expect(explanationSchema.safeParse(first).success).toBe(true);
      expect(explained(raw, ['dh2021:T06', 'nowhere:T01'])).toEqual(first);
      expect(first.tasks.some(({ code }) => code === 'dh2021:T06')).toBe(true);
    }),
    { numRuns: 150 },
  );
});
