/** Three ways to tag without knowing the field, to hold our figures against: bag of words, keywords, and the bare label. */
import { donghu2021 } from '../../shared/catalogue/donghu-2021.ts';
import type { Catalogue } from '../../shared/domain/catalogue.ts';
import { shortCode } from '../../shared/domain/catalogue.ts';
import { wordSegmenter } from '../../shared/text/words.ts';
import type { Prepared } from './gold.ts';
import { marginOfRow, type Row, trainLinear } from './linear-model.ts';

/** Score of every task by short code; higher is likelier. */
export type Scores = ReadonlyMap<string, number>;

type Fit = (trained: readonly Prepared[], catalogue: Catalogue) => (one: Prepared) => Scores;

/** Of several ways to fit, the one is taken that does best within the training part. */
export interface Baseline {
  readonly name: string;
  readonly how: string;
  readonly fits: readonly [Fit, ...Fit[]];
}

/** Runs of word characters, as `\b[\w]+\b` finds them: a run of Han characters is one word. One word and two in a row. */
export const wordsOf = (text: string): readonly string[] => {
  const runs = text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];
  return runs.flatMap((run, at) => {
    const next = runs[at + 1];
    return next === undefined ? [run] : [run, `${run} ${next}`];
  });
};

/** A word must stand in a hundredth of the documents, as paperless-ngx asks. */
const LEAST_SHARE = 0.01;

const countsOf = (words: readonly string[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
};

interface Vocabulary {
  readonly places: ReadonlyMap<string, number>;
  readonly rarity: Float64Array;
}

const vocabularyOf = (bags: readonly ReadonlyMap<string, number>[]): Vocabulary => {
  const seen = new Map<string, number>();
  for (const bag of bags) for (const word of bag.keys()) seen.set(word, (seen.get(word) ?? 0) + 1);
  const words = [...seen].filter(([, count]) => count >= LEAST_SHARE * bags.length);
  return {
    places: new Map(words.map(([word], at) => [word, at])),
    rarity: Float64Array.from(words, ([, count]) => Math.log((1 + bags.length) / (1 + count)) + 1),
  };
};

/** Log of the count times rarity, of unit length: kinder to the baseline than the bare counts of paperless-ngx. */
const rowOf = (bag: ReadonlyMap<string, number>, { places, rarity }: Vocabulary): Row => {
  const found = [...bag]
    .flatMap(([word, count]) => {
      const feature = places.get(word);
      return feature === undefined
        ? []
        : [{ feature, value: (1 + Math.log(count)) * (rarity[feature] ?? 0) }];
    })
    .sort((a, b) => a.feature - b.feature);
  const length = Math.sqrt(found.reduce((sum, { value }) => sum + value * value, 0)) || 1;
  return {
    features: Int32Array.from(found, ({ feature }) => feature),
    values: Float64Array.from(found, ({ value }) => value / length),
  };
};

/** Below any margin that a model gives: a task that no training document has. */
const NEVER = -10;

export const bagOfWords: Baseline = (() => {
  const known = new WeakMap<Prepared, ReadonlyMap<string, number>>();
  const bagOf = (one: Prepared): ReadonlyMap<string, number> => {
    const bag = known.get(one) ?? countsOf(wordsOf(one.document.text.text));
    known.set(one, bag);
    return bag;
  };
  const fitAt =
    (cost: number): Fit =>
    (trained, catalogue) => {
      const vocabulary = vocabularyOf(trained.map(bagOf));
      const rows = trained.map((one) => rowOf(bagOf(one), vocabulary));
      const models = catalogue.tasks.map((task) => {
        const code = shortCode(task.code);
        const clear = trained.flatMap((one, at) => {
          const row = rows[at];
          const right = one.gold.tasks.includes(code);
          const counts = right || !one.gold.tasks_optional.includes(code);
          return row === undefined || !counts ? [] : [{ row, right }];
        });
        const model = clear.some(({ right }) => right)
          ? trainLinear(
              clear.map(({ row }) => row),
              clear.map(({ right }) => right),
              { features: vocabulary.places.size, cost },
            )
          : null;
        return { code, model };
      });
      return (one) => {
        const row = rowOf(bagOf(one), vocabulary);
        return new Map(
          models.map(({ code, model }) => [code, model === null ? NEVER : marginOfRow(row, model)]),
        );
      };
    };
  return {
    name: 'bag of words',
    how: 'unsegmented words as paperless-ngx cuts them (a run of Han characters is one word), one and two in a row, linear one-against-the-rest model trained on the same folds, the best of three prices of a training error chosen within them',
    fits: [fitAt(0.1), fitAt(0.3), fitAt(1)],
  };
})();

/** Words of task titles that say nothing of the subject. */
const EMPTY = new Set(
  '公开 工作 推进 推动 加强 加大 做好 做到 及时 开展 完善 建立 健全 提升 重点 情况 政府 区政府 政务 机关 力度 范围 以及 统筹 抓好 扎实 落实 全面落实 任务 积极 采取 形式 重要'.split(
    ' ',
  ),
);

/** Words of two characters and more of a task's title, with the product's own dictionary. */
export const keywordsOf = async (title: string): Promise<readonly string[]> =>
  (await wordSegmenter().words(title)).filter((word) => !EMPTY.has(word));

const byTask = (catalogue: Catalogue, scoreOf: (code: string) => number): Scores =>
  new Map(catalogue.tasks.map((task) => [shortCode(task.code), scoreOf(task.code)]));

/** Scores that need no training are worked out once a document. */
const untrained = (score: (text: string, catalogue: Catalogue) => Scores): Fit => {
  const known = new WeakMap<Prepared, Scores>();
  return (_, catalogue) => (one) => {
    const scores = known.get(one) ?? score(one.document.text.text, catalogue);
    known.set(one, scores);
    return scores;
  };
};

const titleWords = new Map<string, readonly string[]>();
for (const task of donghu2021.tasks) titleWords.set(task.title, await keywordsOf(task.title));

export const keywordList: Baseline = {
  name: 'keyword list',
  how: 'share of the content words of the task title that stand in the text, then how often they do',
  fits: [
    untrained((text, catalogue) => {
      const titles = new Map(
        catalogue.tasks.map(({ code, title }) => [code, titleWords.get(title)]),
      );
      return byTask(catalogue, (code) => {
        const words = titles.get(code) ?? [];
        const times = words.map((word) => text.split(word).length - 1);
        const found = times.filter((count) => count > 0).length;
        const often = times.reduce((sum, count) => sum + count, 0);
        return words.length === 0 ? 0 : found / words.length + 0.01 * Math.log1p(often);
      });
    }),
  ],
};

const HAN = /\p{Script=Han}/u;

/** Two Han characters that stand side by side. */
export const pairsOf = (text: string): readonly string[] =>
  [...text].flatMap((char, at, all) => {
    const next = all[at + 1];
    return next !== undefined && HAN.test(char) && HAN.test(next) ? [char + next] : [];
  });

export const bareLabel: Baseline = {
  name: 'bare label match',
  how: 'cosine of character pairs of the text with those of title and requirement, rare among tasks counting more; no scope, evidence or rules',
  fits: [
    untrained((text, catalogue) => {
      const labels = catalogue.tasks.map((task) => ({
        code: task.code,
        pairs: countsOf(pairsOf(`${task.title}。${task.requirement}`)),
      }));
      const rarity = (pair: string): number =>
        Math.log(1 + labels.length / labels.filter(({ pairs }) => pairs.has(pair)).length);
      const weights = new Map(
        [...new Set(labels.flatMap(({ pairs }) => [...pairs.keys()]))].map((pair) => [
          pair,
          rarity(pair),
        ]),
      );
      const weighted = (counts: ReadonlyMap<string, number>): ReadonlyMap<string, number> =>
        new Map(
          [...counts].map(([pair, count]) => [
            pair,
            (1 + Math.log(count)) * (weights.get(pair) ?? 0),
          ]),
        );
      const lengthOf = (vector: ReadonlyMap<string, number>): number =>
        Math.sqrt([...vector.values()].reduce((sum, value) => sum + value * value, 0)) || 1;
      const document = weighted(countsOf(pairsOf(text)));
      const cosines = new Map(
        labels.map(({ code, pairs }) => {
          const label = weighted(pairs);
          const dot = [...label].reduce(
            (sum, [pair, value]) => sum + value * (document.get(pair) ?? 0),
            0,
          );
          return [code, dot / (lengthOf(label) * lengthOf(document))];
        }),
      );
      return byTask(catalogue, (code) => cosines.get(code) ?? 0);
    }),
  ],
};

export const BASELINES: readonly Baseline[] = [bagOfWords, keywordList, bareLabel];
