/** Word vectors as one file that never changes: a signature, a small JSON head, words, SIF weights and int8 rows, with a sha256 over all of these. */
import * as z from 'zod';
import { accept, type Result, refuse } from '../../domain/result.ts';
import { type TrainedVectors, type WordVectors, wordVectors } from './vectors.ts';
import { isHan, LONGEST_WORD } from './word-trie.ts';

/** Larger files are neither written nor read. */
export const LARGEST_FILE = 1_500_000;

const SIGNATURE = 'GKVECTOR';
const LONGEST_HEAD = 4_096;
/** Signature and length of the head. */
const PRELUDE = SIGNATURE.length + 4;

const headSchema = z.strictObject({
  format: z.literal(1),
  dimensions: z.int().min(2).max(256),
  words: z.int().min(1).max(100_000),
  wordBytes: z.int().min(1).max(LARGEST_FILE),
  /** Of everything after the head. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/u),
});
type Head = z.infer<typeof headSchema>;

/** What can be wrong with a file of vectors; none of them says anything of what the file holds. */
export type VectorsFault =
  | 'VECTORS_NONE'
  | 'VECTORS_FORMAT'
  | 'VECTORS_TOO_LARGE'
  | 'VECTORS_LENGTH'
  | 'VECTORS_CHECKSUM'
  | 'VECTORS_WORDS';

const FAULTS = {
  VECTORS_NONE: { zh: '这不是词向量文件', en: 'this is no file of word vectors' },
  VECTORS_FORMAT: {
    zh: '词向量文件的格式或版本不受支持',
    en: 'the format or version of the vectors is not supported',
  },
  VECTORS_TOO_LARGE: {
    zh: '词向量文件超过 1.5 MB',
    en: 'the file of vectors is larger than 1.5 MB',
  },
  VECTORS_LENGTH: {
    zh: '词向量文件不完整，或长度与文件头不符',
    en: 'the file of vectors is not whole, or its length is not what its head says',
  },
  VECTORS_CHECKSUM: {
    zh: '词向量文件的校验值不符，可能已损坏或被改动',
    en: 'the checksum of the vectors does not match: the file is damaged or was changed',
  },
  VECTORS_WORDS: {
    zh: '词向量文件里的词表不合规定',
    en: 'the words in the file of vectors are not as they must be',
  },
} as const satisfies Record<VectorsFault, { zh: string; en: string }>;

export const sayVectorsFault = (
  fault: VectorsFault,
): { readonly zh: string; readonly en: string } => FAULTS[fault];

/** Lower-case hexadecimal sha256. */
export type Sha256 = (bytes: Uint8Array) => string;

const bodyOf = ({ words, weights, components }: TrainedVectors): Uint8Array => {
  const written = new TextEncoder().encode(words.join('\n'));
  const body = new Uint8Array(written.length + weights.length * 2 + components.length);
  body.set(written);
  const view = new DataView(body.buffer);
  weights.forEach((weight, at) => {
    view.setUint16(written.length + at * 2, weight, true);
  });
  body.set(
    new Uint8Array(components.buffer, components.byteOffset, components.length),
    written.length + weights.length * 2,
  );
  return body;
};

/** The first `words` words: they stand most frequent first. */
const cutTo = (vectors: TrainedVectors, words: number): TrainedVectors => ({
  dimensions: vectors.dimensions,
  words: vectors.words.slice(0, words),
  weights: vectors.weights.slice(0, words),
  components: vectors.components.slice(0, words * vectors.dimensions),
});

/** The same vectors give the same bytes. The rarest words are left out where the file would be larger than it may be. */
export const vectorsFile = (vectors: TrainedVectors, sha256: Sha256): Uint8Array => {
  const room = LARGEST_FILE - LONGEST_HEAD;
  let words = 0;
  for (let bytes = 0; words < vectors.words.length; words += 1) {
    bytes += (vectors.words[words] ?? '').length * 3 + 3 + vectors.dimensions;
    if (bytes > room) break;
  }
  const kept = cutTo(vectors, words);
  const body = bodyOf(kept);
  const head: Head = {
    format: 1,
    dimensions: kept.dimensions,
    words,
    wordBytes: body.length - words * (kept.dimensions + 2),
    sha256: sha256(body),
  };
  const front = new TextEncoder().encode(JSON.stringify(head));
  const file = new Uint8Array(PRELUDE + front.length + body.length);
  file.set(new TextEncoder().encode(SIGNATURE));
  new DataView(file.buffer).setUint32(SIGNATURE.length, front.length, true);
  file.set(front, PRELUDE);
  file.set(body, PRELUDE + front.length);
  return file;
};

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const jsonOf = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
};

const headOf = (file: Uint8Array): Result<{ head: Head; from: number }, VectorsFault> => {
  if (file.length > LARGEST_FILE) return refuse('VECTORS_TOO_LARGE');
  const signed = [...SIGNATURE].every((sign, at) => file[at] === sign.charCodeAt(0));
  if (!signed || file.length < PRELUDE) return refuse('VECTORS_NONE');
  const length = viewOf(file).getUint32(SIGNATURE.length, true);
  if (length > LONGEST_HEAD) return refuse('VECTORS_FORMAT');
  if (PRELUDE + length > file.length) return refuse('VECTORS_LENGTH');
  const head = headSchema.safeParse(jsonOf(file.subarray(PRELUDE, PRELUDE + length)));
  return head.success
    ? accept({ head: head.data, from: PRELUDE + length })
    : refuse('VECTORS_FORMAT');
};

const isWord = (word: string): boolean =>
  word.length > 0 &&
  word.length <= LONGEST_WORD &&
  [...word].every((sign) => isHan(sign.charCodeAt(0)));

/** Null where they are not as many as the head says, not all words, or not all different. */
const wordsOf = (bytes: Uint8Array, count: number): readonly string[] | null => {
  const words = new TextDecoder().decode(bytes).split('\n');
  const fine = words.length === count && words.every(isWord) && new Set(words).size === count;
  return fine ? words : null;
};

/** Nothing is made larger than the file itself allows: lengths are checked against its bytes before anything is read. */
export const readVectors = (
  file: Uint8Array,
  sha256: Sha256,
): Result<WordVectors, VectorsFault> => {
  const start = headOf(file);
  if (!start.ok) return start;
  const { head, from } = start.value;
  const body = file.subarray(from);
  if (body.length !== head.wordBytes + head.words * (head.dimensions + 2))
    return refuse('VECTORS_LENGTH');
  if (sha256(body) !== head.sha256) return refuse('VECTORS_CHECKSUM');
  const words = wordsOf(body.subarray(0, head.wordBytes), head.words);
  if (words === null) return refuse('VECTORS_WORDS');
  const view = viewOf(body);
  const weights = Uint16Array.from(words, (_, at) => view.getUint16(head.wordBytes + at * 2, true));
  const components = Int8Array.from(body.subarray(head.wordBytes + head.words * 2));
  const { dimensions } = head;
  return accept(wordVectors(head.sha256, { dimensions, words, weights, components }));
};
