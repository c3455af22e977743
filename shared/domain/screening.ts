/** What screening finds in a text before it is shown to anyone. */
import * as z from 'zod';
import { spanSchema } from './text.ts';

/** P_ID 身份证号, P_PHONE 手机号, P_BANK 银行卡号, P_ADDR 门牌级住址, P_MINOR 未成年人, Q2_INTERNAL 内部资料/工作秘密. */
export const FLAG_CODES = [
  'P_ID',
  'P_PHONE',
  'P_BANK',
  'P_ADDR',
  'P_MINOR',
  'Q2_INTERNAL',
] as const;

/** `masked` is the only form in which the words leave screening: 138****1234, 35*************123. */
export const personalHitSchema = spanSchema.extend({
  code: z.enum(FLAG_CODES),
  masked: z.string(),
});
export type PersonalHit = z.infer<typeof personalHitSchema>;
