/** Finds the title of an article that stands outside its container. */

import type { PageEntry } from './page-metadata.ts';
import { type Element, elementsBelow, marksOf, wordsOf } from './page-tree.ts';

const TITLE_MARK =
  /(?:^|[-_ a-z])(?:title|tit|biaoti|bt|headline|subject)(?:[-_ \d]|$|[a-z]{0,12}\d{0,3} )/u;
const SHORTEST = 4;
const LONGEST = 150;
/** How titles of official documents read: 关于……的通知, ……办法. */
const READS_LIKE_TITLE =
  /关于.{2,120}的|(?:通知|决定|意见|办法|规定|方案|公告|通告|通报|报告|批复|公示|条例|细则|要点|解读|目录|规划|函|纪要|公开表|指南)(?:[（(].{1,40}[）)])?$/u;

const isTitleLength = (text: string): boolean => text.length >= SHORTEST && text.length <= LONGEST;

/** What stands outside the article and before it, in reading order. */
const before = (body: Element, main: Element): Element[] => {
  const all = elementsBelow(body);
  const at = all.indexOf(main);
  return at < 0 ? [] : all.slice(0, at);
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

const plain = (text: string): string => text.replace(/[\s\u00a0\u3000]/gu, '');

const standsInside = (title: string, main: Element): boolean =>
  plain(wordsOf(main, 2_000)).includes(plain(title));

/** The title to put before the article; "" where the article itself begins with it or none is found. */
export const outerTitle = (body: Element, main: Element, entries: readonly PageEntry[]): string => {
  const outside = before(body, main);
  const headings = innermost(outside.filter(({ tagName }) => /^h[1-3]$/u.test(tagName)));
  const marked = innermost(outside.filter((element) => TITLE_MARK.test(marksOf(element))));
  const written = withoutSite(entryOf(entries, /^title$/u));
  const cells = innermost(outside.filter(({ tagName }) => /^(?:td|div|p|center)$/u.test(tagName)));
  const candidates = [
    entryOf(entries, /^ArticleTitle$/iu),
    ...headings.filter((text) => READS_LIKE_TITLE.test(text)),
    ...marked.filter((text) => READS_LIKE_TITLE.test(text)).reverse(),
    ...(READS_LIKE_TITLE.test(written) ? [written] : []),
    ...cells.filter((text) => READS_LIKE_TITLE.test(text)).reverse(),
    ...headings,
    written,
  ];
  const title = candidates.find(isTitleLength) ?? '';
  return title === '' || standsInside(title, main) ? '' : title;
};
