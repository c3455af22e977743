/** 文种 by the last word of the title, and what a notice that issues or forwards another paper carries. */
import { GENRES, type Genre } from '../domain/elements.ts';
import { CLOSE, DIGIT, OPEN } from './characters.ts';

/** `innerTitle` without 《》; `innerGenre` the last word of the inner title, or of the title itself where that is no 文种. */
export interface TitleGenre {
  readonly genre: Genre | null;
  readonly innerTitle: string | null;
  readonly innerGenre: string | null;
}

/** Longest first where one ends with another. */
const KINDS = [
  '实施细则',
  '工作要点',
  '暂行规定',
  '办法',
  '规定',
  '细则',
  '方案',
  '规划',
  '计划',
  '要点',
  '解读',
  '条例',
  '预案',
  '制度',
  '规则',
  '规程',
  '规范',
  '标准',
  '目录',
  '清单',
  '指南',
  '指引',
  '纲要',
  '措施',
  '政策',
  '名单',
  '章程',
  '准则',
  '决算',
  '预算',
  '年报',
  '总结',
  '答复',
  '说明',
  '公示',
  '安排',
  '分工',
  '职责',
  '简报',
  '问答',
  '实录',
  '台账',
  '统计表',
  '一览表',
  '分解表',
  '明细表',
  '建议',
  '提案',
  '须知',
  '目标',
  '体系',
  '机制',
  '行动',
  '意见书',
  '通知书',
  '决定书',
  '责任书',
  '倡议书',
  '宣言',
  '批示',
  '讲话',
  '指标',
  '导则',
  '大纲',
  '基准',
  '定额',
  '协定',
  '协议',
  '合同',
  '解释',
  '回应',
  '模板',
  '范本',
  '样本',
  '申请表',
  '流程图',
  '名录',
  '名册',
  '图解',
  '解答',
  '解读材料',
  '清册',
  '法典',
  '宪法',
  '法',
] as const;
const SHORT_OF: Readonly<Record<string, string>> = {
  实施细则: '细则',
  工作要点: '要点',
  暂行规定: '规定',
  解读材料: '解读',
};

const NOT_AN_ORDER = /(?:法令|指令|禁令|月令|夏令|时令|司令|口令|责令|县令)$/u;
const ASKING_OPINIONS = /(?:征求|征集|听取|反馈)[^的]*意见$/u;
const REMARK = /[（(〔[【][^（()）〔〕[\]【】]{1,40}[)）〕\]】]$/u;
const NUMBER_AT_END = new RegExp(
  `[（(]?[\\p{Script=Han}]{0,10}${OPEN}${DIGIT}{4}年?${CLOSE}第?${DIGIT}{1,5}号[）)]?$`,
  'u',
);
const ORDER_NUMBER = /(令|公告|通告)(?:\d{4}年)?第?[\d一二三四五六七八九十百零〇]{1,6}号$/u;
const FILE_ENDING = /\.(?:docx?|pdf|wps|txt|html?|shtml|ofd|rtf|xlsx?)$/iu;
const TRAILING = /[\s\u3000》〉”"』」*。.:：；;·\-—_]$|(?:全文|原文|正文|（附.{0,10}）)$/u;

/** The title without remarks such as （试行）, a document number or a file ending at its end. Bounded to 600 characters. */
const bare = (title: string): string => {
  let rest = title.slice(0, 600).trim().replace(FILE_ENDING, '');
  for (let round = 0; round < 12; round += 1) {
    const next = rest
      .replace(NUMBER_AT_END, '')
      .replace(REMARK, '')
      .replace(ORDER_NUMBER, '$1')
      .replace(TRAILING, '');
    if (next === rest || next === '') return rest;
    rest = next;
  }
  return rest;
};

const genreAtEnd = (words: string): Genre | null => {
  if (/令$/u.test(words)) return NOT_AN_ORDER.test(words) ? null : '命令';
  const found = GENRES.find((genre) => words.endsWith(genre)) ?? null;
  return found === '意见' && ASKING_OPINIONS.test(words) ? null : found;
};

const kindAtEnd = (words: string): string | null => {
  const found = KINDS.find((kind) => words.endsWith(kind));
  return found === undefined ? null : (SHORT_OF[found] ?? found);
};

const CARRIES = /(?:印发|转发|批转|下发|颁发|公布|发布|颁布|修订|印转|转批)(?:了)?/gu;

/** From 《 to the 》 that closes it; the rest where none does. */
const bookTitle = (words: string): string => {
  let depth = 0;
  for (let at = 0; at < words.length; at += 1) {
    const character = words.charAt(at);
    if (character === '《') depth += 1;
    if (character === '》') depth -= 1;
    if (depth === 0) return words.slice(1, at);
  }
  return words.slice(1);
};

const innerOf = (title: string, genre: Genre): string | null => {
  const end = genre === '命令' ? title.length : title.lastIndexOf(genre);
  const verb = [...title.slice(0, end).matchAll(CARRIES)][0];
  if (verb === undefined) return null;
  const rest = title.slice(verb.index + verb[0].length, end).replace(/的$/u, '');
  const open = rest.indexOf('《');
  if (open >= 0 && open <= 30) {
    const inner = bookTitle(rest.slice(open));
    return inner.length >= 2 ? inner : null;
  }
  return rest.length >= 4 ? rest : null;
};

/** Reads a title. Linear; titles beyond 600 characters are cut. */
export const genreOf = (title: string): TitleGenre => {
  const words = bare(title);
  const genre = genreAtEnd(words);
  if (genre === null) return { genre, innerTitle: null, innerGenre: kindAtEnd(words) };
  const carrier =
    genre === '通知' ||
    genre === '命令' ||
    genre === '公告' ||
    genre === '决定' ||
    genre === '函' ||
    genre === '批复' ||
    genre === '通告';
  const innerTitle = carrier ? innerOf(words, genre) : null;
  if (innerTitle === null) return { genre, innerTitle, innerGenre: null };
  const inner = bare(innerTitle);
  return { genre, innerTitle, innerGenre: kindAtEnd(inner) ?? genreAtEnd(inner) };
};

/** True where the words end as titles do. */
export const endsAsTitle = (words: string): boolean => {
  const rest = bare(words);
  return genreAtEnd(rest) !== null || kindAtEnd(rest) !== null;
};
