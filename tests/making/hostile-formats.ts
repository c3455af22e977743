/** Makes OFD, RTF, OpenDocument and PowerPoint files that mean harm: bombs, deep nests, floods, lies and stumps. */
import { Zip, ZipDeflate } from 'fflate';
import { flatOdt, odfXml, p, rawOdf, row, table, td } from './raw-odf.ts';
import { line, ofdXml, rawOfd, textObject } from './raw-ofd.ts';
import { ap, pptXml, rawPptx, sp } from './raw-pptx.ts';

export interface HostileFile {
  readonly format: 'ofd' | 'rtf' | 'odt' | 'ods' | 'pptx';
  readonly name: string;
  readonly make: () => Uint8Array;
  /** The refusal it must end in; null where its text must be read. */
  readonly kind: string | null;
}

const latin = (source: string): Uint8Array => Buffer.from(source, 'latin1');

/** `count` times what `write` makes of a number that does not repeat: noise that a zip cannot pack away. */
const noisy = (count: number, write: (noise: number) => string): string => {
  const chunks: string[] = [];
  let noise = 1;
  for (let index = 0; index < count; index += 1) {
    noise = (noise * 48_271) % 2_147_483_647;
    chunks.push(write(noise));
  }
  return chunks.join('');
};

/** A zip of `others` and a part that inflates to `megabytes` of the letter a; made piece by piece. */
export const bombOf = (
  name: string,
  others: Readonly<Record<string, string>>,
  megabytes: number,
): Uint8Array => {
  const chunks: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error !== null) throw error;
    chunks.push(chunk);
  });
  const add = (part: string): ZipDeflate => {
    const file = new ZipDeflate(part, { level: 6 });
    zip.add(file);
    return file;
  };
  for (const [part, content] of Object.entries(others)) add(part).push(Buffer.from(content), true);
  const file = add(name);
  const megabyte = new Uint8Array(2 ** 20).fill(97);
  file.push(Buffer.from('<a>'));
  for (let count = 0; count < megabytes; count += 1) file.push(megabyte);
  file.push(Buffer.from('</a>'), true);
  zip.end();
  return new Uint8Array(Buffer.concat(chunks));
};

const DOCTYPE = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y "&x;&x;">]>';
const withDoctype = (xml: string): string => xml.replace('?>', `?>${DOCTYPE}`);

const deep = (open: string, close: string, inside: string): string =>
  open.repeat(10_000) + inside + close.repeat(10_000);

const words = textObject('正文', { x: 30, y: 50 });

const OFD: readonly Omit<HostileFile, 'format'>[] = [
  {
    name: '100 MB page',
    kind: 'ARCHIVE_LIMIT',
    make: () =>
      bombOf(
        'P.xml',
        {
          'OFD.xml': ofdXml('OFD', '<ofd:DocBody><ofd:DocRoot>D.xml</ofd:DocRoot></ofd:DocBody>'),
          'D.xml': ofdXml('Document', '<ofd:Pages><ofd:Page ID="1" BaseLoc="P.xml"/></ofd:Pages>'),
        },
        100,
      ),
  },
  ...['OFD.xml', 'Doc_0/Document.xml', 'Doc_0/Pages/Page_0/Content.xml'].map((part) => ({
    name: `DOCTYPE in ${part}`,
    kind: 'FORBIDDEN_XML',
    make: () => rawOfd({ pages: [words], files: { [part]: withDoctype(ofdXml('Page', '&x;')) } }),
  })),
  {
    name: '10,000 blocks inside each other',
    kind: 'STRUCTURE_LIMIT',
    make: () => rawOfd({ pages: [deep('<ofd:PageBlock>', '</ofd:PageBlock>', words)] }),
  },
  {
    name: '100,000 texts on a page',
    kind: 'STRUCTURE_LIMIT',
    make: () =>
      rawOfd({
        pages: [noisy(100_000, (n) => textObject('甲', { x: n % 200, y: (n >> 8) % 290 }))],
      }),
  },
  {
    name: '40,000 texts at one place',
    kind: null,
    make: () =>
      rawOfd({ pages: [noisy(40_000, (n) => textObject('甲', { x: 50, y: 50, id: n }))] }),
  },
  {
    name: '100,000 lines across each other',
    kind: null,
    make: () =>
      rawOfd({
        pages: [
          words +
            noisy(
              50_000,
              (n) => line([n % 210, 0], [n % 210, 290]) + line([0, n % 290], [210, n % 290]),
            ),
        ],
      }),
  },
  {
    name: 'a path of a million corners',
    kind: null,
    make: () =>
      rawOfd({
        pages: [
          `${words}<ofd:PathObject Boundary="0 0 210 297"><ofd:AbbreviatedData>M 0 0 ${noisy(1_000_000, (n) => `L ${n % 999} ${n % 997} `)}</ofd:AbbreviatedData></ofd:PathObject>`,
        ],
      }),
  },
  {
    name: 'a page listed 100,000 times',
    kind: 'STRUCTURE_LIMIT',
    make: () =>
      rawOfd({
        pages: [words],
        files: {
          'Doc_0/Document.xml': ofdXml(
            'Document',
            `<ofd:Pages>${'<ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/>'.repeat(100_000)}</ofd:Pages>`,
          ),
        },
      }),
  },
  {
    name: 'a page listed 2,000 times',
    kind: 'TOO_MANY_PAGES',
    make: () =>
      rawOfd({
        pages: [words],
        files: {
          'Doc_0/Document.xml': ofdXml(
            'Document',
            `<ofd:Pages>${'<ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/>'.repeat(2_000)}</ofd:Pages>`,
          ),
        },
      }),
  },
  {
    name: 'places outside of the package',
    kind: 'DAMAGED',
    make: () =>
      rawOfd({
        files: {
          'OFD.xml': ofdXml(
            'OFD',
            '<ofd:DocBody><ofd:DocRoot>../../../../etc/passwd</ofd:DocRoot></ofd:DocBody>',
          ),
          '../../etc/passwd.xml': '<x/>',
        },
      }),
  },
  {
    name: 'a tag that names one text 40,000 times',
    kind: null,
    make: () =>
      rawOfd({
        pages: [textObject('字'.repeat(20_000), { x: 1, y: 50, size: 0.005, id: 5 })],
        document: '<ofd:CustomTags>T.xml</ofd:CustomTags>',
        files: {
          'Doc_0/T.xml': ofdXml(
            'CustomTags',
            '<ofd:CustomTag><ofd:FileLoc>U.xml</ofd:FileLoc></ofd:CustomTag>',
          ),
          'Doc_0/U.xml': `<t><标题>${'<ObjectRef PageRef="1">5</ObjectRef>'.repeat(40_000)}</标题></t>`,
        },
      }),
  },
  {
    name: 'numbers without measure',
    kind: 'NO_TEXT',
    make: () =>
      rawOfd({
        pages: [
          words
            .replace('Size="5"', 'Size="1e308" CTM="1e300 0 0 1e300 Infinity NaN"')
            .replace('正文', ''),
        ],
      }),
  },
];

const rtf = (body: string): Uint8Array => latin(`{\\rtf1\\ansi\\ansicpg936 ${body}}`);

const RTF: readonly Omit<HostileFile, 'format'>[] = [
  {
    name: '10,000 groups inside each other',
    kind: 'STRUCTURE_LIMIT',
    make: () => rtf(deep('{', '}', 'x')),
  },
  { name: 'a million paragraphs', kind: null, make: () => rtf(`${'\\par '.repeat(1_000_000)}x`) },
  {
    name: 'a million paragraphs of one letter',
    kind: 'STRUCTURE_LIMIT',
    make: () => rtf('a\\par '.repeat(1_000_000)),
  },
  { name: 'ten million groups', kind: null, make: () => rtf(`${'{}'.repeat(10_000_000)}x`) },
  { name: '40 MB of one letter', kind: 'TEXT_TOO_LONG', make: () => rtf('a'.repeat(40_000_000)) },
  {
    name: 'a million cells',
    kind: 'STRUCTURE_LIMIT',
    make: () => rtf('\\trowd\\cellx9 a\\cell\\row '.repeat(1_000_000)),
  },
  {
    name: '90,000 rows with edges of their own',
    kind: null,
    make: () =>
      rtf(
        noisy(
          90_000,
          (n) =>
            `\\trowd\\cellx${n % 9_999_999}\\cellx${n % 88_888_888}\\pard\\intbl a\\cell b\\cell\\row `,
        ),
      ),
  },
  {
    name: 'a row of a million edges',
    kind: null,
    make: () => rtf(`\\trowd${'\\cellx9'.repeat(1_000_000)} a\\cell\\row`),
  },
  {
    name: '\\bin longer than the file',
    kind: 'DAMAGED',
    make: () => rtf('{\\pict\\bin2147483647 x'),
  },
  {
    name: '\\uc without measure',
    kind: null,
    make: () => rtf(`${'\\uc2147483647\\u20844 x'.repeat(1_000)}${' '.repeat(200)}x`),
  },
  {
    name: 'a million footnotes',
    kind: 'STRUCTURE_LIMIT',
    make: () => rtf(`x${'{\\footnote a}'.repeat(1_000_000)}`),
  },
  {
    name: 'half a million characters that break off',
    kind: null,
    make: () => rtf("x\\'\\'b9\\'".repeat(500_000)),
  },
  { name: 'a million closing braces', kind: 'NO_TEXT', make: () => rtf('}'.repeat(1_000_000)) },
];

const odt = (body: string): Uint8Array => rawOdf({ body });

const ODF: readonly HostileFile[] = [
  {
    format: 'odt',
    name: '100 MB content.xml',
    kind: 'ARCHIVE_LIMIT',
    make: () => bombOf('content.xml', { 'META-INF/manifest.xml': '<x/>' }, 100),
  },
  ...['content.xml', 'styles.xml', 'meta.xml'].map((part) => ({
    format: 'odt' as const,
    name: `DOCTYPE in ${part}`,
    kind: 'FORBIDDEN_XML',
    make: () =>
      rawOdf({ body: p('x'), files: { [part]: withDoctype(odfXml('document-content', '&x;')) } }),
  })),
  {
    format: 'odt',
    name: 'DOCTYPE in a flat file',
    kind: 'FORBIDDEN_XML',
    make: () => Buffer.from(withDoctype(Buffer.from(flatOdt({ body: p('x') })).toString())),
  },
  {
    format: 'odt',
    name: '10,000 sections inside each other',
    kind: 'STRUCTURE_LIMIT',
    make: () => odt(deep('<text:section>', '</text:section>', p('x'))),
  },
  {
    format: 'odt',
    name: '10,000 lists inside each other',
    kind: 'STRUCTURE_LIMIT',
    make: () => odt(deep('<text:list><text:list-item>', '</text:list-item></text:list>', p('x'))),
  },
  {
    format: 'odt',
    name: 'a million empty paragraphs',
    kind: 'ARCHIVE_LIMIT',
    make: () => odt(`${'<text:p/>'.repeat(1_000_000)}${p('末')}`),
  },
  {
    format: 'odt',
    name: 'a million paragraphs of one letter',
    kind: 'ARCHIVE_LIMIT',
    make: () => odt('<text:p>a</text:p>'.repeat(1_000_000)),
  },
  {
    format: 'odt',
    name: 'a cell repeated without measure',
    kind: 'STRUCTURE_LIMIT',
    make: () =>
      odt(
        table([
          row(
            [td('a', 'table:number-columns-repeated="2000000000"')],
            'table:number-rows-repeated="2000000000"',
          ),
        ]),
      ),
  },
  {
    format: 'odt',
    name: 'a long row repeated without measure',
    kind: 'TEXT_TOO_LONG',
    make: () =>
      odt(table([row([td('长'.repeat(100_000))], 'table:number-rows-repeated="250000"')])),
  },
  {
    format: 'odt',
    name: 'spans and blanks without measure',
    kind: null,
    make: () =>
      odt(
        table([
          row([
            td(
              '<text:p>a<text:s text:c="2000000000"/>b</text:p>',
              'table:number-columns-spanned="2000000000" table:number-rows-spanned="2000000000"',
            ),
          ]),
        ]),
      ),
  },
  {
    format: 'odt',
    name: 'styles that are based on each other',
    kind: null,
    make: () =>
      rawOdf({
        styles:
          '<style:style style:name="A" style:family="paragraph" style:parent-style-name="B"/><style:style style:name="B" style:family="paragraph" style:parent-style-name="A"/>',
        body: p('x', 'A'),
      }),
  },
  {
    format: 'ods',
    name: 'a sheet of a million cells',
    kind: 'STRUCTURE_LIMIT',
    make: () =>
      rawOdf({
        kind: 'spreadsheet',
        body: table([
          row(
            [td('a', 'table:number-columns-repeated="100"')],
            'table:number-rows-repeated="10000"',
          ),
        ]),
      }),
  },
];

const PPTX: readonly Omit<HostileFile, 'format'>[] = [
  {
    name: '100 MB slide',
    kind: 'ARCHIVE_LIMIT',
    make: () =>
      bombOf(
        'ppt/slides/s.xml',
        {
          'ppt/presentation.xml': pptXml(
            'presentation',
            '<p:sldIdLst><p:sldId r:id="r"/></p:sldIdLst>',
          ),
          'ppt/_rels/presentation.xml.rels':
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="x/slide" Target="slides/s.xml"/></Relationships>',
        },
        100,
      ),
  },
  ...['ppt/presentation.xml', 'ppt/slides/slide1.xml', 'ppt/_rels/presentation.xml.rels'].map(
    (part) => ({
      name: `DOCTYPE in ${part}`,
      kind: 'FORBIDDEN_XML',
      make: () =>
        rawPptx({ slides: [sp('x')], files: { [part]: withDoctype(pptXml('sld', '&x;')) } }),
    }),
  ),
  {
    name: '10,000 groups inside each other',
    kind: 'STRUCTURE_LIMIT',
    make: () => rawPptx({ slides: [deep('<p:grpSp>', '</p:grpSp>', sp('x'))] }),
  },
  {
    name: '60,000 boxes on a slide',
    kind: null,
    make: () =>
      rawPptx({
        slides: [noisy(60_000, (n) => sp('a', { box: [n % 99, n % 97, n % 13, n % 7] }))],
      }),
  },
  {
    name: 'a million paragraphs',
    kind: 'ARCHIVE_LIMIT',
    make: () => rawPptx({ slides: [sp(ap('a').repeat(1_000_000))] }),
  },
  {
    name: '100,000 slides',
    kind: 'TOO_MANY_PAGES',
    make: () =>
      rawPptx({
        slides: [sp('x')],
        files: {
          'ppt/presentation.xml': pptXml(
            'presentation',
            `<p:sldIdLst>${'<p:sldId r:id="rId1"/>'.repeat(100_000)}</p:sldIdLst>`,
          ),
        },
      }),
  },
  {
    name: '30,000 placeholders on slide and layout',
    kind: null,
    make: () => {
      const many = noisy(30_000, (n) => sp('', { placeholder: `type="x${n}" idx="${n}"` }));
      return rawPptx({ slides: [sp('x') + many], layout: many });
    },
  },
  {
    name: 'spans without measure',
    kind: null,
    make: () =>
      rawPptx({
        slides: [
          sp('x') +
            '<p:graphicFrame><a:tbl><a:tr><a:tc gridSpan="2000000000" rowSpan="2000000000"><a:txBody><a:p><a:r><a:t>a</a:t></a:r></a:p></a:txBody></a:tc></a:tr></a:tbl></p:graphicFrame>',
        ],
      }),
  },
];

const as = (
  format: HostileFile['format'],
  files: readonly Omit<HostileFile, 'format'>[],
): HostileFile[] => files.map((file) => ({ ...file, format }));

export const HOSTILE_FILES: readonly HostileFile[] = [
  ...as('ofd', OFD),
  ...as('rtf', RTF),
  ...ODF,
  ...as('pptx', PPTX),
];
