/** Finds qualified disclosure clauses: a sentence of its own that orders disclosure and names two of content, channel, term, responsible body. */
import { quoteFromFlow } from './flow.ts';
import type { Reading } from './reading.ts';
import type { Hit } from './rules.ts';

const ORDER =
  /(?:应当|应|须|必须|要|予以|负责|及时|依法|定期|将|由.{1,16})[^。；\n]{0,60}(?:公开|公示|公布|公告|告知)/u;
const CONTENT =
  /(?:结果|名单|情况|信息|标准|目录|报告|方案|决定|内容|事项|名册|明细|清单|资金|数据|项目|姓名|金额|人员)/u;
const CHANNEL =
  /(?:网站|公示栏|公开栏|公告栏|报纸|报刊|媒体|公众号|新媒体|政务服务中心|村务公开|平台|现场张贴|大厅|电视|广播|官网|门户)/u;
const TERM =
  /(?:不少于|不得少于|之日起|工作日|[一二三四五六七八九十\d]+[天日]内?|每(?:年|季度?|月|半年)|期限|期满|公示期)/u;
const BODY =
  /(?:由[^。；，]{2,24}(?:公开|公示|公布|公告|负责)|[^。；，\n]{2,16}(?:部门|机构|局|委|办公室|街道|人民政府|单位|办事处|社区)(?:应当|应|须|负责|要|将))/u;
const STOCK =
  /此件|主动公开|依申请公开|加强.{0,6}(?:宣传|公开)|公开公平公正|公开、公平|公告废止|公布之日|之日起施行/u;

const ELEMENTS = { content: CONTENT, channel: CHANNEL, term: TERM, body: BODY } as const;

/** Which of the four elements a sentence names, each with where its words stand in it. */
const elementsIn = (
  sentence: string,
): readonly { readonly name: string; readonly start: number; readonly end: number }[] =>
  Object.entries(ELEMENTS).flatMap(([name, re]) => {
    const found = re.exec(sentence);
    return found === null ? [] : [{ name, start: found.index, end: found.index + found[0].length }];
  });

/** Which of the four elements a sentence names. */
export const clauseElements = (sentence: string): readonly string[] =>
  elementsIn(sentence).map(({ name }) => name);

const ABOUT = /公[开示布告]|告知/u;

/** In a long text one such sentence is a detail; in a short one it is a part of its own. */
const SHORT_TEXT = 3_000;

const strengthOf = (sentence: string, short: boolean): number => {
  if (sentence.length > 260 || !ABOUT.test(sentence)) return 0;
  if (STOCK.test(sentence) || !ORDER.test(sentence)) return 0;
  const named = clauseElements(sentence);
  const concrete = named.includes('channel') || named.includes('term');
  if (!concrete || named.length < 3) return 0;
  const full = named.includes('channel') && named.includes('term');
  if (short) return full ? 1.2 : 0.5;
  return full ? 0.5 : 0.25;
};

/** What the clause names, element by element: these show and do not weigh. */
const elementHits = (reading: Reading, sentence: string, from: number): readonly Hit[] =>
  elementsIn(sentence).flatMap(({ name, start, end }) => {
    const stretch = { start: from + start, end: from + end };
    const quote = quoteFromFlow(reading.text, reading.zones.body, stretch);
    return quote === null ? [] : [{ rule: `clause.${name}`, weight: 0, zone: 'body', quote }];
  });

/** At most 4 clauses in reading order, then the elements of the first; their weights add up to the strength of the fact. */
export const disclosureClauses = (reading: Reading): readonly Hit[] => {
  const flow = reading.zones.body;
  const short = flow.chars.length < SHORT_TEXT;
  const hits: Hit[] = [];
  const elements: Hit[] = [];
  let from = 0;
  while (from < flow.chars.length && hits.length < 4) {
    const stop = flow.chars.slice(from, from + 600).search(/[。；\n]/u);
    const to = stop < 0 ? Math.min(flow.chars.length, from + 600) : from + stop;
    const sentence = flow.chars.slice(from, to);
    const weight = strengthOf(sentence, short);
    const quote = weight > 0 ? quoteFromFlow(reading.text, flow, { start: from, end: to }) : null;
    if (quote !== null) hits.push({ rule: 'clause.disclosure', weight, zone: 'body', quote });
    if (quote !== null && hits.length === 1) elements.push(...elementHits(reading, sentence, from));
    from = to + 1;
  }
  return [...hits, ...elements];
};
