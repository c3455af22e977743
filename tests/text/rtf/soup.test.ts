import fc from 'fast-check';
import { expect, test } from 'vitest';
import { REFUSAL_KINDS } from '../../../shared/domain/refusal.ts';
import { readRtf } from '../../../shared/text/read-rtf.ts';
import { textBy } from '../ofd/reading.ts';

const latin = (source: string): Uint8Array => Buffer.from(source, 'latin1');

const WORDS = [
  'par',
  'pard',
  'intbl',
  'itap2',
  'trowd',
  'trowd\\cellx900\\clvmrg\\cellx1800',
  'cell',
  'row',
  'nestcell',
  'nestrow',
  'plain',
  'v',
  'v0',
  'deleted',
  'uc0',
  'uc3',
  'u20013 ?',
  'u-10176 ?',
  "'b9\\'ab",
  'f1',
  'dbch',
  'af1',
  's1',
  'outlinelevel1',
  'tab',
  '*',
];

const GROUPS = [
  '',
  '\\footnote ',
  '\\listtext ',
  '\\header ',
  '\\*\\x ',
  '\\shptxt ',
  '\\fonttbl ',
  '\\info\\title ',
  '\\upr ',
  '\\pict ',
];

test('any soup of control words and groups between two words is read, and both words stand', async () => {
  const piece = fc.oneof(
    fc.constantFrom(...WORDS).map((word) => `\\${word} `),
    fc.stringMatching(/^[a-z ]{0,5}$/u),
    fc.constantFrom(...GROUPS).map((group) => `{${group}`),
    fc.constant('}'),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 60 }), async (pieces) => {
      let depth = 0;
      const kept = pieces.filter((one) => {
        if (one === '}' && depth === 0) return false;
        depth += one === '}' ? -1 : one.startsWith('{') ? 1 : 0;
        return true;
      });
      const source = `{\\rtf1\\ansi BEGIN\\par {${kept.join('')}${'}'.repeat(depth)}}\\pard\\plain END\\par}`;
      const text = await textBy(readRtf, latin(source));
      expect(text.text).toContain('BEGIN');
      expect(text.text).toContain('END');
    }),
    { numRuns: 400 },
  );
});

test('any bytes behind the mark are read or refused by name', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
      const read = await readRtf(Uint8Array.from([...latin('{\\rtf1 '), ...bytes]));
      if (!read.ok) expect(REFUSAL_KINDS).toContain(read.error.kind);
    }),
    { numRuns: 300 },
  );
});

test('of text in two forms (\\upr) the one in Unicode is read', async () => {
  const source = '{\\rtf1\\ansi A{\\upr{ansi}{\\*\\ud{\\u20013 ?}}}B\\par}';
  expect((await textBy(readRtf, latin(source))).text).toBe('A中B');
});
