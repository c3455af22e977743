/** Reviewed documents for tests of training: invented notices of the kinds that the table knows, as many as are wanted. */

import { donghu2021 } from '../../../shared/catalogue/donghu-2021.ts';
import { defaultArtefact } from '../../../shared/classify/artefact.ts';
import {
  type MeasuredRow,
  measure,
  type TrainingRow,
} from '../../../shared/classify/train/measure.ts';
import type { Catalogue } from '../../../shared/domain/catalogue.ts';
import { recognise } from '../../../shared/gongwen/recognise.ts';
import { documentOf } from '../../evaluation/gold.ts';

interface Kind {
  readonly task: string;
  readonly category: string;
  /** Different enough that they are no near-duplicates of each other. */
  readonly titles: readonly string[];
  readonly body: readonly string[];
}

/** Each with sentences to draw from, so that no two papers of a kind are the same. */
export const KINDS: readonly Kind[] = [
  {
    task: 'T08',
    category: 'C07',
    titles: [
      '高龄津贴发放名单公示',
      '困难残疾人生活补贴对象公示',
      '临时救助金发放情况公示',
      '耕地地力保护补贴发放清册公示',
      '农机购置补贴受益对象公示',
    ],
    body: [
      '现将本批高龄津贴发放对象和金额予以公示。',
      '每人每月一百元，通过社会保障卡发放。',
      '公示期五个工作日，如有异议请向社区反映。',
      '资金来源为区级财政补助。',
    ],
  },
  {
    task: 'T06',
    category: 'C06',
    titles: [
      '部门决算公开',
      '单位预算公开说明',
      '三公经费决算情况说明',
      '决算报表和绩效情况公开',
      '预算收支总表公开',
    ],
    body: [
      '本年度收入支出总体情况如下。',
      '一般公共预算财政拨款支出决算表附后。',
      '三公经费较上年下降。',
      '机关运行经费支出情况说明。',
    ],
  },
  {
    task: 'T03',
    category: 'P03',
    titles: [
      '对区人大会议建议的答复',
      '关于政协委员提案办理情况的答复',
      '建议提案办理结果公开',
      '对代表所提停车位建议的复函',
      '关于加装电梯提案的答复',
    ],
    body: [
      '您提出的建议收悉，现答复如下。',
      '我们将会同有关单位研究增设停车位。',
      '感谢您对我街道工作的关心和支持。',
      '办理结果：已解决。',
    ],
  },
  {
    task: 'T25',
    category: 'P09',
    titles: [
      '政务新媒体检查情况的通报',
      '关于关停微信公众号的公告',
      '政务新媒体备案情况通报',
      '公众号自查整改情况通报',
      '政务短视频账号清理情况通报',
    ],
    body: [
      '对微信公众号更新情况进行了检查。',
      '三个账号长期不更新，已责令关停。',
      '各社区不得擅自开设公众号。',
      '请于月底前完成备案。',
    ],
  },
];

export const full = (catalogue: Catalogue, task: string): string =>
  `${catalogue.catalogueId}:${task}`;

export const textOf = (n: number): { readonly text: string; readonly kind: Kind } => {
  const kind = KINDS[n % KINDS.length];
  if (kind === undefined) throw new Error('No kinds');
  const title = kind.titles[Math.floor(n / KINDS.length) % kind.titles.length] ?? '';
  const turned = [...kind.body.slice(n % 3), ...kind.body.slice(0, n % 3)];
  return {
    kind,
    text: [`云溪街道20${10 + (n % 12)}年${title}`, ...turned, `云溪街道办事处第${n}号`].join('\n'),
  };
};

export const rowOf = async (
  n: number,
  rest: Partial<TrainingRow> & { readonly text?: string; readonly catalogue?: Catalogue } = {},
): Promise<TrainingRow> => {
  const { text: given, catalogue = donghu2021, ...own } = rest;
  const { text, kind } = textOf(n);
  return {
    documentId: `doc-${String(n).padStart(5, '0')}`,
    at: new Date(Date.UTC(2026, 0, 1, 0, n)).toISOString(),
    document: await documentOf(given ?? text),
    tasks: [full(catalogue, kind.task)],
    categories: [kind.category],
    ...own,
  };
};

export const emptyDocument = (): TrainingRow['document'] => {
  const text = {
    text: '',
    blocks: [],
    pages: [],
    format: 'txt' as const,
    metadata: {},
    warnings: [],
  };
  return { text, elements: recognise(text) };
};

export const measured = (
  rows: readonly TrainingRow[],
  catalogue: Catalogue = donghu2021,
): readonly MeasuredRow[] =>
  rows.map((row) => measure(row, { catalogue, start: defaultArtefact, categories: true }));
