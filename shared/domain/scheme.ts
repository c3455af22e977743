/** The schemes of codes a document is tagged against beside the task table. */
import * as z from 'zod';

/** C 条例第二十条, E 第二十一条, P 网站常设栏目, A 公开属性, N 不公开理由, F 文书形态. */
export const SCHEME_KINDS = ['C', 'E', 'P', 'A', 'N', 'F'] as const;

/** `basis` names the article that the code rests on; the last three texts are what matching reads and an office may edit. */
export const schemeCodeSchema = z.object({
  code: z.string(),
  kind: z.enum(SCHEME_KINDS),
  title: z.string(),
  basis: z.string(),
  scope: z.string(),
  typicalEvidence: z.array(z.string()),
  notThis: z.array(z.string()),
});
export type SchemeCode = z.infer<typeof schemeCodeSchema>;

export const schemeSchema = z.object({ version: z.string(), codes: z.array(schemeCodeSchema) });
export type Scheme = z.infer<typeof schemeSchema>;
