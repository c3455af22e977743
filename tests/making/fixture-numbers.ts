/** The identity numbers, mobile numbers and bank cards that the fixtures hold, read from their sources. */
import { readSources } from '../../fixtures/make-documents.ts';
import type { SourcePart } from '../../fixtures/read-source.ts';

const textOf = (part: SourcePart): string => {
  if (part.kind === 'break') return '';
  return part.kind === 'table'
    ? part.rows.map((row) => row.map(({ text }) => text).join('\n')).join('\n')
    : part.text;
};

const NUMBERS = {
  identity: /(?<!\d)\d{17}[\dXx](?!\d)/gu,
  mobile: /(?<!\d)1[3-9]\d{9}(?!\d)/gu,
  card: /(?<!\d)\d{16}(?!\d)|(?<!\d)\d{19}(?!\d)/gu,
};

export type NumberKind = keyof typeof NUMBERS;

export const fixtureNumbers = (): Record<NumberKind, readonly string[]> => {
  const text = readSources()
    .flatMap(({ parts }) => parts.map(textOf))
    .join('\n');
  const found = (pattern: RegExp): string[] => [
    ...new Set(Array.from(text.matchAll(pattern), ([number]) => number)),
  ];
  return {
    identity: found(NUMBERS.identity),
    mobile: found(NUMBERS.mobile),
    card: found(NUMBERS.card),
  };
};

/** Which of the numbers stand in the text unmasked, also where blanks were put between their digits. */
export const numbersIn = (text: string): string[] => {
  const tight = text.replace(/(?<=\d)[ \u3000-]{1,3}(?=\d)/gu, '');
  return Object.values(fixtureNumbers())
    .flat()
    .filter((number) => text.includes(number) || tight.includes(number));
};
