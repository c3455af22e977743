/** The task table that ships with the product: 东湖街道 2021, 泉丰东办〔2021〕21号, twenty tasks under their own numbers. */
import type { Catalogue } from '../domain/catalogue.ts';
import table from './dh2021.json' with { type: 'json' };

/** Titles, requirements and units are the official wording; scope, evidence and not-this were written for matching. */
export const donghu2021: Catalogue = table;
