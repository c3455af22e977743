/** Finds the brackets that say who answers for a sentence: （市某委负责落实）, （责任时限：…，牵头单位：…，责任单位：…）. */
import { oneLine } from './cell-words.ts';

export interface DutyBracket {
  readonly start: number;
  readonly end: number;
  /** Words that name units, as a unit cell would. */
  readonly units: string;
  readonly deadline: string | null;
  /** The bracket says that the unit named first leads, for itself and for those after it. */
  readonly firstLeads: boolean;
}

const LONGEST = 600;
const LABEL =
  /(?:牵头|责任|主办|配合|落实|负责|参加|参与|承办|协办|协同|协助|实施)(?:单位|部门|科室|处室|机关)?[:：]/u;
const VERB_END = /(?:牵头|负责|配合|落实|参加|参与|协办|主办)(?:负责|落实|组织实施|组织)?$/u;
const OTHER_MEANING = /以下简称|下称|是指|包括|不负责|[。！？]/u;
const FIRST_LEADS =
  /[，,。；;]?\s*(?:列|排)(?:在)?(?:首位|第一位?|名第一)(?:者|的)?(?:部门|单位)?(?:为|是)?牵头(?:责任)?(?:单位|部门)?/u;
const BELOW = /[，,。；;]?\s*(?:以下同|下同)[。]?$/u;
const DEADLINE =
  /(?:责任|完成|办结|落实)?(?:时限|时间|期限)[:：]\s*([^,，;；。]{1,40})[,，;；。]?/u;

const readInside = (inside: string): Omit<DutyBracket, 'start' | 'end'> | null => {
  const words = oneLine(inside).replace(BELOW, '');
  const firstLeads = FIRST_LEADS.test(words);
  const plain = words.replace(FIRST_LEADS, '').replace(BELOW, '');
  if (OTHER_MEANING.test(plain)) return null;
  const deadline = DEADLINE.exec(plain)?.[1] ?? null;
  const units = plain.replace(DEADLINE, '').replace(/[，,;；]$/u, '');
  const speaks = LABEL.test(units) || VERB_END.test(units);
  return speaks && units.length > 3 ? { units, deadline, firstLeads } : null;
};

interface Enclosed {
  readonly start: number;
  readonly end: number;
}

/** Outermost brackets no longer than any list of units. Linear in the length of the text. */
const outermost = (text: string): Enclosed[] => {
  const found: Enclosed[] = [];
  let depth = 0;
  let open = 0;
  for (const match of text.matchAll(/[（()）]/gu)) {
    const opens = match[0] === '（' || match[0] === '(';
    if (match.index - open > LONGEST) depth = 0;
    if (opens && depth === 0) open = match.index;
    depth = opens ? depth + 1 : Math.max(-1, depth - 1);
    if (!opens && depth === 0) found.push({ start: open, end: match.index + 1 });
    depth = Math.max(0, depth);
  }
  return found;
};

/** The outermost brackets of a text that name a duty, in order. */
export const dutyBrackets = (text: string): DutyBracket[] =>
  outermost(text).flatMap(({ start, end }) => {
    const read = end - start > LONGEST ? null : readInside(text.slice(start + 1, end - 1));
    return read === null ? [] : [{ start, end, ...read }];
  });

/** The text without those brackets and the full stop that a bracket leaves behind. */
export const withoutBrackets = (text: string, brackets: readonly DutyBracket[]): string => {
  let words = '';
  let at = 0;
  for (const { start, end } of brackets) {
    words += text.slice(at, start);
    const stop = /[。；;]$/u.test(words.trimEnd()) && /^[。；;]/u.test(text.slice(end, end + 1));
    at = stop ? end + 1 : end;
  }
  return (words + text.slice(at)).trim();
};
