/** Counts the automatically numbered paragraphs of one text body (ISO/IEC 29500-1 20.1.10.61). */
import { writeNumber } from '../docx/number-formats.ts';

export interface AutoNumber {
  /** arabicPeriod, ea1ChsPeriod … */
  readonly type: string;
  readonly start: number;
}

const FORMATS: readonly (readonly [string, string])[] = [
  ['arabicDb', 'decimalFullWidth'],
  ['arabic', 'decimal'],
  ['romanUc', 'upperRoman'],
  ['romanLc', 'lowerRoman'],
  ['alphaUc', 'upperLetter'],
  ['alphaLc', 'lowerLetter'],
  ['circleNum', 'decimalEnclosedCircle'],
  ['ea1Jpn', 'japaneseCounting'],
  ['ea1Ch', 'chineseCountingThousand'],
];

const ENDINGS: readonly (readonly [string, (number: string) => string])[] = [
  ['DbPeriod', (number) => `${number}．`],
  ['Period', (number) => `${number}.`],
  ['ParenBoth', (number) => `(${number})`],
  ['ParenR', (number) => `${number})`],
];

const labelOf = ({ type }: AutoNumber, n: number): string => {
  const format = FORMATS.find(([name]) => type.startsWith(name))?.[1] ?? 'decimal';
  const dress = ENDINGS.find(([name]) => type.endsWith(name))?.[1];
  const number = writeNumber(n, format);
  return dress === undefined ? number : dress(number);
};

export interface BulletNumbers {
  /** The label of a paragraph with words; '' for one without a number, which ends the row of its level. */
  next(level: number, number: AutoNumber | null): string;
}

export const bulletNumbers = (): BulletNumbers => {
  const counts: ({ readonly number: AutoNumber; n: number } | undefined)[] = [];
  return {
    next: (level, number) => {
      counts.length = level + 1;
      const before = counts[level];
      if (number === null) {
        counts[level] = undefined;
        return '';
      }
      const goesOn = before?.number.type === number.type && before.number.start === number.start;
      const n = goesOn ? before.n + 1 : number.start;
      counts[level] = { number, n };
      return labelOf(number, n);
    },
  };
};
