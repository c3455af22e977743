/** Screens a read text before anyone sees it: secrecy marks, personal data, internal marks. */
import type { Elements } from '../domain/elements.ts';
import type { PersonalHit } from '../domain/screening.ts';
import type { CanonicalText, Quote } from '../domain/text.ts';
import { homeAddresses } from './addresses.ts';
import { bankCards } from './bank-cards.ts';
import { identityNumbers } from './identity-numbers.ts';
import { internalMarks } from './internal-marks.ts';
import { childBirths, childNumbers } from './minors.ts';
import { phones } from './phones.ts';

export interface Secrecy {
  readonly level: '绝密' | '机密' | '秘密';
  readonly term: string | null;
  readonly quote: Quote;
}

export interface Screening {
  readonly secrecy: Secrecy | null;
  readonly personal: PersonalHit[];
  readonly flags: string[];
}

/** Most hits that are kept one by one; the last one then covers the rest of the text, so that nothing shows. */
export const MAX_HITS = 500;

/** A hit inside another is dropped, of equal spans the one from the earlier list stays; partial overlaps stay both. */
const apart = (lists: readonly (readonly PersonalHit[])[]): PersonalHit[] => {
  const kept: PersonalHit[] = [];
  let covered = 0;
  const ordered = lists.flat().sort((a, b) => a.start - b.start || b.end - a.end);
  for (const hit of ordered) {
    if (hit.end > covered) kept.push(hit);
    covered = Math.max(covered, hit.end);
  }
  return kept;
};

/** All hits in the order of the text; `date` (ISO) is the day against which ages are counted. */
export const findPersonal = (source: CanonicalText, date: string | null): PersonalHit[] => {
  const { text } = source;
  const ids = [...identityNumbers(text)];
  const found = apart([ids, [...bankCards(source)], [...phones(text)], [...homeAddresses(source)]]);
  const kept = new Set(found);
  const children = [
    ...childNumbers(
      text,
      ids.filter((id) => kept.has(id)),
      date,
    ),
    ...childBirths(source),
  ];
  return [...found, ...children, ...internalMarks(text)].sort(
    (a, b) => a.start - b.start || a.end - b.end,
  );
};

const capped = (hits: readonly PersonalHit[]): PersonalHit[] => {
  const rest = hits.slice(MAX_HITS - 1);
  const first = rest.find((hit) => hit.code !== 'Q2_INTERNAL') ?? rest[0];
  if (rest.length <= 1 || first === undefined) return [...hits];
  const end = rest.reduce((most, hit) => Math.max(most, hit.end), 0);
  const start = rest[0]?.start ?? first.start;
  return [...hits.slice(0, MAX_HITS - 1), { code: first.code, masked: '****', start, end }];
};

/** Rows of a long list that are not in the text were screened while it was read: the place that tells so stands for them. */
const hitsOfRows = ({ text, columnHits = [] }: CanonicalText): PersonalHit[] =>
  columnHits.map(({ code, start, end }) => ({ code, masked: text.slice(start, end), start, end }));

/** W_PERSONAL_ROWS: such rows hold personal data. W_ROWS_UNSCREENED: nobody looked at them. */
const flagsOfRows = ({ columnHits, warnings }: CanonicalText): string[] => {
  if (columnHits !== undefined) return columnHits.length > 0 ? ['W_PERSONAL_ROWS'] : [];
  return warnings.some(({ code }) => code === 'W_ROWS_SUMMARISED') ? ['W_ROWS_UNSCREENED'] : [];
};

/**
 * Flags: those of the elements, Q1_SECRET, one for each code of a hit, W_MANY_HITS, W_PERSONAL_ROWS, W_ROWS_UNSCREENED. Pure and linear; a text with
 * `secrecy` must go no further.
 */
export const screen = (source: CanonicalText, elements: Elements): Screening => {
  const mark = elements.secrecyMark;
  const secrecy = mark === null ? null : { ...mark.value, quote: mark.quote };
  const date = elements.date?.sure === true ? elements.date.value : null;
  const all = [...findPersonal(source, date), ...hitsOfRows(source)].sort(
    (a, b) => a.start - b.start || a.end - b.end,
  );
  const codes = new Set(all.map((hit) => hit.code));
  return {
    secrecy,
    personal: capped(all),
    flags: [
      ...new Set([
        ...elements.flags,
        ...(secrecy === null ? [] : ['Q1_SECRET']),
        ...codes,
        ...(all.length > MAX_HITS ? ['W_MANY_HITS'] : []),
        ...flagsOfRows(source),
      ]),
    ],
  };
};

/** Personal numbers in a file name or key: names are shown and logged where texts are not. */
export const screenName = (name: string): PersonalHit[] => {
  const source: CanonicalText = {
    text: name,
    blocks: [],
    pages: [],
    format: 'txt',
    metadata: {},
    warnings: [],
  };
  return apart([[...identityNumbers(name)], [...bankCards(source)], [...phones(name)]]);
};
