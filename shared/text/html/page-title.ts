/** Finds the title of an article that stands outside its container. */

import type { PageEntry } from './page-metadata.ts';
import { type Element, elementsBelow, marksOf, parentOf, wordsOf } from './page-tree.ts';

const TITLE_MARK =
  /(?:^|[-_ a-z])(?:title|tit|biaoti|bt|headline|subject)(?:[-_ \d]|$|[a-z]{0,12}\d{0,3} )/u;
const SHORTEST = 4;
const LONGEST = 150;
/** How titles of official documents read: 关于……的通知, ……办法. */
const READS_LIKE_TITLE =
  /关于.{2,120}的|(?:通知|决定|意见|办法|规定|方案|公告|通告|通报|报告|批复|公示|条例|细则|要点|解读|目录|规划|函|纪要|公开表|指南)(?:[（(].{1,40}[）)])?$/u;

const isTitleLength = (text: string): boolean => text.length >= SHORTEST && text.length <= LONGEST;

/** Parts of a page that say the same on every page of the site. */
const SITE_PART =
  / (?:site-?)?(?:header|head|top|nav|menu|left|side|sidebar|logo|banner|crumbs?|breadcrumb)(?:[-_][\w-]{0,40})? /u;

const around = (main: Element): ReadonlySet<Element> => {
  const found = new Set<Element>();
  for (let at: Element | null = main; at !== null; at = parentOf(at)) found.add(at);
  return found;
};

/** What stands outside the article and before it, in reading order, without masthead, menus and side columns. */
const before = (body: Element, main: Element): Element[] => {
  const all = elementsBelow(body);
  const outside = all.slice(0, Math.max(0, all.indexOf(main)));
  const holding = around(main);
  const ofSite = new Set<Element>();
  for (const element of outside) {
    const parent = parentOf(element);
    const isInside = parent !== null && ofSite.has(parent);
    if (isInside || (!holding.has(element) && SITE_PART.test(marksOf(element))))
      ofSite.add(element);
  }
  return outside.filter((element) => !ofSite.has(element));
};

const innermost = (elements: readonly Element[]): string[] =>
  elements.map((element) => wordsOf(element, LONGEST + 1)).filter(isTitleLength);

/** <title> without the name of the site: the longest part between the usual dividers. */
const withoutSite = (title: string): string =>
  title
    .split(/\s*[-_|—–]{1,3}\s*(?=\P{Nd})/u)
    .reduce((best, part) => (part.trim().length > best.length ? part.trim() : best), '');

const entryOf = (entries: readonly PageEntry[], name: RegExp): string =>
  entries.find((known) => name.test(known.name) && known.value !== '')?.value ?? '';

const plain = (text: string): string => text.replace(/[^\p{L}\p{Nd}]/gu, '');

/** The name of an office or a site is a masthead, not the title of an article. */
const NAMES_SITE =
  /(?:网|网站|门户|平台|政府|人大|政协|办公厅|办公室|委员会|办事处|中心|街道|[部厅局署委镇乡])$/u;
const namesSite = (text: string): boolean => NAMES_SITE.test(text) && !READS_LIKE_TITLE.test(text);

const LEAST_SHARE_OF_NAME = 0.6;

/** Headings that repeat most of what <title> says of the page, the fullest first. */
const confirmedBy = (written: string, headings: readonly string[]): string[] => {
  const name = plain(written);
  return headings
    .filter((text) => !namesSite(text))
    .filter(
      (text) =>
        name.includes(plain(text)) && plain(text).length >= name.length * LEAST_SHARE_OF_NAME,
    )
    .sort((a, b) => b.length - a.length);
};

const FIRST_LINES = 12;
const LONGEST_LINE = 400;
const MOST_LINES_OF_TITLE = 4;
/** What a line may say beside its title: a number, a remark in brackets. */
const MOST_BESIDE = 40;
const SENTENCE = /[。；;]|[：:]$/u;

/** Title and body on one line: the words before a blank or a bracket are the title. */
const LEAD = /^[^。；：:;，]{4,150}(?=[\s\u3000（(])/u;

const isTitleRun = (run: string, title: string): boolean => {
  const words = plain(run);
  const isShort = words.length <= title.length + MOST_BESIDE && !SENTENCE.test(run.trim());
  return (
    words === title ||
    (isShort && words.includes(title)) ||
    plain(LEAD.exec(run)?.[0] ?? '').includes(title)
  );
};

/** True where the first lines of the article are, or are led by, the title; a sentence that quotes it is not. */
const beginsWith = (lines: readonly string[], title: string): boolean => {
  const words = plain(title);
  const first = lines.slice(0, FIRST_LINES).map((line) => line.slice(0, LONGEST_LINE));
  return first.some((_, from) =>
    Array.from({ length: MOST_LINES_OF_TITLE }, (_none, more) =>
      first.slice(from, from + more + 1).join(''),
    ).some((run) => isTitleRun(run, words)),
  );
};

/** Titles the page offers, the surest first; what stands nearest before the article comes before what stands further up. */
const candidatesOf = (outside: readonly Element[], entries: readonly PageEntry[]): string[] => {
  const isHeading = ({ tagName }: Element): boolean => /^h[1-3]$/u.test(tagName);
  const isMarked = (element: Element): boolean => TITLE_MARK.test(marksOf(element));
  const nearest = [...outside].reverse();
  const headings = innermost(nearest.filter(isHeading));
  const marked = innermost(nearest.filter(isMarked));
  const both = innermost(nearest.filter((element) => isHeading(element) && isMarked(element)));
  const cells = innermost(nearest.filter(({ tagName }) => /^(?:td|div|p|center)$/u.test(tagName)));
  const written = withoutSite(entryOf(entries, /^title$/u));
  const readsLikeTitle = [headings, marked, [written], cells].map((texts) =>
    texts.filter((text) => READS_LIKE_TITLE.test(text)),
  );
  return [
    entryOf(entries, /^ArticleTitle$/iu),
    ...confirmedBy(written, [...headings, ...marked]),
    ...readsLikeTitle.flat(),
    ...[...both, written, ...headings].filter((text) => !namesSite(text)),
  ];
};

/** The title to put before the article, whose lines are given; "" where the article itself begins with it or none is found. */
export const outerTitle = (
  { body, main, lines }: { body: Element; main: Element; lines: readonly string[] },
  entries: readonly PageEntry[],
): string => {
  const title = candidatesOf(before(body, main), entries).find(isTitleLength) ?? '';
  return title === '' || beginsWith(lines, title) ? '' : title;
};
