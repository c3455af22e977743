/** The forms in which personal data may be shown (福建永安2023: 地址到街道、电话138****1234、身份证35*************123). */
import type { PersonalHit } from '../domain/screening.ts';
import { plainNumber } from './digits.ts';

/** First 2, stars, last 3: 35*************123; 15-digit numbers alike. */
export const maskIdentityNumber = (raw: string): string => {
  const number = plainNumber(raw);
  return `${number.slice(0, 2)}${'*'.repeat(Math.max(0, number.length - 5))}${number.slice(-3)}`;
};

/** 138****1234; what stands before the 11 digits is dropped. */
export const maskPhone = (raw: string): string => {
  const number = plainNumber(raw).slice(-11);
  return `${number.slice(0, 3)}****${number.slice(-4)}`;
};

/** First 4, stars, last 4. */
export const maskBankCard = (raw: string): string => {
  const number = plainNumber(raw);
  return `${number.slice(0, 4)}${'*'.repeat(Math.max(4, number.length - 8))}${number.slice(-4)}`;
};

const KEPT = [
  /^[\p{Script=Han}]{1,30}?(?:街道|镇|乡)/u,
  /^[\p{Script=Han}]{1,20}?(?:(?<![社小])区|县|旗)/u,
  /^[\p{Script=Han}]{1,12}?市/u,
] as const;

/** 东湖街道****: kept to the subdistrict or town, else to the district; never a digit. */
export const maskAddress = (raw: string): string => {
  for (const pattern of KEPT) {
    const kept = pattern.exec(raw)?.[0];
    if (kept !== undefined && kept.length < raw.length) return `${kept}****`;
  }
  return '****';
};

/** The text with every hit in its masked form; offsets move. Hits may overlap: the first and longest counts. */
export const maskText = (text: string, hits: readonly PersonalHit[]): string => {
  const parts: string[] = [];
  let at = 0;
  for (const hit of [...hits].sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (hit.code === 'Q2_INTERNAL' || hit.end <= at || hit.start >= text.length) continue;
    const whole = hit.start >= at;
    parts.push(text.slice(at, Math.max(at, hit.start)), whole ? hit.masked : '****');
    at = Math.min(hit.end, text.length);
  }
  parts.push(text.slice(at));
  return parts.join('');
};
