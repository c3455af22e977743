/** Search words that stand for a whole title, so that a document is found by the name under which another one cites it. */
import { plain } from '../gongwen/title-names.ts';

const NAMED = /《([^《》]{4,100})》/gu;
const HANDS_ON = /印发|转发|公布|发布|公开/u;
const INTERPRETS = /解读|问答|图解|说明/u;

const wordOf = (title: string): string => `《${plain(title).slice(0, 100)}》`;

/** The names that a title cites in 《》. */
const namesIn = (title: string): string[] =>
  [...title.matchAll(NAMED)].map(([, name = '']) => name).filter((name) => plain(name).length >= 4);

/** Under what a document may be cited: its title, and what it hands on (关于印发《…》的通知). */
export const titleWords = (title: string): readonly string[] => {
  const handedOn = HANDS_ON.test(title) && !INTERPRETS.test(title) ? namesIn(title) : [];
  const own = plain(title).length >= 4 ? [title] : [];
  return [...new Set([...own, ...handedOn].map(wordOf))].slice(0, 3);
};

/** What a title of an interpretation cites; empty for any other title. */
export const citedWords = (title: string): readonly string[] =>
  INTERPRETS.test(title) ? [...new Set(namesIn(title).map(wordOf))].slice(0, 2) : [];
