/** `gongkai vectors train`: word vectors from an office's own files, read as every other file is; the texts are not kept. */
import { rename } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename, dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { writeUnfinished } from '../../shared/adapters/local/durable-file.ts';
import { type GatheredText, gatheredText } from '../../shared/classify/vectors/gathered-text.ts';
import {
  FEWEST_TOKENS,
  TRAINING,
  type Training,
  type TrainingOptions,
  trainVectors,
} from '../../shared/classify/vectors/train-vectors.ts';
import { vectorsFile } from '../../shared/classify/vectors/vectors-file.ts';
import { commonWords } from '../../shared/text/words.ts';
import { sha256Of } from '../../shared/usecases/document-identity.ts';
import { aside, type Reading, readUpload } from '../../shared/usecases/read-upload.ts';
import { exitOf } from './classify-command.ts';
import { EXIT, type ExitCode, UsageError } from './exit-codes.ts';
import { findFiles } from './find-files.ts';
import { inOrder } from './in-order.ts';
import { progressBar } from './progress.ts';
import { readPath } from './read-path.ts';
import { localTextReader } from './text-reader.ts';

/** Characters that are trained on: more teaches no more, and two bytes each are held. */
const MOST_CHARACTERS = 12_000_000;

type Reader = ReturnType<typeof localTextReader>;

const readFile = async (reader: Reader, path: string): Promise<Reading> => {
  const bytes = await readPath(path);
  return bytes.ok ? readUpload({ reader }, bytes.value, basename(path)) : aside(bytes.error);
};

interface Gathered {
  readonly text: GatheredText;
  readonly states: readonly {
    readonly state: 'proposed' | 'refused' | 'scanning' | 'quarantined';
  }[];
  /** Files that were read but did not fit any more. */
  readonly beyond: number;
}

/** Files set aside, those with a 密级 mark among them, give no word; each is named with its reason. */
const gather = async (files: readonly string[]): Promise<Gathered> => {
  const reader = localTextReader(Math.min(availableParallelism(), files.length));
  const progress = progressBar({ total: files.length, label: '读取', stream: process.stderr });
  const text = gatheredText(MOST_CHARACTERS);
  const states: { state: 'proposed' | 'refused' | 'scanning' | 'quarantined' }[] = [];
  let beyond = 0;
  let next = 0;
  try {
    for await (const reading of inOrder(files, availableParallelism() * 2, (path) =>
      readFile(reader, path),
    )) {
      const path = files[next] ?? '';
      next += 1;
      progress.step();
      if (reading.kind === 'aside') {
        process.stderr.write(`${path}: ${reading.refusal.kind}\n`);
        states.push({ state: reading.state });
        continue;
      }
      states.push({ state: 'proposed' });
      if (!text.add(reading.text.text)) beyond += 1;
    }
  } finally {
    progress.end();
    await reader.close();
  }
  return { text, states, beyond };
};

const trained = (text: GatheredText, options: TrainingOptions): Training | null => {
  const progress = progressBar({ total: 100, label: '训练', stream: process.stderr });
  let shown = 0;
  const onProgress = (share: number): void => {
    for (; shown < Math.floor(share * 100); shown += 1) progress.step();
  };
  const training = trainVectors(text, { ...options, onProgress });
  progress.end();
  if (training.ok) return training.value;
  process.stderr.write(
    `文字太少，无法训练词向量：只有 ${training.error.tokens} 个词次，至少要 ${FEWEST_TOKENS} 个。\nToo little text to train on: ${training.error.tokens} words, at least ${FEWEST_TOKENS} are needed.\n`,
  );
  return null;
};

/** Of the list that is named, else of the dictionary, or, where asked for, found in the texts. */
const wordsOf = async (
  path: string | undefined,
  own: boolean,
): Promise<Pick<TrainingOptions, 'words'>> => {
  if (own) return {};
  if (path === undefined) return { words: commonWords() };
  const bytes = await readPath(path);
  if (!bytes.ok) throw new UsageError(`打不开词表 / cannot open the list of words: ${path}`);
  return { words: new TextDecoder().decode(bytes.value).split(/\s+/u) };
};

const write = async (path: string, content: Uint8Array): Promise<void> => {
  const unfinished = await writeUnfinished(dirname(path), content);
  await rename(unfinished, path);
};

const report = ({ vectors, tokens, characters }: Training, rest: Record<string, number>) => ({
  characters,
  tokens,
  words: vectors.words.length,
  dimensions: vectors.dimensions,
  ...rest,
});

const parsed = (args: readonly string[]) =>
  parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      out: { type: 'string' },
      words: { type: 'string' },
      'own-words': { type: 'boolean', default: false },
      seed: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });

export const vectorsCommand = async (args: readonly string[]): Promise<ExitCode> => {
  const { values, positionals } = parsed(args);
  const [verb, ...paths] = positionals;
  const seed = Number(values.seed ?? TRAINING.seed);
  if (verb !== 'train' || paths.length === 0 || values.out === undefined)
    throw new UsageError('vectors train FILE|FOLDER… --out FILE');
  if (!Number.isInteger(seed) || seed < 0 || seed > 2 ** 31)
    throw new UsageError('--seed 0–2147483648');
  const out = resolve(values.out);
  const options = { seed, ...(await wordsOf(values.words, values['own-words'])) };
  const { text, states, beyond } = await gather(await findFiles(paths));
  const started = performance.now();
  const training = trained(text, options);
  if (training === null) return EXIT.refused;
  const content = vectorsFile(training.vectors, sha256Of);
  await write(out, content);
  const said = report(training, {
    files: states.filter(({ state }) => state === 'proposed').length - beyond,
    aside: states.filter(({ state }) => state !== 'proposed').length,
    beyond,
    seconds: Math.round((performance.now() - started) / 100) / 10,
    bytes: content.length,
  });
  process.stdout.write(values.json ? `${JSON.stringify({ out, ...said })}\n` : told(out, said));
  return exitOf(states);
};

const told = (out: string, said: Record<string, number>): string =>
  `读取文件 files ${said['files']} · 未用 set aside ${said['aside']} · 超出容量 beyond the limit ${said['beyond']}
汉字 characters ${said['characters']} · 词次 tokens ${said['tokens']} · 词表 words ${said['words']} · 用时 seconds ${said['seconds']} · 字节 bytes ${said['bytes']}
${out}
文件内含文书用词，请与文书同样保管。/ The file holds words of the documents: keep it as you keep them.
`;
