/** Reads tasks from running text where each ends in a bracket that says who is responsible. */
import { linesOf } from '../../domain/lines.ts';
import type { CanonicalText } from '../../domain/text.ts';
import { firstSentence, oneLine, pointsOf } from './cell-words.ts';
import { type DutyBracket, dutyBrackets, withoutBrackets } from './duty-brackets.ts';
import type { Notes } from './notes.ts';
import type { Draft } from './read-rows.ts';
import type { NumberSource } from './settle-columns.ts';
import { leadingNumber, type PrintedNumber, sectionMark } from './task-numbers.ts';

export interface BracketTasks {
  readonly drafts: readonly Draft[];
  readonly source: NumberSource;
  readonly firstLeads: boolean;
  /** Where the first task begins in the text. */
  readonly start: number;
}

/** Depth of the mark that opens an entry; entries without a mark belong to the one before. */
const DEPTHS = ['part', 'numeral', 'bracketed', 'arabic', 'point'] as const;
type Depth = (typeof DEPTHS)[number];

interface Entry {
  readonly depth: Depth | null;
  readonly printed: PrintedNumber | null;
  /** The mark as printed: 一、 （一） 1. */
  readonly mark: string;
  readonly line: number;
  readonly start: number;
  end: number;
  words: string;
}

interface Group {
  readonly entry: Entry;
  readonly path: readonly string[];
  readonly words: string;
  readonly end: number;
  readonly brackets: readonly DutyBracket[];
  /** Some brackets belong to marked entries below this one. */
  readonly inner: boolean;
}

const MOST_ENTRIES = 20_000;
const INLINE = /(?<=[）)][。；]?)(?=\d{1,2}[.．、](?!\d)|[（(][一二三四五六七八九十]{1,3}[）)])/u;

const depthOf = (text: string): Pick<Entry, 'depth' | 'printed'> => {
  const mark = sectionMark(text);
  if (mark.kind !== 'plain') {
    const numbers = mark.number === null ? [] : [mark.number];
    return { depth: mark.kind, printed: { numbers, sub: null, rest: mark.rest } };
  }
  const printed = leadingNumber(text);
  if (printed === null) return { depth: null, printed: null };
  return { depth: /^[（(]/u.test(text) ? 'point' : 'arabic', printed };
};

const entriesOf = ({ text, blocks }: CanonicalText): Entry[] => {
  const entries: Entry[] = [];
  let line = 0;
  const add = (words: string, start: number): void => {
    const opened = depthOf(words);
    const last = entries.at(-1);
    if (opened.depth !== null || last === undefined)
      entries.push({
        ...opened,
        mark: words.slice(0, words.length - (opened.printed?.rest ?? words).length),
        line,
        start,
        end: start + words.length,
        words: opened.printed?.rest ?? words,
      });
    else {
      last.words += `\n${words}`;
      last.end = start + words.length;
    }
  };
  for (const block of blocks) {
    if (block.kind === 'table' || block.kind === 'note') continue;
    for (const { text: words, start } of linesOf(text, block.start, block.end)) {
      line += 1;
      let at = start;
      for (const piece of words.split(INLINE)) {
        add(piece, at);
        at += piece.length;
      }
      if (entries.length > MOST_ENTRIES) return [];
    }
  }
  return entries;
};

const rank = (depth: Depth | null): number => (depth === null ? -1 : DEPTHS.indexOf(depth));

/** Every entry of one depth with what hangs below it, and the headings above it. */
const groupsAt = (
  entries: readonly Entry[],
  depth: Depth,
): { groups: Group[]; outside: number } => {
  const groups: { entry: Entry; path: string[]; below: Entry[] }[] = [];
  let path: Entry[] = [];
  let current: (typeof groups)[number] | null = null;
  let outside = 0;
  for (const entry of entries) {
    if (rank(entry.depth) <= rank(depth)) {
      current = null;
      path = path.filter((above) => rank(above.depth) < rank(entry.depth));
    }
    if (entry.depth === depth) {
      current = {
        entry,
        path: path.map(({ mark, words }) => mark + headingOf(words)),
        below: [entry],
      };
      groups.push(current);
    } else if (current !== null) current.below.push(entry);
    else {
      outside += dutyBrackets(entry.words).length;
      if (entry.depth !== null) path.push(entry);
    }
  }
  return { groups: groups.map(gatherGroup), outside };
};

const headingOf = (words: string): string => firstSentence(oneLine(words.split('\n', 1)[0] ?? ''));

const gatherGroup = ({
  entry,
  path,
  below,
}: {
  entry: Entry;
  path: string[];
  below: Entry[];
}): Group => {
  const words = pointsOf(below.map((one) => one.words).join('\n'));
  return {
    entry,
    path,
    words,
    end: below.at(-1)?.end ?? entry.end,
    brackets: dutyBrackets(words),
    inner: below.slice(1).some((one) => dutyBrackets(one.words).length > 0),
  };
};

const samePath = (left: Group | undefined, right: Group | undefined): boolean =>
  left?.path.join('\n') === right?.path.join('\n');

/** From the first to the last entry with a bracket, and their neighbours under the same heading: all of these are tasks. */
const regionOf = (groups: readonly Group[]): readonly Group[] => {
  const bears = (group: Group): boolean => group.brackets.length > 0;
  const first = groups.findIndex(bears);
  const last = groups.findLastIndex(bears);
  return groups.filter(
    (group, at) =>
      (at >= first && at <= last) ||
      (group.path.length > 0 && (samePath(group, groups[first]) || samePath(group, groups[last]))),
  );
};

interface Candidate {
  readonly region: readonly Group[];
  readonly bare: readonly Group[];
  readonly outside: number;
}

const candidateAt = (entries: readonly Entry[], depth: Depth): Candidate | null => {
  const { groups, outside } = groupsAt(entries, depth);
  const bearing = groups.filter(({ brackets }) => brackets.length > 0).length;
  if (bearing < 2) return null;
  const region = regionOf(groups);
  return { region, bare: region.filter(({ brackets }) => brackets.length === 0), outside };
};

/** A heading on a line of its own, with the text below it. */
const headingAlone = (words: string): string | null => {
  const line = words.split('\n', 1)[0] ?? '';
  const alone = line.length <= 60 && !/[。；（(]/u.test(line);
  return alone && line !== '' ? oneLine(line) : null;
};

const draftOf = ({ entry, path, words, end, brackets }: Group, notes: Notes): Draft => {
  const place = `正文第${entry.line}行`;
  if (brackets.length > 1) notes.warn('W_TWO_LEVEL_REQUIREMENT', place);
  const asked = withoutBrackets(words, brackets);
  const heading = headingAlone(entry.words) ?? firstSentence(asked);
  const title = asked.startsWith(heading) ? heading : firstSentence(asked);
  const rest = asked.slice(title.length).replace(/^[。；;\s]+/u, '');
  return {
    place,
    printed: entry.printed,
    title,
    requirement: [rest === '' ? asked : rest],
    lead: [],
    responsible: brackets.map(({ units }) => units),
    deadline: brackets.flatMap(({ deadline }) => (deadline === null ? [] : [deadline])),
    sectionPath: path,
    rows: [{ table: 0, row: entry.line, cells: [words], span: { start: entry.start, end } }],
  };
};

/**
 * Tasks of running text, or null where it is no such text. The depth is the innermost at which every entry bears a
 * bracket; where most do and some do not, the entries without one are doubts in the notes.
 */
export const bracketTasks = (text: CanonicalText, notes: Notes): BracketTasks | null => {
  const entries = entriesOf(text);
  const candidates = [...DEPTHS]
    .reverse()
    .map((depth) => candidateAt(entries, depth))
    .filter((candidate) => candidate !== null);
  const whole = candidates.find(({ bare, outside }) => bare.length === 0 && outside === 0);
  const chosen = whole ?? mostCovered(candidates);
  if (chosen === undefined) return null;
  for (const { entry } of chosen.bare) notes.doubt(`正文第${entry.line}行：没有注明责任单位`);
  if (chosen.region.some(({ entry, inner }) => inner && rank(entry.depth) <= rank('numeral')))
    notes.doubt('责任单位注在不同层级的条目上，无法确定哪一级是任务');
  if (chosen.outside > 0) notes.doubt(`${chosen.outside} 处责任单位不在编号条目之内`);
  return {
    drafts: chosen.region.map((group) => draftOf(group, notes)),
    source: 'column',
    firstLeads: chosen.region.some(({ brackets }) => brackets.some(({ firstLeads }) => firstLeads)),
    start: chosen.region[0]?.entry.start ?? 0,
  };
};

const mostCovered = (candidates: readonly Candidate[]): Candidate | undefined =>
  candidates
    .filter(({ region, bare }) => region.length >= 4 && bare.length * 3 <= region.length)
    .sort((a, b) => a.bare.length + a.outside - b.bare.length - b.outside)[0];
