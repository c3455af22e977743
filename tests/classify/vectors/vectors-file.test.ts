import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meaningOf, type TrainedVectors } from '../../../shared/classify/vectors/vectors.ts';
import {
  LARGEST_FILE,
  readVectors,
  sayVectorsFault,
  type VectorsFault,
  vectorsFile,
} from '../../../shared/classify/vectors/vectors-file.ts';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const SAMPLE: TrainedVectors = {
  dimensions: 2,
  words: ['津贴', '河', '沟渠'],
  weights: Uint16Array.of(65_535, 32_768, 1_000),
  components: Int8Array.of(127, 0, 0, 127, -127, 127),
};
const FILE = vectorsFile(SAMPLE, sha256);
const HEAD_AT = 12;
const headLength = new DataView(FILE.buffer).getUint32(8, true);
const bodyOf = (): Uint8Array => FILE.slice(HEAD_AT + headLength);

/** A file with this head, of any truth, before this body. */
const withHead = (head: unknown, body: Uint8Array, length?: number): Uint8Array => {
  const front = new TextEncoder().encode(typeof head === 'string' ? head : JSON.stringify(head));
  const file = new Uint8Array(HEAD_AT + front.length + body.length);
  file.set(new TextEncoder().encode('GKVECTOR'));
  new DataView(file.buffer).setUint32(8, length ?? front.length, true);
  file.set(front, HEAD_AT);
  file.set(body, HEAD_AT + front.length);
  return file;
};

const honest = (body: Uint8Array): Record<string, unknown> => ({
  format: 1,
  dimensions: 2,
  words: 3,
  wordBytes: 17,
  sha256: sha256(body),
});

const faultOf = (file: Uint8Array): VectorsFault | null => {
  const read = readVectors(file, sha256);
  return read.ok ? null : read.error;
};

const withWords = (words: string): Uint8Array => {
  const written = new TextEncoder().encode(words);
  const body = new Uint8Array([...written, ...bodyOf().slice(17)]);
  return withHead({ ...honest(body), wordBytes: written.length }, body);
};

describe('a file of vectors', () => {
  it('gives back the words with their directions and weights, named by its checksum', () => {
    const read = readVectors(FILE, sha256);
    expect(read.ok).toBe(true);
    if (!read.ok) return;
    expect(read.value.id).toBe(sha256(bodyOf()));
    expect([...(meaningOf('津贴', read.value) ?? [])]).toEqual([1, 0]);
    expect([...(meaningOf('河', read.value) ?? [])]).toEqual([0, 1]);
    // 1 of 津贴 beside ½ of 河.
    const [first = 0, second = 0] = meaningOf('津贴，河', read.value) ?? [];
    expect(first / second).toBeCloseTo(2, 3);
    expect(meaningOf('无', read.value)).toBeNull();
  });

  it('is written by hand as it is written by the product', () => {
    expect(faultOf(withHead(honest(bodyOf()), bodyOf()))).toBeNull();
  });

  it('may lie at any place of a larger buffer', () => {
    const larger = new Uint8Array(FILE.length + 3);
    larger.set(FILE, 3);
    expect(faultOf(larger.subarray(3))).toBeNull();
  });
});

describe('a hostile file', () => {
  const body = bodyOf();
  const cases: readonly (readonly [string, Uint8Array, VectorsFault])[] = [
    ['nothing', new Uint8Array(), 'VECTORS_NONE'],
    ['another kind of file', new TextEncoder().encode('%PDF-1.7 and so on'), 'VECTORS_NONE'],
    ['the signature alone', FILE.slice(0, 8), 'VECTORS_NONE'],
    ['a head said to be of 4 GB', withHead(honest(body), body, 0xffff_ffff), 'VECTORS_FORMAT'],
    ['a head beyond the end', withHead(honest(body), body, 4_000), 'VECTORS_LENGTH'],
    ['a head that is no JSON', withHead('{"format":1', body), 'VECTORS_FORMAT'],
    ['a later format', withHead({ ...honest(body), format: 2 }, body), 'VECTORS_FORMAT'],
    ['a head with more in it', withHead({ ...honest(body), more: 1 }, body), 'VECTORS_FORMAT'],
    ['a billion words', withHead({ ...honest(body), words: 1e9 }, body), 'VECTORS_FORMAT'],
    [
      'words that are not there',
      withHead({ ...honest(body), words: 99_999 }, body),
      'VECTORS_LENGTH',
    ],
    [
      'a negative number of words',
      withHead({ ...honest(body), words: -3 }, body),
      'VECTORS_FORMAT',
    ],
    [
      'more dimensions than rows hold',
      withHead({ ...honest(body), dimensions: 256 }, body),
      'VECTORS_LENGTH',
    ],
    ['a byte too few', FILE.slice(0, -1), 'VECTORS_LENGTH'],
    ['a byte too many', new Uint8Array([...FILE, 0]), 'VECTORS_LENGTH'],
    [
      'a changed byte',
      FILE.map((byte, at) => (at === FILE.length - 1 ? byte ^ 1 : byte)),
      'VECTORS_CHECKSUM',
    ],
    ['the same word twice', withWords('津贴\n河\n津贴'), 'VECTORS_WORDS'],
    ['fewer words than said', withWords('津贴\n河'), 'VECTORS_WORDS'],
    ['a word without characters', withWords('津贴\n\n河'), 'VECTORS_WORDS'],
    ['a word that is not Chinese', withWords('津贴\n河\n<script>'), 'VECTORS_WORDS'],
    [
      'a word of a thousand characters',
      withWords(`津贴\n河\n${'长'.repeat(1_000)}`),
      'VECTORS_WORDS',
    ],
    ['a file of two megabytes', new Uint8Array(2_000_000), 'VECTORS_TOO_LARGE'],
  ];
  it.each(cases)('with %s is named for what is wrong with it', (_, file, fault) => {
    expect(faultOf(file)).toBe(fault);
    expect(sayVectorsFault(fault).zh).toMatch(/\p{Script=Han}/u);
    expect(sayVectorsFault(fault).en).not.toMatch(/\p{Script=Han}/u);
  });

  it('of any bytes, or with any byte changed, is a named fault and never a thrown one', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(faultOf(bytes)).not.toBeNull();
      }),
    );
    fc.assert(
      fc.property(fc.nat(FILE.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const changed = FILE.map((byte, place) => (place === at ? byte ^ by : byte));
        expect(faultOf(changed)).not.toBeNull();
      }),
    );
  });

  it('cannot be larger than a file that is written', () => {
    expect(LARGEST_FILE).toBe(1_500_000);
  });
});
