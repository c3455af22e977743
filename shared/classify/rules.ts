/** Rules as data: each has an id, looks into named parts of the document, and brings the words that made it fire. */
import * as z from 'zod';
import type { Quote } from '../domain/text.ts';
import { quoteFromFlow } from './flow.ts';
import { type Reading, ZONES, type Zone } from './reading.ts';

export const ruleSchema = z.object({
  id: z.string(),
  /** Linear in the text: bounded gaps only. */
  re: z.string(),
  w: z.number(),
  zones: z.array(z.enum(ZONES)),
  /** The rule is silent in a part where this is found. */
  neg: z.string().optional(),
});

export interface Rule {
  readonly id: string;
  readonly re: RegExp;
  readonly neg: RegExp | null;
  readonly weight: number;
  readonly zones: readonly Zone[];
}

export interface Hit {
  readonly rule: string;
  readonly weight: number;
  readonly zone: Zone;
  readonly quote: Quote;
}

export const compileRule = (rule: z.infer<typeof ruleSchema>): Rule => ({
  id: rule.id,
  re: new RegExp(rule.re, 'u'),
  neg: rule.neg === undefined ? null : new RegExp(rule.neg, 'u'),
  weight: rule.w,
  zones: rule.zones,
});

/** The first part in which the rule fires, or null. */
export const fire = (rule: Rule, reading: Reading): Hit | null => {
  for (const zone of rule.zones) {
    const flow = reading.zones[zone];
    if (flow.chars === '') continue;
    const found = rule.re.exec(flow.chars);
    if (found === null || found[0] === '') continue;
    if (rule.neg?.test(flow.chars) === true) continue;
    const stretch = { start: found.index, end: found.index + found[0].length };
    const quote = quoteFromFlow(reading.text, flow, stretch);
    if (quote !== null) return { rule: rule.id, weight: rule.weight, zone, quote };
  }
  return null;
};
