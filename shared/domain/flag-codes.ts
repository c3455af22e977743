/** Codes of what screening finds in a text. */

/** P_ID 身份证号, P_PHONE 手机号, P_BANK 银行卡号, P_ADDR 门牌级住址, P_MINOR 未成年人, Q2_INTERNAL 内部资料/工作秘密. */
export const FLAG_CODES = [
  'P_ID',
  'P_PHONE',
  'P_BANK',
  'P_ADDR',
  'P_MINOR',
  'Q2_INTERNAL',
] as const;
export type FlagCode = (typeof FLAG_CODES)[number];
