/** An invented corpus in which two words of each pair are used alike: what one stands beside, the other does too. */
import { randomOf } from '../../../shared/classify/vectors/random.ts';

interface Theme {
  /** Used in the same places. */
  readonly alike: readonly [string, string];
  readonly beside: readonly string[];
}

/** No two words share a character. */
export const THEMES: readonly Theme[] = [
  { alike: ['津贴', '补助'], beside: ['高龄', '发放', '老人', '标准', '按月', '申领'] },
  { alike: ['沟渠', '河流'], beside: ['清淤', '防洪', '水位', '堤岸', '巡查', '汛情'] },
  { alike: ['教室', '课堂'], beside: ['学生', '讲师', '铃声', '黑板', '考试', '作业'] },
  { alike: ['马路', '街巷'], beside: ['灯柱', '铺设', '沥青', '通行', '养护', '车辆'] },
];

/** `lines` lines of words of one theme each, without blanks, as Chinese is written. */
export const inventedCorpus = (lines: number, seed: number): string => {
  const random = randomOf(seed);
  const pick = <T>(from: readonly T[]): T | undefined => from[random.next() % from.length];
  const rows = Array.from({ length: lines }, () => {
    const theme = pick(THEMES);
    const words = Array.from({ length: 8 }, (_, at) =>
      at % 3 === 1 ? pick(theme?.alike ?? []) : pick(theme?.beside ?? []),
    );
    return `${words.join('')}。`;
  });
  return rows.join('\n');
};
