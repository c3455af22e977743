import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readDocx } from '../../../shared/text/read-docx.ts';
import { HOSTILE } from '../../making/hostile-docx.ts';
import { p, rawDocx } from '../../making/raw-docx.ts';

test.each(HOSTILE)('$name ends in $kind', async ({ make, kind }) => {
  const read = await readDocx(make());
  expect(read.ok ? null : read.error.kind).toBe(kind);
});

test('a docx with any bytes changed is read or refused, never a fault', async () => {
  const whole = rawDocx({ body: p('正文').repeat(20), styles: '', numbering: '', title: '题' });
  const change = fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 0, max: 255 }));
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 8 }), async (changes) => {
      const bytes = Uint8Array.from(whole);
      for (const [at, byte] of changes) bytes[at] = byte;
      const read = await readDocx(bytes);
      if (read.ok) expect(read.value.text).toContain('正文');
      else expect(read.error.kind).toMatch(/^(?:DAMAGED|ENCRYPTED|ARCHIVE_LIMIT)$/u);
    }),
    { numRuns: 300 },
  );
});

test('text of any kind in any tag soup is read or refused', async () => {
  const tag = fc.constantFrom(
    'w:p',
    'w:r',
    'w:t',
    'w:tbl',
    'w:tr',
    'w:tc',
    'w:txbxContent',
    'w:rPr',
  );
  const soup = fc.array(fc.tuple(tag, fc.stringMatching(/^[甲乙a-c\t ]{0,6}$/u)), {
    maxLength: 40,
  });
  await fc.assert(
    fc.asyncProperty(soup, async (pairs) => {
      const open = pairs.map(([name, text]) => `<${name}>${text}`).join('');
      const close = pairs.map(([name]) => `</${name}>`).reverse();
      const read = await readDocx(rawDocx({ body: p('始') + open + close.join('') + p('终') }));
      expect(read.ok && read.value.text.startsWith('始') && read.value.text.endsWith('终')).toBe(
        true,
      );
    }),
    { numRuns: 200 },
  );
});
