/** The fixed sentences of explanations, by group and code, in Chinese and English. */
import * as z from 'zod';
import { disclosureScheme } from '../../catalogue/disclosure-scheme.ts';
import type { Sentence } from '../../domain/explanation.ts';
import { once } from '../../domain/once.ts';
import type { SchemeCode } from '../../domain/scheme.ts';
import written from './sentences.json' with { type: 'json' };

const GROUPS = [
  'reasons',
  'flags',
  'for',
  'against',
  'attribute',
  'form',
  'summary',
  'versions',
  'parts',
  'zones',
  'fields',
  'facts',
  'others',
] as const;
export type Group = (typeof GROUPS)[number];

const sentences = once(() =>
  z
    .record(z.enum(GROUPS), z.record(z.string(), z.object({ zh: z.string(), en: z.string() })))
    .parse(written),
);

const wordsFor = (group: Group, code: string): { zh: string; en: string } | undefined =>
  Object.hasOwn(sentences()[group], code) ? sentences()[group][code] : undefined;

const fill = (sentence: string, values: Readonly<Record<string, string>>): string =>
  sentence.replace(/\{(\w+)\}/gu, (hole, name: string) => values[name] ?? hole);

/** A code that nobody wrote a sentence for is named as such and never passed over. */
export const say = (
  group: Group,
  code: string,
  values: Readonly<Record<string, string>> = {},
): Sentence => {
  const known = wordsFor(group, code);
  if (known !== undefined) return { code, zh: fill(known.zh, values), en: fill(known.en, values) };
  const unknown = wordsFor('reasons', 'UNKNOWN');
  return { code, zh: fill(unknown?.zh ?? code, { code }), en: fill(unknown?.en ?? code, { code }) };
};

/** What decided on the public attribute; a fact that has no sentence of its own is called by its name. */
export const sayOfStep = (step: string): Sentence => {
  if (wordsFor('attribute', step) !== undefined) return say('attribute', step);
  const { zh, en } = factName(step);
  return {
    code: step,
    zh: say('attribute', 'BY_FACT', { fact: zh }).zh,
    en: say('attribute', 'BY_FACT', { fact: en }).en,
  };
};

/** The name of a fact; one without a name yet is called by its id. */
export const factName = (fact: string): Sentence =>
  wordsFor('facts', fact) === undefined ? { code: fact, zh: fact, en: fact } : say('facts', fact);

const listed = (facts: readonly string[], language: 'zh' | 'en'): string =>
  facts.map((fact) => factName(fact)[language]).join(language === 'zh' ? '、' : ', ');

/** A sentence about facts: each language has their names in its own words. */
export const sayOfFacts = (code: string, step: string, facts: readonly string[]): Sentence => ({
  code,
  zh: say('against', code, { step, facts: listed(facts, 'zh') }).zh,
  en: say('against', code, { step, facts: listed(facts, 'en') }).en,
});

export const schemeCode = (code: string): SchemeCode | undefined =>
  disclosureScheme.codes.find((one) => one.code === code);

export const schemeTitle = (code: string): string => schemeCode(code)?.title ?? code;

export const decimal = (value: number): string => value.toFixed(2);

export const signed = (value: number): string =>
  `${value < 0 ? '−' : '+'}${decimal(Math.abs(value))}`;
