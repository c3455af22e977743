/** Reads what a page says beside its article: meta tags and the 索引号 / 发文机关 / 文号 entries around it. */
import {
  attribute,
  type Document,
  type Element,
  isBlock,
  isElement,
  isSkipped,
  PageLimit,
  parentOf,
  textOfNode,
} from './page-tree.ts';

const META =
  /^(?:ArticleTitle|PubDate|ContentSource|ColumnName|ColumnType|ColumnDescription|Keywords?|Description|Author|SiteName|SiteDomain|SiteIDCode|Url|publishdate|generator|ProgId)$/iu;
const LONGEST_VALUE = 500;

export interface PageEntry {
  readonly name: string;
  readonly value: string;
}

const everyElement = (page: Document): Element[] => {
  const found: Element[] = [];
  const open: Element[] = page.childNodes.filter(isElement);
  for (let element = open.pop(); element !== undefined; element = open.pop()) {
    found.push(element);
    for (const child of element.childNodes) if (isElement(child)) open.push(child);
  }
  return found;
};

/** Meta tags of the government site standard, and <title>; names as the page writes them. */
export const headEntries = (page: Document): PageEntry[] =>
  everyElement(page).flatMap((element) => {
    if (element.tagName === 'title' && element.parentNode?.nodeName === 'head')
      return [
        {
          name: 'title',
          value: element.childNodes.map(textOfNode).join('').replace(/\s+/gu, ' ').trim(),
        },
      ];
    const name = attribute(element, 'name').trim();
    return element.tagName === 'meta' && META.test(name)
      ? [{ name, value: attribute(element, 'content').trim().slice(0, LONGEST_VALUE) }]
      : [];
  });

const LABELS = [
  '索引号',
  '信息索引号',
  '索取号',
  '主题分类',
  '分类',
  '体裁分类',
  '服务对象',
  '组配分类',
  '信息分类',
  '发布机构',
  '发文机关',
  '发文机构',
  '发文单位',
  '发布单位',
  '制发机关',
  '公开责任部门',
  '责任部门',
  '信息来源',
  '来源',
  '成文日期',
  '生成日期',
  '发文日期',
  '发布日期',
  '公开日期',
  '公开时间',
  '发布时间',
  '日期',
  '印发日期',
  '信息提供日期',
  '名称',
  '信息名称',
  '标题',
  '文号',
  '发文字号',
  '文件编号',
  '主题词',
  '关键词',
  '公开方式',
  '公开形式',
  '公开时限',
  '公开范围',
  '公开属性',
  '公开程序',
  '公开类别',
  '效力状态',
  '有效性',
  '时效性',
  '时效',
  '实施日期',
  '生效日期',
  '施行日期',
  '废止日期',
  '失效日期',
  '统一编号',
  '规范性文件编号',
] as const;

const KNOWN: ReadonlySet<string> = new Set(LABELS);

/** What is said of the document itself and can be quoted; how the site files the page stays beside the text. */
const TOLD =
  /^(?:信息索引号|索引号|索取号|发布机构|发文机关|发文机构|发文单位|发布单位|制发机关|(?:成文|生成|发文|发布|公开|印发|实施|生效|施行|废止|失效)日期|公开时间|发布时间|文号|发文字号|文件编号|公开(?:方式|形式|属性|范围|时限)|效力状态|有效性|时效性|时效)$/u;
/** These words are labels also without a colon, where they fill a cell by themselves. */
const bare = (text: string): string => text.replace(/[\s\u00a0\u3000：:【】[\]]/gu, '');

interface Piece {
  readonly text: string;
  /** The nearest block, or the row of a table and the list of terms around it. */
  readonly place: Element | null;
}

const GROUPS: ReadonlySet<string> = new Set(['tr', 'dl', 'li', 'p']);

const placeOf = (element: Element): Element | null => {
  let at: Element | null = element;
  while (at !== null && !isBlock(at)) at = parentOf(at);
  const cell = at !== null && ['td', 'th', 'dt', 'dd', 'div'].includes(at.tagName) ? at : null;
  const group = cell === null ? null : parentOf(cell);
  if (group === null) return at;
  return GROUPS.has(group.tagName) || cell?.tagName === 'div' ? group : at;
};

const DEEPEST = 1_024;

/** Texts outside the article, an element a piece, in reading order. */
const piecesOutside = (body: Element, main: Element): Piece[] => {
  const pieces: Piece[] = [];
  const walk = (element: Element, depth: number): void => {
    if (depth > DEEPEST) throw new PageLimit(`depth ${DEEPEST}`);
    for (const node of element.childNodes) {
      const text = textOfNode(node).replace(/\s+/gu, ' ').trim();
      if (text !== '') pieces.push({ text, place: placeOf(element) });
      if (isElement(node) && node !== main && !isSkipped(node)) walk(node, depth + 1);
    }
  };
  walk(body, 0);
  return pieces;
};

/** `来源：某局 日期：2021-06-29` holds two entries; letters of a label may stand apart, as in 有 效 性. */
const LABEL_COLON = new RegExp(
  `(?<!\\p{Script=Han})(${[...LABELS]
    .sort((a, b) => b.length - a.length)
    .map((label) => [...label].join('[ \\u00a0\\u3000]{0,9}'))
    .join('|')})[ \\u00a0\\u3000]{0,3}[】\\]]?[ \\u00a0\\u3000]{0,3}[：:]`,
  'gu',
);
/** Any label ends a value, also one that is not read: 来源：某局 浏览次数：12. */
const OTHER_LABEL = /(?<=[ \u00a0\u3000|｜【[])[\p{Script=Han}]{2,8}[】\]]?[：:]/u;

const labelsIn = (text: string): { name: string; from: number; to: number }[] =>
  [...text.slice(0, 2_000).matchAll(LABEL_COLON)].map((found) => ({
    name: bare(found[1] ?? ''),
    from: found.index,
    to: found.index + found[0].length,
  }));

/** Up to the next label, without the dividers that stand before it. */
const valueIn = (words: string): string => {
  const whole = words.slice(0, LONGEST_VALUE);
  const value = whole.slice(0, OTHER_LABEL.exec(whole)?.index).trim();
  const plain = value.replace(/[\s\u3000|｜【[]{1,20}$/u, '');
  return /[【[]/u.test(plain) ? plain : plain.replace(/[】\]]{1,4}(?:[\s\u3000|｜【[]{0,9})$/u, '');
};

/** A short text before a colon names something, known or not, and is nobody's value. */
const isLabel = (text: string): boolean =>
  KNOWN.has(bare(text)) || /^[^：:]{1,12}[：:]\s*$/u.test(text) || labelsIn(text).length > 0;

const entriesIn = (pieces: readonly Piece[], index: number): PageEntry[] => {
  const { text, place } = pieces[index] ?? { text: '', place: null };
  const labels = labelsIn(text);
  if (labels.length === 0 && KNOWN.has(bare(text)))
    labels.push({ name: bare(text), from: 0, to: text.length });
  return labels.flatMap(({ name, to }, at) => {
    const inside = valueIn(text.slice(to, labels[at + 1]?.from ?? text.length));
    if (inside !== '') return [{ name, value: inside }];
    const next = pieces[index + 1];
    const isLast = at === labels.length - 1;
    const follows = isLast && next !== undefined && place !== null && next.place === place;
    if (!follows || isLabel(next.text)) return [];
    return [{ name, value: valueIn(next.text) }];
  });
};

/** Entries around the article, under the names of their labels without blanks. */
export const entriesAround = (body: Element, main: Element): PageEntry[] => {
  const pieces = piecesOutside(body, main);
  return pieces.flatMap((_, index) => entriesIn(pieces, index));
};

/** The entries to be read as part of the text, as lines 名称：值, each name once. */
export const toldLines = (entries: readonly PageEntry[]): string[] => {
  const told = new Map<string, string>();
  for (const { name, value } of entries)
    if (TOLD.test(name) && value !== '' && !told.has(name)) told.set(name, `${name}：${value}`);
  return [...told.values()];
};
