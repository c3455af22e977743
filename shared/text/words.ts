/** Cuts Chinese text into search words with nodejieba, loaded at first use with a dictionary trimmed to common words. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type * as Jieba from 'nodejieba';
import { USER_WORDS } from './user-words.ts';

/** Words seen less often are left out: a tenth of the load time and memory, and no search term of this field among them. */
const LEAST_FREQUENCY = 50;
const LONGEST_WORD = 20;

const require = createRequire(import.meta.url);

/** Lines `word frequency part-of-speech` of the common words; the others never become strings of their own. */
const commonLines = (dictionary: string): string => {
  let kept = '';
  for (let from = 0; from < dictionary.length; ) {
    const end = dictionary.indexOf('\n', from);
    const next = end < 0 ? dictionary.length : end + 1;
    const blank = dictionary.indexOf(' ', from);
    const frequency = Number.parseInt(dictionary.slice(blank, blank + 9), 10);
    if (frequency >= LEAST_FREQUENCY) kept += dictionary.slice(from, next);
    from = next;
  }
  return kept;
};

interface Dictionary {
  readonly dict: string;
  readonly idfDict: string;
  readonly userDict: string;
}

/**
 * Writes the trimmed files into a folder of this process alone and takes it away after loading: a folder that lasts could
 * be emptied or planted by others, and nodejieba ends the process where a file is missing.
 */
const withTrimmedFiles = (source: string, load: (files: Dictionary) => void): void => {
  const folder = mkdtempSync(join(tmpdir(), 'gongkai-words-'));
  const files = {
    dict: join(folder, 'dict.utf8'),
    idfDict: join(folder, 'idf.utf8'),
    userDict: join(folder, 'user.utf8'),
  };
  try {
    // Byte by byte: as text the dictionary would take twice the memory.
    writeFileSync(files.dict, commonLines(readFileSync(source, 'latin1')), 'latin1');
    // Our own ranking needs no frequencies of words over other texts.
    writeFileSync(files.idfDict, '公开 1\n');
    writeFileSync(files.userDict, `${USER_WORDS.join('\n')}\n`);
    load(files);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const dictionaryPath = (): string =>
  join(
    dirname(require.resolve('nodejieba/package.json')),
    'submodules/cppjieba/dict/jieba.dict.utf8',
  );

/** The common words of the dictionary and of this field, for whoever cuts by a list of words; loads no segmenter. */
export const commonWords = (): readonly string[] => {
  const lines = Buffer.from(commonLines(readFileSync(dictionaryPath(), 'latin1')), 'latin1');
  const words = lines
    .toString('utf8')
    .split('\n')
    .map((line) => line.slice(0, Math.max(0, line.indexOf(' '))));
  return [...words, ...USER_WORDS].filter((word) => word.length >= 2);
};

let loaded: typeof Jieba | null = null;

const jieba = (): typeof Jieba => {
  if (loaded !== null) return loaded;
  const module: typeof Jieba = require('nodejieba');
  withTrimmedFiles(dictionaryPath(), (files) => module.load(files));
  loaded = module;
  return module;
};

const HAN = /\p{Script=Han}/u;
const LONG_DIGITS = /\d{6}/u;
const DOCUMENT_NUMBER = /\p{Script=Han}{2,12}[〔［[(（]\d{4}[〕］\])）]\d{1,5}号/gu;

/** Parts of speech that tell what a text is about; names of people (nr) are left out on purpose. */
const TELLING = /^(?:n|ng|nz|nt|ns|nl|vn|an|l|j|i|x)$/u;

const isWord = (word: string): boolean =>
  word.length >= 2 &&
  word.length <= LONGEST_WORD &&
  !LONG_DIGITS.test(word) &&
  (HAN.test(word) || /^[a-z][a-z0-9]+$/iu.test(word));

const numbersIn = (phrase: string): string[] =>
  [...phrase.matchAll(DOCUMENT_NUMBER)].map(([number]) =>
    number.replace(/[［[(（]/u, '〔').replace(/[］\])）]/u, '〕'),
  );

const wordsOf = (phrase: string): string[] => {
  const cut = jieba()
    .cut(phrase.replace(/\s+/gu, ''), true)
    .filter(isWord)
    .map((word) => word.toLowerCase());
  return [...new Set([...numbersIn(phrase), ...cut])];
};

const keywordsOf = (text: string, limit: number): string[] => {
  const counts = new Map<string, number>();
  for (const { word, tag } of jieba().tag(text)) {
    const known = TELLING.test(tag) && isWord(word);
    if (known)
      counts.set(word.toLowerCase(), (counts.get(word.toLowerCase()) ?? 0) + word.length - 1);
  }
  const ranked = [...counts].sort(
    ([a, weightA], [b, weightB]) => weightB - weightA || (a < b ? -1 : 1),
  );
  return ranked.slice(0, limit).map(([word]) => word);
};

export const wordSegmenter = (): {
  keywords(text: string, limit: number): Promise<readonly string[]>;
  words(phrase: string): Promise<readonly string[]>;
} => ({
  keywords: async (text, limit) => keywordsOf(text, limit),
  words: async (phrase) => wordsOf(phrase),
});
