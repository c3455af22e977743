/** What a title is called beside the text: by metadata, a labelled field or the name of the file. */
import type { CanonicalText } from '../domain/text.ts';
import type { Head } from './head.ts';
import { isBodyName } from './own-date.ts';

/** Words without blanks and marks that titles are written with or without. */
export const plain = (words: string): string => words.replace(/[\s《》“”"'（）()]/gu, '');

/** The longest part of what a page or a file is called; the other parts name the site. */
const longestPart = (name: string): string =>
  name
    .slice(0, 400)
    .split(/\s{0,9}[-_|—–]{1,3}\s{0,9}(?=\P{Nd})/u)
    .reduce((best, part) => (part.length > best.length ? part : best), '');

/** Titles that stand beside the text or in a labelled field: they confirm what the head says. */
export const namesOf = ({ metadata }: CanonicalText, head: Head): string[] => {
  const beside = Object.entries(metadata).flatMap(([name, value]) =>
    /title|标题|名称|题名/iu.test(name) ? [longestPart(value), value.slice(0, 400)] : [],
  );
  const fields = head.fields
    .filter((field) => field.name === 'title')
    .map((field) => field.value.text);
  return [...beside, ...fields].map(plain).filter((name) => name.length >= 5);
};

/** 3 points for words that a name holds, up to 1.2 more the more of it they are. */
export const confirmed = (words: string, names: readonly string[]): number => {
  const shares = names
    .filter((name) => name === words || (words.length >= 8 && name.includes(words)))
    .map((name) => words.length / name.length);
  return shares.length === 0 || isBodyName(words) ? 0 : 3 + 1.2 * Math.max(...shares);
};

/** A file is often called by the title: that decides between words that are titles, and makes none. */
export const namedByFile = (words: string, fileName: string): number => {
  const name = plain(fileName.replace(/\.[A-Za-z]{2,5}$/u, '').slice(0, 200));
  return words.length >= 8 && name.includes(words) ? words.length / name.length : 0;
};
