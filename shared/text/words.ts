/** Cuts Chinese text into search words with nodejieba, loaded at first use with a dictionary trimmed to common words. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type * as Jieba from 'nodejieba';
import { USER_WORDS } from './user-words.ts';

/** Words seen less often are left out: a tenth of the load time and memory, and no search term of this field among them. */
const LEAST_FREQUENCY = 50;
const LONGEST_WORD = 20;

const require = createRequire(import.meta.url);

const isCommon = (line: string): boolean => Number(line.split(' ')[1]) >= LEAST_FREQUENCY;

/** The trimmed files, made once a machine; a half-written set is never seen under its name. */
const trimmedFiles = (source: string): { dict: string; idfDict: string; userDict: string } => {
  const key = createHash('sha256')
    .update(JSON.stringify([source, LEAST_FREQUENCY, USER_WORDS]))
    .digest('hex')
    .slice(0, 16);
  const folder = join(tmpdir(), `gongkai-words-${process.getuid?.() ?? 0}-${key}`);
  const files = {
    dict: join(folder, 'dict.utf8'),
    idfDict: join(folder, 'idf.utf8'),
    userDict: join(folder, 'user.utf8'),
  };
  if (existsSync(folder)) return files;
  const unfinished = `${folder}.${process.pid}.${performance.now()}`;
  mkdirSync(unfinished, { recursive: true, mode: 0o700 });
  const lines = readFileSync(source, 'utf8').split('\n').filter(isCommon);
  writeFileSync(join(unfinished, 'dict.utf8'), `${lines.join('\n')}\n`);
  writeFileSync(join(unfinished, 'idf.utf8'), '公开 1\n');
  writeFileSync(join(unfinished, 'user.utf8'), `${USER_WORDS.join('\n')}\n`);
  try {
    renameSync(unfinished, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  }
  return files;
};

const dictionaryPath = (): string =>
  join(
    dirname(require.resolve('nodejieba/package.json')),
    'submodules/cppjieba/dict/jieba.dict.utf8',
  );

let loaded: typeof Jieba | null = null;

const jieba = (): typeof Jieba => {
  if (loaded !== null) return loaded;
  const module: typeof Jieba = require('nodejieba');
  module.load(trimmedFiles(dictionaryPath()));
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
