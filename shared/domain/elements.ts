/** 公文 elements (GB/T 9704—2012; 《党政机关公文处理工作条例》第八、九条), each with the words it was read from. */
import * as z from 'zod';
import { quoteSchema } from './text.ts';

/** 15 文种 of the 公文处理工作条例 第八条. */
export const GENRES = [
  '决议',
  '决定',
  '命令',
  '公报',
  '公告',
  '通告',
  '意见',
  '通知',
  '通报',
  '报告',
  '请示',
  '批复',
  '议案',
  '函',
  '纪要',
] as const;
export const genreSchema = z.enum(GENRES);
export type Genre = z.infer<typeof genreSchema>;

/** `sure` false: a candidate for a person to confirm, never used as if known. */
const found = <T extends z.ZodType>(value: T) =>
  z.object({ value, sure: z.boolean(), quote: quoteSchema });

/** `normalised` in the form 泉丰东办〔2021〕21号; `issuerMark` 泉丰东办, `year` 2021, `sequence` "21". */
export const documentNumberSchema = z.object({
  normalised: z.string(),
  issuerMark: z.string(),
  year: z.int().nullable(),
  sequence: z.string(),
});
export type DocumentNumber = z.infer<typeof documentNumberSchema>;

/** 附注 or metadata on disclosure: A1 主动公开, A2 依申请公开, A3 不予公开, A1R 区分处理后公开. */
export const attributeNoteSchema = z.enum(['A1', 'A2', 'A3', 'A1R']);

/** 密级: level and, if given, its term. */
export const secrecyMarkSchema = z.object({
  level: z.enum(['绝密', '机密', '秘密']),
  term: z.string().nullable(),
});

export const elementsSchema = z.object({
  title: found(z.string()).nullable(),
  /** The title of what a 印发/转发/公布 notice carries, without 《》. */
  innerTitle: found(z.string()).nullable(),
  documentNumber: found(documentNumberSchema).nullable(),
  issuer: found(z.string()).nullable(),
  genre: found(genreSchema).nullable(),
  /**
   * The last word of the inner title (办法, 规定, 方案, 条例 …, also a 文种 such as 意见); without an inner title, the last
   * word of the title itself where that is no 文种. Null if none.
   */
  innerGenre: found(z.string()).nullable(),
  addressee: found(z.string()).nullable(),
  /** 成文日期 as yyyy-mm-dd. */
  date: found(z.string()).nullable(),
  attributeNote: found(attributeNoteSchema).nullable(),
  attachments: z.array(found(z.string())),
  secrecyMark: found(secrecyMarkSchema).nullable(),
  /** Numbers of other documents that this one cites, normalised. */
  citedNumbers: z.array(found(z.string())),
  /** W_BROKEN_NUMBER, W_BROKEN_DATE …: a candidate is shown, nothing was guessed. */
  flags: z.array(z.string()),
});
export type Elements = z.infer<typeof elementsSchema>;
