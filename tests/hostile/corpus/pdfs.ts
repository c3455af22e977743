/** PDFs whose objects run in rings, lie about their sizes, or swell. */
import { deflateSync } from 'node:zlib';
import { streamBody } from '../../../fixtures/pdf-objects.ts';
import * as made from '../../making/hostile-pdf.ts';
import { onePage, WORDS } from '../../making/hostile-pdf.ts';
import { entriesOf, flood, type HostileEntry, latin } from './entry.ts';

const ENDS = ['text', 'DAMAGED', 'NO_TEXT', 'NO_TEXT_LAYER', 'GARBLED_TEXT', 'NO_PAGES'];
const LIMITED = [...ENDS, 'ARCHIVE_LIMIT', 'STRUCTURE_LIMIT', 'TEXT_TOO_LONG', 'TIME_LIMIT'];

/** The file without its last `startxref`, with this in its place. */
const withTail = (pdf: Uint8Array, tail: (xref: number) => string): Uint8Array => {
  const text = Buffer.from(pdf).toString('latin1');
  const at = text.lastIndexOf('startxref');
  return latin(text.slice(0, at) + tail(Number(text.slice(at + 10).split('\n', 1)[0])));
};

const withTrailer = (change: (trailer: string, xref: number) => string): Uint8Array => {
  const text = Buffer.from(onePage(WORDS)).toString('latin1');
  const at = text.lastIndexOf('trailer');
  const xref = text.lastIndexOf('xref\n0 ');
  return latin(text.slice(0, at) + change(text.slice(at), xref));
};

/** A cross-reference stream in place of the table, with these entries in its dictionary. */
const xrefStream = (dictionary: string, content: Buffer): Uint8Array =>
  withTail(onePage(WORDS), () => {
    const start = onePage(WORDS).length;
    const body = streamBody(content, `/Type /XRef /Root 1 0 R ${dictionary}`, true);
    return `${' '.repeat(20)}\n90 0 obj\n${body.toString('latin1')}\nendobj\nstartxref\n${start}\n%%EOF`;
  });

const objectStream = (content: string, entries: string): Buffer =>
  streamBody(content, `/Type /ObjStm ${entries}`, true);

/** The font of the page gets this map to Unicode, and this further entry in its dictionary. */
const withMap = (map: string): Uint8Array =>
  onePage('BT /F9 16 Tf 1 0 0 1 80 700 Tm <00410042004300440045> Tj ET', {
    pages: '<< /Type /Pages /Kids [16 0 R] /Count 1 >>',
    more: [
      '<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [14 0 R] /ToUnicode 15 0 R >>',
      '<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 1000 >>',
      streamBody(map, '', true),
      '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 12 0 R /Resources << /Font << /F9 13 0 R >> >> >>',
    ],
  });

const cmap = (inside: string): string =>
  `/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /X def\n1 begincodespacerange <0000> <ffff> endcodespacerange\n${inside}\nendcmap\nend end`;

const encodedBy = (encoding: Buffer | string, more: readonly Buffer[] = []): Uint8Array =>
  onePage('BT /F9 16 Tf 1 0 0 1 80 700 Tm <00410042> Tj ET', {
    pages: '<< /Type /Pages /Kids [16 0 R] /Count 1 >>',
    more: [
      '<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding 15 0 R /DescendantFonts [14 0 R] >>',
      '<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 1000 >>',
      encoding,
      '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 12 0 R /Resources << /Font << /F9 13 0 R >> >> >>',
      ...more,
    ],
  });

/** The words and a picture with this dictionary and content. */
const pictured = (dictionary: string, content: Buffer): Uint8Array =>
  onePage(`${WORDS}q 400 0 0 400 80 200 cm /X1 Do Q`, {
    more: [streamBody(content, `/Type /XObject /Subtype /Image ${dictionary}`)],
  });

/** Words drawn through filters that are asked much of. */
const filtered = (content: Buffer, entries: string): Uint8Array =>
  onePage(streamBody(content, entries));

const pageBox = (box: string): Uint8Array =>
  latin(Buffer.from(onePage(WORDS)).toString('latin1').replace('/MediaBox [0 0 595 842]', box));

/** Codes of nine bits that make a table of LZW grow by repeating itself. */
const lzwBomb = (bytes: number): Buffer => Buffer.alloc(bytes, 0x80);

const STRUCTURE: readonly HostileEntry[] = entriesOf('pdf', {
  'a page tree that is a ring': {
    attacks: 'a walk through the pages',
    make: made.pageTreeCycle,
    ends: ENDS,
  },
  'a tree of the same branches': {
    attacks: '10^9 pages in 2 KB',
    make: made.repeatedBranches,
    ends: [...ENDS, 'TOO_MANY_PAGES'],
  },
  'a count of two milliards': {
    attacks: 'loops over a stated count',
    make: made.countOfBillions,
    ends: [...ENDS, 'TOO_MANY_PAGES'],
  },
  'a count below nothing': {
    attacks: 'loops over a stated count',
    make: () => onePage(WORDS, { pages: '<< /Type /Pages /Kids [11 0 R] /Count -1 >>' }),
    ends: ENDS,
  },
  'one page 900 times': {
    attacks: 'pages that cost nothing to write',
    make: () =>
      onePage(WORDS, { pages: `<< /Type /Pages /Kids [${'11 0 R '.repeat(900)}] /Count 900 >>` }),
    ends: [...ENDS],
  },
  'a form that draws itself': {
    attacks: 'recursion of drawing',
    make: made.selfDrawingForm,
    ends: ENDS,
  },
  'twenty forms that draw the next one twice': {
    attacks: 'a million drawings in 4 KB',
    make: () =>
      onePage(`${WORDS}/X1 Do`, {
        more: Array.from({ length: 20 }, (_, at) =>
          streamBody(
            at === 19 ? WORDS : '/X Do /X Do',
            `/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> /XObject << /X ${14 + at} 0 R >> >>`,
          ),
        ),
      }),
    ends: LIMITED,
  },
  'content that lists itself': {
    attacks: 'arrays of streams',
    make: () => pageBox('/MediaBox [0 0 595 842] /Contents [12 0 R 11 0 R [12 0 R]]'),
    ends: ENDS,
  },
  'arrays 100,000 deep': {
    attacks: 'the stack',
    make: () => onePage(WORDS, { more: ['['.repeat(100_000) + ']'.repeat(100_000)] }),
    ends: LIMITED,
  },
  'arrays 100,000 deep in the trailer': {
    attacks: 'the stack, before anything is known',
    make: () => withTrailer((t) => t.replace('/Root', `/X ${'['.repeat(100_000)} /Root`)),
    ends: LIMITED,
  },
  'dictionaries 100,000 deep on the page': {
    attacks: 'the stack',
    make: () => pageBox(`/MediaBox [0 0 595 842] /X ${'<</A '.repeat(100_000)}`),
    ends: LIMITED,
  },
  'a cross-reference table before itself': {
    attacks: 'a walk along /Prev',
    make: () => withTrailer((t, at) => t.replace('/Root', `/Prev ${at} /Root`)),
    ends: ENDS,
  },
  'a table of two milliards of objects': {
    attacks: 'loops over a stated count',
    make: () =>
      latin(
        Buffer.from(onePage(WORDS))
          .toString('latin1')
          .replace(/xref\n0 \d+\n/u, 'xref\n0 2000000000\n'),
      ),
    ends: ENDS,
  },
  'a size of two milliards': {
    attacks: 'allocation by a stated size',
    make: () => withTrailer((t) => t.replace(/\/Size \d+/u, '/Size 2000000000')),
    ends: ENDS,
  },
  'a cross-reference stream with an index of 2^31': {
    attacks: 'loops over a stated count',
    make: () => xrefStream('/Size 2147483647 /W [1 4 2] /Index [0 2147483647]', Buffer.alloc(700)),
    ends: ENDS,
  },
  'a cross-reference stream of fields without width': {
    attacks: 'loops that step by nothing',
    make: () => xrefStream('/Size 2147483647 /W [0 0 0] /Index [0 2147483647]', Buffer.alloc(10)),
    ends: ['STRUCTURE_LIMIT'],
  },
  'a cross-reference stream of fields without width, behind a long dictionary': {
    attacks:
      'loops that step by nothing, where no check in advance looks: the heap fills in a second',
    make: () =>
      xrefStream(
        `/Size 2147483647 /W [0 0 0] /Index [0 2147483647] /X (${'x'.repeat(10_000)})`,
        Buffer.alloc(10),
      ),
    ends: ['MEMORY_LIMIT', 'STRUCTURE_LIMIT'],
  },
  'a cross-reference stream of ten million objects': {
    attacks: 'memory per listed object',
    make: () =>
      xrefStream('/Size 10000000 /W [1 0 0] /Index [0 10000000]', Buffer.alloc(10_000_000)),
    ends: ['STRUCTURE_LIMIT'],
  },
  'a root that is a number': {
    attacks: 'types taken for granted',
    make: () => withTrailer((t) => t.replace('/Root 1 0 R', '/Root 7')),
    ends: ENDS,
  },
  'no trailer, 200,000 words obj': {
    attacks: 'the search for lost objects',
    make: () => latin(`%PDF-1.7\n${flood(200_000, (at) => `${at} 0 obj\n`)}startxref\n0\n%%EOF`),
    ends: LIMITED,
  },
  'no trailer, 100,000 trailers': {
    attacks: 'the search for lost objects',
    make: () =>
      latin(`%PDF-1.7\n${'trailer << /Root 1 0 R >>\n'.repeat(100_000)}startxref\n0\n%%EOF`),
    ends: LIMITED,
  },
  'no trailer, a dictionary of 20 MB': {
    attacks: 'the search for lost objects',
    make: () =>
      latin(
        `%PDF-1.7\n1 0 obj\n<< ${flood(1_000_000, (at) => `/N${at} (${at}) `)}>>\nendobj\ntrailer << /Root 1 0 R >>\nstartxref\n0\n%%EOF`,
      ),
    ends: LIMITED,
  },
  'an object stream inside itself': {
    attacks: 'a walk from object to object',
    make: () =>
      onePage(WORDS, {
        pages: '<< /Type /Pages /Kids 14 0 R /Count 1 >>',
        more: [objectStream('14 0 [11 0 R]', '/N 1 /First 5 /Extends 13 0 R')],
      }),
    ends: ENDS,
  },
  'an object stream of 2^31 objects': {
    attacks: 'loops over a stated count',
    make: () => onePage(WORDS, { more: [objectStream('1 0 2 0', '/N 2147483647 /First 8')] }),
    ends: ENDS,
  },
  'a length that is its own stream': {
    attacks: 'a walk from object to object',
    make: () =>
      latin(
        Buffer.from(onePage(WORDS))
          .toString('latin1')
          .replace(/\/Length \d+ >>\nstream\nBT/u, '/Length 12 0 R >>\nstream\nBT'),
      ),
    ends: ENDS,
  },
  'an empty password': {
    attacks: 'a lock that is none',
    make: () => made.lockedPdf(''),
    ends: ['text'],
  },
  'a password': { attacks: 'a lock', make: () => made.lockedPdf('secret'), ends: ['ENCRYPTED'] },
  'an encryption of nonsense': {
    attacks: 'keys of absurd length',
    make: () =>
      onePage(WORDS, {
        more: ['<< /Filter /Standard /V 5 /R 6 /Length 2147483647 /O <00> /U <00> /P -1 >>'],
        trailer: '/Encrypt 13 0 R /ID [<00> <00>]',
      }),
    ends: [...ENDS, 'ENCRYPTED'],
  },
  'a page as large as a country': {
    attacks: 'geometry by a stated size',
    make: () => pageBox('/MediaBox [0 0 2e30 2e30]'),
    ends: ENDS,
  },
  'a page that is no number': {
    attacks: 'geometry by a stated size',
    make: () => pageBox('/MediaBox [0 (a) /b null]'),
    ends: ENDS,
  },
  'outlines that are a ring': {
    attacks: 'a walk through the outline',
    make: () =>
      onePage(WORDS, { more: ['<< /Title (a) /Next 13 0 R /First 13 0 R /Parent 13 0 R >>'] }),
    ends: ENDS,
  },
});

const SWELLING: readonly HostileEntry[] = entriesOf('pdf', {
  'a content of a gigabyte': {
    attacks: 'memory: 1 GB of blanks in 1 MB',
    make: () => made.flateBomb(2 ** 30),
    ends: ['ARCHIVE_LIMIT'],
  },
  'a content of 300 MB, deflated twice': {
    attacks: 'memory, behind two filters',
    make: () => made.nestedFlateBomb(300e6),
    ends: ['ARCHIVE_LIMIT'],
  },
  'a run of 64 MB': {
    attacks: 'memory, by run lengths',
    make: () => made.runLengthBomb(64 * 2 ** 20),
    ends: ['ARCHIVE_LIMIT'],
  },
  'LZW that repeats itself': {
    attacks: 'memory, by LZW',
    make: () => filtered(lzwBomb(3_000_000), '/Filter /LZWDecode'),
    ends: LIMITED,
  },
  'LZW that changes early by 2^31': {
    attacks: 'a parameter nobody checks',
    make: () =>
      filtered(lzwBomb(100_000), '/Filter /LZWDecode /DecodeParms << /EarlyChange 2147483647 >>'),
    ends: LIMITED,
  },
  'a predictor of 2^31 columns': {
    attacks: 'allocation by a parameter',
    make: () =>
      filtered(
        deflateSync(Buffer.from(WORDS)),
        '/Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns 2147483647 /Colors 32 /BitsPerComponent 16 >>',
      ),
    ends: LIMITED,
  },
  'a predictor below nothing': {
    attacks: 'loops that step backwards',
    make: () =>
      filtered(
        deflateSync(Buffer.from(WORDS)),
        '/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns -5 /Colors -1 /BitsPerComponent 8 >>',
      ),
    ends: LIMITED,
  },
  'a predictor of no columns': {
    attacks: 'loops that step by nothing',
    make: () =>
      filtered(
        deflateSync(Buffer.from(WORDS)),
        '/Filter /FlateDecode /DecodeParms << /Predictor 2 /Columns 0 /Colors 0 /BitsPerComponent 0 >>',
      ),
    ends: LIMITED,
  },
  'two hundred filters': {
    attacks: 'filters over filters',
    make: () => filtered(Buffer.from(WORDS), `/Filter [${'/ASCIIHexDecode '.repeat(200)}]`),
    ends: LIMITED,
  },
  'base 85 of z alone': {
    attacks: 'memory, by base 85',
    make: () => filtered(Buffer.alloc(10_000_000, 'z'), '/Filter /ASCII85Decode'),
    ends: LIMITED,
  },
  'a million saved states': {
    attacks: 'the stack of drawing states',
    make: () => onePage(streamBody(`${'q '.repeat(1_000_000)}${WORDS}`, '', true)),
    ends: LIMITED,
  },
  'a million texts of one letter': {
    attacks: 'time and memory per piece of text',
    make: () =>
      onePage(
        streamBody(
          `BT /F1 1 Tf ${flood(1_000_000, (at) => `1 0 0 1 ${at % 590} ${at % 830} Tm <516c> Tj `)}ET`,
          '',
          true,
        ),
      ),
    ends: [...LIMITED, 'MEMORY_LIMIT'],
  },
  '300,000 lines across each other': {
    attacks: 'tables sought among lines',
    make: () =>
      onePage(
        streamBody(
          `${WORDS}${flood(150_000, (at) => `0 ${at % 842} m 595 ${at % 842} l S ${at % 595} 0 m ${at % 595} 842 l S `)}`,
          '',
          true,
        ),
      ),
    ends: LIMITED,
  },
  'a text as wide as a country': {
    attacks: 'geometry by stated numbers',
    make: () => onePage('BT /F1 1e30 Tf 1e30 0 0 1e30 1e30 1e30 Tm 1e30 Tc <516c5f00> Tj ET'),
    ends: LIMITED,
  },
  'numbers that are none': {
    attacks: 'geometry by stated numbers',
    make: () => onePage(`BT /F1 ${'9'.repeat(5_000)} Tf ----5 +-.- .. 1 0 0 Tm <516c5f00> Tj ET`),
    ends: LIMITED,
  },
  'an array of 100,000 in one text': {
    attacks: 'lists of pieces',
    make: () =>
      onePage(`BT /F1 10 Tf 1 0 0 1 80 700 Tm [${'<516c> -2000 '.repeat(100_000)}] TJ ET`),
    ends: LIMITED,
  },
  'a string that never ends': {
    attacks: 'the scanner at the end of the file',
    make: () => onePage(`${WORDS}BT (${'('.repeat(500_000)}`),
    ends: LIMITED,
  },
  'an inline picture that never ends': {
    attacks: 'the search for its end',
    make: () => onePage(`${WORDS}BI /W 60000 /H 60000 /BPC 8 /CS /RGB ID ${'E'.repeat(1_000_000)}`),
    ends: LIMITED,
  },
  '20,000 inline pictures': {
    attacks: 'the search for their ends',
    make: () => onePage(`${WORDS}${'BI /W 1 /H 1 /BPC 8 /CS /G ID x EI '.repeat(20_000)}`),
    ends: LIMITED,
  },
});

const FONTS: readonly HostileEntry[] = entriesOf('pdf', {
  'a map of ranges without end': {
    attacks: 'loops over stated ranges',
    make: () =>
      withMap(cmap(`100 beginbfrange\n${'<00000000> <ffffffff> <0041>\n'.repeat(100)}endbfrange`)),
    ends: LIMITED,
  },
  'a thousand ranges of 65,536': {
    attacks: 'loops over stated ranges',
    make: () =>
      withMap(cmap(`1000 beginbfrange\n${'<0000> <ffff> <0041>\n'.repeat(1_000)}endbfrange`)),
    ends: LIMITED,
  },
  'a map onto a text of a megabyte': {
    attacks: 'text that grows by 1,000,000 a letter',
    make: () =>
      withMap(cmap(`1 beginbfrange\n<0041> <0045> <${'0041'.repeat(1_000_000)}>\nendbfrange`)),
    ends: LIMITED,
  },
  'a map onto half characters': {
    attacks: 'text with half characters',
    make: () => withMap(cmap('1 beginbfrange\n<0000> <ffff> <d800>\nendbfrange')),
    ends: LIMITED,
  },
  'a map that uses itself': {
    attacks: 'usecmap in a ring',
    make: () =>
      encodedBy(streamBody(cmap('/X usecmap'), '/Type /CMap /CMapName /X /UseCMap 15 0 R')),
    ends: LIMITED,
  },
  'two maps that use each other': {
    attacks: 'usecmap in a ring',
    make: () =>
      encodedBy(streamBody(cmap(''), '/Type /CMap /CMapName /X /UseCMap 17 0 R'), [
        streamBody(cmap(''), '/Type /CMap /CMapName /Y /UseCMap 15 0 R'),
      ]),
    ends: LIMITED,
  },
  'a map of CID ranges without end': {
    attacks: 'loops over stated ranges',
    make: () =>
      encodedBy(
        streamBody(
          cmap(`100 begincidrange\n${'<00000000> <ffffffff> 0\n'.repeat(100)}endcidrange`),
          '/Type /CMap /CMapName /X',
        ),
      ),
    ends: LIMITED,
  },
  'a map that never ends': {
    attacks: 'the scanner of maps',
    make: () => withMap('begincmap 1 beginbfrange <00'),
    ends: LIMITED,
  },
  'a map named like a path': {
    attacks: 'reads a file of this machine',
    make: () => encodedBy('/..#2f..#2f..#2f..#2fetc#2fpasswd'),
    ends: LIMITED,
  },
  'a font of noise': {
    attacks: 'the reader of fonts',
    make: (random) =>
      withFontFile(Buffer.from(Array.from({ length: 50_000 }, () => Math.floor(random() * 256)))),
    ends: LIMITED,
  },
  'a font of 65,535 tables': {
    attacks: 'the reader of fonts',
    make: () =>
      withFontFile(
        Buffer.concat([
          Buffer.from('00010000ffff000000000000', 'hex'),
          Buffer.alloc(65_535 * 16, 0x7f),
        ]),
      ),
    ends: LIMITED,
  },
  'a font that calls itself': {
    attacks: 'the PostScript of Type 1',
    make: () =>
      withFontFile(
        Buffer.from(`%!PS\n/Subrs 2147483647 array\n${'dup 0 2147483647 RD '.repeat(1_000)}`),
        'FontFile',
      ),
    ends: LIMITED,
  },
  'a Type 3 font that draws itself': {
    attacks: 'recursion of drawing',
    make: () =>
      onePage('BT /F9 16 Tf 1 0 0 1 80 700 Tm (a) Tj ET', {
        pages: '<< /Type /Pages /Kids [15 0 R] /Count 1 >>',
        more: [
          '<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1 1] /FontMatrix [1 0 0 1 0 0] /CharProcs << /a 14 0 R >> /Encoding << /Differences [97 /a] >> /FirstChar 97 /LastChar 97 /Widths [1] /Resources << /Font << /F9 13 0 R >> >> >>',
          streamBody('1 0 d0 BT /F9 16 Tf (a) Tj (a) Tj ET'),
          '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 12 0 R /Resources << /Font << /F9 13 0 R >> >> >>',
        ],
      }),
    ends: LIMITED,
  },
  'widths of two milliards of glyphs': {
    // pdf.js writes them down one by one; nothing outside of it knows where such a list stands.
    attacks: 'loops over stated ranges',
    make: () => withFontFile(Buffer.from('x'), 'FontFile2', '0 2147483647 500'),
    ends: ['MEMORY_LIMIT', 'TIME_LIMIT', ...LIMITED],
  },
  'widths of a million': {
    attacks: 'lists of widths',
    make: () =>
      onePage(WORDS, {
        more: [`<< /W [0 2147483647 500 ${flood(300_000, (at) => `${at} [500] `)}] >>`],
      }),
    ends: LIMITED,
  },
});

function withFontFile(content: Buffer, key = 'FontFile2', widths = '0 9 500'): Uint8Array {
  return onePage('BT /F9 16 Tf 1 0 0 1 80 700 Tm <00410042> Tj ET', {
    pages: '<< /Type /Pages /Kids [16 0 R] /Count 1 >>',
    more: [
      '<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [14 0 R] >>',
      `<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 1000 /W [${widths}] /FontDescriptor 15 0 R >>`,
      `<< /Type /FontDescriptor /FontName /X /Flags 4 /${key} 17 0 R >>`,
      '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 12 0 R /Resources << /Font << /F9 13 0 R >> >> >>',
      streamBody(content, `/Length1 ${content.length}`, true),
    ],
  });
}

const jbig2Segment = (type: number, content: Buffer): Buffer => {
  const head = Buffer.alloc(11);
  head.writeUInt8(type, 4);
  head.writeUInt8(1, 6);
  head.writeUInt32BE(content.length, 7);
  return Buffer.concat([head, content]);
};

const u32 = (...numbers: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(numbers.length * 4);
  for (const [at, number] of numbers.entries()) bytes.writeUInt32BE(number >>> 0, at * 4);
  return bytes;
};

const jpx = (width: number, height: number): Buffer =>
  Buffer.concat([
    Buffer.from('ff4fff51002f0000', 'hex'),
    u32(width, height, 0, 0, 1, 1, 0, 0),
    Buffer.from('0003070101070101070101', 'hex'),
    Buffer.from('ff52', 'hex'),
  ]);

const GREY = '/ColorSpace /DeviceGray /BitsPerComponent 8';
const FAX = '/ColorSpace /DeviceGray /BitsPerComponent 1';

/** Each picture is met twice: beside words, and by the reader of scans that must draw it. */
const PICTURES: Readonly<Record<string, { attacks: string; make: () => Uint8Array }>> = {
  'a picture of 60,000 by 60,000': {
    attacks: 'allocation by a stated size',
    make: () =>
      pictured(
        `/Width 60000 /Height 60000 ${GREY} /Filter /FlateDecode`,
        deflateSync(Buffer.alloc(100_000)),
      ),
  },
  'a picture of 2^31 by 2^31': {
    attacks: 'sizes that wrap around',
    make: () => pictured(`/Width 2147483647 /Height 2147483647 ${GREY}`, Buffer.alloc(1_000)),
  },
  'JBIG2 cut off': {
    attacks: 'the decoder',
    make: () =>
      pictured(
        `/Width 1000 /Height 1000 ${FAX} /Filter /JBIG2Decode`,
        jbig2Segment(48, u32(1_000, 1_000, 0, 0)).subarray(0, 14),
      ),
  },
  'JBIG2 of 2^32 by 2^32': {
    attacks: 'allocation by a stated size',
    make: () =>
      pictured(
        `/Width 1000 /Height 1000 ${FAX} /Filter /JBIG2Decode`,
        Buffer.concat([
          jbig2Segment(48, Buffer.concat([u32(-1, -1, 0, 0), Buffer.alloc(3)])),
          jbig2Segment(38, Buffer.concat([u32(-1, -1, 0, 0), Buffer.alloc(40, 0xaa)])),
        ]),
      ),
  },
  'JBIG2 symbols without end': {
    attacks: 'loops over a stated count',
    make: () =>
      pictured(
        `/Width 1000 /Height 1000 ${FAX} /Filter /JBIG2Decode`,
        Buffer.concat([
          jbig2Segment(48, Buffer.concat([u32(1_000, 1_000, 0, 0), Buffer.alloc(3)])),
          jbig2Segment(0, Buffer.concat([Buffer.alloc(10), u32(-1, -1), Buffer.alloc(200, 0x55)])),
        ]),
      ),
  },
  'JPX cut off': {
    attacks: 'the decoder',
    make: () =>
      pictured('/Width 1000 /Height 1000 /Filter /JPXDecode', jpx(1_000, 1_000).subarray(0, 30)),
  },
  'JPX of 2^31 by 2^31': {
    attacks: 'allocation by a stated size',
    make: () =>
      pictured('/Width 1000 /Height 1000 /Filter /JPXDecode', jpx(0x7fffffff, 0x7fffffff)),
  },
  'fax of 2^31 columns': {
    attacks: 'allocation by a parameter',
    make: () =>
      pictured(
        `/Width 1000 /Height 1000 ${FAX} /Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns 2147483647 /Rows 2147483647 >>`,
        Buffer.alloc(5_000, 0x55),
      ),
  },
  'a JPEG of 65,535 by 65,535': {
    attacks: 'allocation by a stated size',
    make: () =>
      pictured(
        '/Width 65535 /Height 65535 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode',
        Buffer.from(
          'ffd8ffc0001108ffffffff03011100021100031100ffda000c03010002000300003f00ffd9',
          'hex',
        ),
      ),
  },
  'a mask that is its own mask': {
    attacks: 'a walk from picture to picture',
    make: () => pictured(`/Width 100 /Height 100 ${GREY} /SMask 13 0 R`, Buffer.alloc(10_000)),
  },
};

const drawnAlone = (pdf: Uint8Array): Uint8Array =>
  latin(Buffer.from(pdf).toString('latin1').replace(WORDS, ' '.repeat(WORDS.length)));

const PICTURE_ENTRIES: readonly HostileEntry[] = [
  ...entriesOf(
    'pdf',
    Object.fromEntries(
      Object.entries(PICTURES).map(([name, entry]) => [
        `${name}, beside words`,
        { ...entry, ends: ['text', 'DAMAGED', 'MEMORY_LIMIT'] },
      ]),
    ),
  ),
  ...entriesOf(
    'pdf',
    Object.fromEntries(
      Object.entries(PICTURES).map(([name, { attacks, make }]) => [
        `${name}, to be drawn`,
        {
          attacks,
          make: () => drawnAlone(make()),
          ends: ['NO_TEXT', 'SCAN_UNREADABLE', 'TOO_LARGE', 'DAMAGED', 'MEMORY_LIMIT'],
          reader: 'scan' as const,
        },
      ]),
    ),
  ),
];

export const PDFS: readonly HostileEntry[] = [
  ...STRUCTURE,
  ...SWELLING,
  ...FONTS,
  ...PICTURE_ENTRIES,
];
