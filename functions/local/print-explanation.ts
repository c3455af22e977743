/** Prints an explanation for people: Chinese first, English in a line of its own behind it where it is asked for. */
import { shortCode } from '../../shared/domain/catalogue.ts';
import type {
  CategoryExplanation,
  Explanation,
  MatchedWord,
  Sentence,
  TaskExplanation,
  WeighedRule,
  WeighedSentence,
} from '../../shared/domain/explanation.ts';
import type { Reason } from '../../shared/domain/refusal.ts';
import type { Quote } from '../../shared/domain/text.ts';

type Words = { readonly zh: string; readonly en: string };

const BANDS: Readonly<Record<string, Words>> = {
  auto: { zh: '自动', en: 'automatic' },
  likely: { zh: '较有把握', en: 'likely' },
  possible: { zh: '可能', en: 'possible' },
  none: { zh: '未提出', en: 'not proposed' },
};

const HEADS = {
  for: { zh: '为什么', en: 'Why' },
  against: { zh: '什么不利', en: 'What counts against it' },
  reasons: { zh: '需要核对，因为', en: 'To be checked, because' },
  rules: { zh: '命中的规则', en: 'Rules that fired' },
  words: { zh: '文中出现的任务或类别字词', en: 'Words of the label that stand in the text' },
  sentences: { zh: '分量最重的语句', en: 'Sentences that weigh most' },
  parts: { zh: '得分怎样算出', en: 'How the score was made' },
  nearest: { zh: '最接近的其他选择', en: 'Nearest alternative' },
  evidence: { zh: '依据的语句', en: 'Sentences it rests on' },
  flags: { zh: '需要留意', en: 'Points to look at' },
  form: { zh: '文书形态', en: 'Form' },
  tasks: { zh: '任务', en: 'Tasks' },
  categories: { zh: '类别', en: 'Categories' },
  attribute: { zh: '公开属性', en: 'Public attribute' },
} as const;

/** Control and format characters of the document must not steer the terminal. */
const tame = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();

const signed = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`;

const quoted = ({ quote, start, end }: Quote): string => `“${tame(quote)}”〔${start}–${end}〕`;

type Say = (words: Words) => readonly string[];

const sayIn =
  (english: boolean): Say =>
  ({ zh, en }) =>
    english ? [zh, en] : [zh];

const headed = (say: Say, head: Words, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [`  ${say(head).join(' / ')}`, ...lines.map((line) => `    · ${line}`)];

const told = (say: Say, sentences: readonly Sentence[]): string[] =>
  sentences.map((sentence) => say(sentence).map(tame).join('\n      '));

const ruleLines = (say: Say, rules: readonly WeighedRule[]): string[] =>
  rules.map(({ id, fact, zone, adds, quote }) => {
    const name = fact === null ? '' : `（${say(fact).join(' / ')}）`;
    return `${id}${name} ${say(zone).join(' / ')} ${signed(adds)} ${quoted(quote)}`;
  });

const wordLine = (say: Say, { word, from, adds }: MatchedWord): string =>
  `${tame(word)}（${say(from).join(' / ')}）${signed(adds)}`;

const sentenceLines = (sentences: readonly WeighedSentence[]): string[] =>
  sentences.map(
    ({ quote, through, rules, weight }) =>
      `${quoted(quote)} ${through === 'rules' ? `规则 ${rules.join(' ')}` : '字词'} ${weight.toFixed(2)}`,
  );

const nearestLine = (one: TaskExplanation['nearest'], kind: string): string[] =>
  one === null ? [] : [`${shortCode(one.code)} ${tame(one.title)} ${kind} ${one.score.toFixed(2)}`];

/** From a sum to a score from 0 to 1, with the formula for whoever wants to check it. */
const calibration = (
  { slope, offset }: { readonly slope: number; readonly offset: number },
  sum: number,
  score: number,
): string =>
  ` → 校准后得分 ${score.toFixed(2)}（1 / (1 + e^−x)，x = ${Number(slope.toFixed(3))} × (${signed(sum)}) ${signed(offset)}）`;

/** Parts that add nothing are left out; what is left adds up to the margin. */
const taskParts = (say: Say, { score }: TaskExplanation): string[] => [
  ...score.parts
    .filter(({ adds }) => adds !== 0)
    .map(({ adds, ...name }) => `${signed(adds)} ${say(name).join(' / ')}`),
  `= ${signed(score.margin)}${calibration(score, score.margin, score.score)}`,
];

const categoryParts = (say: Say, one: CategoryExplanation): string[] => {
  const lead = one.lead === null || one.score === null ? '' : calibration(one, one.lead, one.score);
  return [
    ...one.parts
      .filter(({ adds }) => adds !== 0)
      .map(({ adds, id, ...name }) => `${signed(adds)} ${say(name).join(' / ')} ${id}`),
    `= ${one.sum.toFixed(2)}${lead}`,
  ];
};

const labelLines = (
  say: Say,
  one: TaskExplanation | CategoryExplanation,
  parts: readonly string[],
): string[] => [
  ...headed(say, HEADS.for, told(say, one.for)),
  ...headed(say, HEADS.against, told(say, one.against)),
  ...headed(say, HEADS.reasons, told(say, one.reasons)),
  ...headed(say, HEADS.rules, ruleLines(say, one.rules)),
  ...headed(
    say,
    HEADS.words,
    [...one.match.words, ...one.match.against].map((word) => wordLine(say, word)),
  ),
  ...headed(say, HEADS.sentences, sentenceLines(one.sentences)),
  ...headed(say, HEADS.parts, parts),
  ...headed(say, HEADS.nearest, nearestLine(one.nearest, 'sum' in one ? '合计' : '得分')),
];

const titleOf = (
  say: Say,
  one: TaskExplanation | CategoryExplanation,
  score: number | null,
): string => {
  const band = BANDS[one.band];
  const words = band === undefined ? one.band : say(band).join(' / ');
  return `■ ${shortCode(one.code)} ${tame(one.title)}  ${words}${score === null ? '' : ` ${score.toFixed(2)}`}`;
};

const attributeLines = (say: Say, { attribute }: Explanation): string[] => [
  ...headed(say, HEADS.for, told(say, attribute.why)),
  ...headed(say, HEADS.rules, ruleLines(say, attribute.rules)),
  ...headed(say, HEADS.evidence, attribute.evidence.map(quoted)),
];

export const explanationText = (explanation: Explanation, english: boolean): string => {
  const say = sayIn(english);
  const { form, tasks, categories, attribute, flags, summary, versions } = explanation;
  const section = (head: Words, ...more: string[]): string =>
    `\n【${say(head).join(' / ')}】${more.join(' ')}`;
  return [
    ...summary.flatMap(say),
    section(HEADS.form, form.code, form.name),
    ...told(say, form.why).map((line) => `    · ${line}`),
    ...headed(say, HEADS.rules, ruleLines(say, form.rules)),
    section(HEADS.tasks),
    ...tasks.flatMap((one) => [
      titleOf(say, one, one.score.score),
      ...labelLines(say, one, taskParts(say, one)),
    ]),
    section(HEADS.categories),
    ...categories.flatMap((one) => [
      titleOf(say, one, one.score),
      `  ${one.basis}`,
      ...labelLines(say, one, categoryParts(say, one)),
    ]),
    section(HEADS.attribute, attribute.recommended, attribute.name, attribute.basis),
    ...attributeLines(say, explanation),
    ...(flags.length > 0
      ? [section(HEADS.flags), ...told(say, flags).map((line) => `    · ${line}`)]
      : []),
    `\n${versions.catalogue} · ${versions.model}`,
  ].join('\n');
};

/** Why there is nothing to explain. */
export const reasonText = (reason: Reason | null, english: boolean): string =>
  reason === null
    ? ''
    : [`${reason.code}：${reason.zh}`, ...(english ? [reason.en] : [])].join('\n');
