/** Labelled fields of a web copy's head (索引号 block): 发文字号：…, 成文日期：…, 公开方式：…. */
import { type Line, trimmed } from '../domain/lines.ts';

/** Labels by what they name, as real pages write them. Blanks inside a label are allowed. */
const LABELS = {
  number: [
    '发文字号',
    '发文文号',
    '文件编号',
    '文件字号',
    '发文号',
    '文号',
    '文件号',
    '公文文号',
    '公文字号',
  ],
  issuer: [
    '发文机关',
    '发文机构',
    '发布机构',
    '发文单位',
    '发布机关',
    '发布单位',
    '制发机关',
    '制定机关',
    '公开主体',
    '信息来源',
  ],
  written: ['成文日期', '成文时间', '发文日期', '印发日期', '制发日期', '公文生成日期'],
  made: [
    '生成日期',
    '生成时间',
    '发布日期',
    '发布时间',
    '公开日期',
    '公开时间',
    '公布日期',
    '留言日期',
    '留言时间',
    '来信日期',
    '来信时间',
  ],
  title: ['信息名称', '标题', '文件名称', '公文名称', '文件标题', '公文标题', '名称'],
  attribute: [
    '信息公开选项',
    '公开选项',
    '信息公开方式',
    '公开方式',
    '公开形式',
    '公开属性',
    '信息公开属性',
    '信息公开类别',
    '公开类型',
    '信息公开形式',
    '公文公开属性',
  ],
  secrecy: ['密级', '秘密等级', '密级和保密期限'],
  other: [
    '索引号',
    '信息索引',
    '索引',
    '主题分类',
    '主题词',
    '信息类别',
    '体裁分类',
    '分类',
    '有效性',
    '内容概述',
    '概述',
    '关键词',
    '来源',
    '作者',
    '浏览次数',
    '留言编号',
    '来信编号',
    '留言类别',
    '留言类型',
    '留言标题',
    '点击数',
    '点击量',
    '访问量',
    '字号',
    '字体',
    '语种',
    '文种',
    '公文种类',
    '公开范围',
    '公开时限',
    '时效性',
    '时效',
    '状态',
    '生效日期',
    '实施日期',
    '废止日期',
    '失效日期',
    '组配分类',
    '服务对象',
    '责任编辑',
    '编辑',
    '阅读次数',
    '统一登记号',
    '统一编号',
    '责任部门',
    '载体类型',
    '信息有效性',
  ],
} as const;

export type FieldName = keyof typeof LABELS;

export interface Field {
  readonly name: FieldName;
  /** What follows the label, up to the next label or the end of the line. */
  readonly value: Line;
  readonly labelStart: number;
}

const spaced = (label: string): string => [...label].join('[ \\u3000]{0,4}');

const NAMES: readonly FieldName[] = [
  'number',
  'issuer',
  'written',
  'made',
  'title',
  'attribute',
  'secrecy',
  'other',
];
const labelled: ReadonlyMap<string, FieldName> = new Map(
  NAMES.flatMap((name) => LABELS[name].map((label): [string, FieldName] => [label, name])),
);
const BY_LENGTH = [...labelled.keys()].sort((a, b) => b.length - a.length);

/** A label counts at a line start or after a blank, 【 or |, with a colon, 】 or a cell border after it. */
const LABEL = new RegExp(
  `(?<=^|[\\s*【\\[|｜,，;；])(${BY_LENGTH.map(spaced).join('|')})[ \\u3000]{0,4}(?:[：:;；】\\]]|(?=\\t))`,
  'gmu',
);

/** A label that is not known ends a value too: 来源：某街道　供稿：某科. */
const NEXT_LABEL = /[ \u3000][\p{Script=Han}]{2,6}[：:]/u;

/** Markdown copies set labels in **. */
const unstarred = (text: string, from: number, to: number): Line => {
  const value = trimmed(text, from, to);
  const stars = /^\*{1,3}/u.exec(value.text)?.[0].length ?? 0;
  return stars === 0 ? value : trimmed(text, value.start + stars, value.end);
};

/** How far a next label is looked for. */
const VALUE_CHARACTERS = 400;

/** Fields between two offsets, in order. */
export const fieldsOf = (text: string, from: number, to: number): Field[] => {
  const part = text.slice(from, to);
  const found = [...part.matchAll(LABEL)];
  return found.map((match, index) => {
    const start = match.index + match[0].length;
    const line = part.indexOf('\n', start);
    const stop = Math.min(line < 0 ? part.length : line, found[index + 1]?.index ?? part.length);
    const next = NEXT_LABEL.exec(part.slice(start, Math.min(stop, start + VALUE_CHARACTERS)));
    const end = next === null ? stop : start + next.index;
    return {
      name: labelled.get((match[1] ?? '').replace(/\s/gu, '')) ?? 'other',
      value: unstarred(text, from + start, from + Math.max(start, end)),
      labelStart: from + match.index,
    };
  });
};
