import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readOdt } from '../../../shared/text/read-odt.ts';
import { readPptx } from '../../../shared/text/read-pptx.ts';
import { p, rawOdf } from '../../making/raw-odf.ts';
import { rawPptx, sp } from '../../making/raw-pptx.ts';
import { textBy } from '../ofd/reading.ts';

const soup = (...tags: readonly string[]) =>
  fc
    .array(fc.tuple(fc.constantFrom(...tags), fc.stringMatching(/^[甲乙a-c ]{0,5}$/u)), {
      maxLength: 40,
    })
    .map((pairs) => {
      const open = pairs.map(([tag, text]) => `<${tag}>${text}`).join('');
      return (
        open +
        pairs
          .map(([tag]) => `</${tag.split(' ')[0]}>`)
          .reverse()
          .join('')
      );
    });

test('OpenDocument elements in any order are read, and the words around them stand', async () => {
  const tags = soup(
    'text:p',
    'text:h',
    'text:span',
    'text:list',
    'text:list-item text:start-value="3"',
    'table:table',
    'table:table-row',
    'table:table-cell table:number-columns-spanned="2"',
    'table:covered-table-cell',
    'text:note',
    'text:note-body',
    'draw:text-box',
    'style:header',
    'office:annotation',
    'table:table-header-rows',
  );
  await fc.assert(
    fc.asyncProperty(tags, async (inside) => {
      const { text } = await textBy(readOdt, rawOdf({ body: p('始') + inside + p('终') }));
      expect(text.startsWith('始')).toBe(true);
      expect(text.split('\n')).toContain('终');
    }),
    { numRuns: 300 },
  );
});

test('elements of slides in any order are read, and the words around them stand', async () => {
  const tags = soup(
    'p:sp',
    'p:grpSp',
    'p:graphicFrame',
    'p:txBody',
    'a:p',
    'a:r',
    'a:t',
    'a:tbl',
    'a:tr',
    'a:tc gridSpan="2"',
    'a:xfrm',
    'a:off x="5" y="5"',
    'p:ph type="title"',
    'a:pPr lvl="3"',
  );
  await fc.assert(
    fc.asyncProperty(tags, async (inside) => {
      const { text } = await textBy(readPptx, rawPptx({ slides: [sp('始') + inside + sp('终')] }));
      expect(text.split('\n')).toEqual(expect.arrayContaining(['始', '终']));
    }),
    {
      numRuns: 300,
      examples: [
        ['<p:sp><a:tbl><a:tc gridSpan="2"><a:t><a:p>甲</a:p></a:t></a:tc></a:tbl></p:sp>'],
      ],
    },
  );
});
