/** Makes docx files that mean harm: bombs, lies, deep nests, floods and stumps. */
import { Zip, ZipDeflate, zipSync } from 'fflate';
import { documentXml, p, rawDocx, rawFiles } from './raw-docx.ts';

const documentFile = (xml: string): Uint8Array => rawDocx({ files: { 'word/document.xml': xml } });

const body = (inside: string): Uint8Array => documentFile(documentXml(inside));

const joined = (chunks: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(chunks));

/** A docx whose part `name` inflates to `megabytes` of the letter a; made piece by piece. */
export const bomb = (name: string, megabytes: number): Uint8Array => {
  const chunks: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error !== null) throw error;
    chunks.push(chunk);
  });
  const others = rawFiles({ body: p('正文') });
  for (const [part, content] of Object.entries(others)) {
    if (part === name || !(content instanceof Uint8Array)) continue;
    const file = new ZipDeflate(part, { level: 6 });
    zip.add(file);
    file.push(content, true);
  }
  const file = new ZipDeflate(name, { level: 6 });
  zip.add(file);
  const [head = '', tail = ''] = documentXml('@').split('@');
  file.push(Buffer.from(`${head}<w:p><w:r><w:t>`));
  const megabyte = new Uint8Array(2 ** 20).fill(97);
  for (let count = 0; count < megabytes; count += 1) file.push(megabyte);
  file.push(Buffer.from(`</w:t></w:r></w:p>${tail}`), true);
  zip.end();
  return joined(chunks);
};

/** Changes what the directory says of every entry: its inflated size. */
export const claiming = (zip: Uint8Array, bytes: number): Uint8Array => {
  const lied = Uint8Array.from(zip);
  const view = new DataView(lied.buffer);
  for (let at = 0; at + 46 < lied.length; at += 1)
    if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, bytes, true);
  return lied;
};

/** `count` times what `write` makes of a number that does not repeat: enough noise to stay under the packing ratio. */
const noisy = (count: number, write: (noise: number) => string): string => {
  const chunks: string[] = [];
  let noise = 1;
  for (let index = 0; index < count; index += 1) {
    noise = (noise * 48_271) % 2_147_483_647;
    chunks.push(write(noise));
  }
  return chunks.join('');
};

const letterParagraph = (noise: number): string =>
  `<w:p w:rsidR="${noise.toString(16)}"><w:r><w:t>a</w:t></w:r></w:p>`;

const nested = (open: string, close: string, depth: number): string =>
  open.repeat(depth) + p('深') + close.repeat(depth);

const entities = `<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">${'bcdefghij'
  .split('')
  .map((name, index) => `<!ENTITY ${name} "${`&${'abcdefghi'[index]};`.repeat(10)}">`)
  .join('')}]>`;

const doctype = (declaration: string, reference: string): Uint8Array =>
  documentFile(
    documentXml(p(reference)).replace('standalone="yes"?>', `standalone="yes"?>${declaration}`),
  );

const whole = (): Uint8Array => rawDocx({ body: p('正文').repeat(200) });

const flipped = (): Uint8Array => {
  const bytes = Uint8Array.from(rawDocx({ body: p('正文'.repeat(500)) }));
  const at = Math.floor(bytes.length / 2);
  bytes[at] = (bytes[at] ?? 0) ^ 0xff;
  return bytes;
};

const manyEntries = (): Uint8Array =>
  zipSync(
    Object.fromEntries(
      Array.from({ length: 20_001 }, (_, index) => [`${index}`, new Uint8Array()]),
    ),
    { level: 0 },
  );

export interface Hostile {
  readonly name: string;
  readonly make: () => Uint8Array;
  /** The refusal it must end in; null where its text must be read. */
  readonly kind: string | null;
}

const refused = (kind: string, name: string, make: () => Uint8Array): Hostile => ({
  name,
  make,
  kind,
});
const harmless = (name: string, make: () => Uint8Array): Hostile => ({ name, make, kind: null });

export const HOSTILE: readonly Hostile[] = [
  refused('ARCHIVE_LIMIT', '100 MB document.xml', () => bomb('word/document.xml', 100)),
  refused('ARCHIVE_LIMIT', '100 MB document.xml that claims 1000 bytes', () =>
    claiming(bomb('word/document.xml', 100), 1_000),
  ),
  harmless('100 MB media entry that nothing refers to', () => bomb('word/media/image1.png', 100)),
  refused('ARCHIVE_LIMIT', '20,001 entries', manyEntries),
  refused('FORBIDDEN_XML', 'external entity', () =>
    doctype('<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>', '&x;'),
  ),
  refused('FORBIDDEN_XML', 'billion laughs', () => doctype(entities, '&j;')),
  refused('FORBIDDEN_XML', 'DOCTYPE in styles.xml', () =>
    rawDocx({ body: p('文'), styles: '', files: { 'word/styles.xml': '<!DOCTYPE s><s/>' } }),
  ),
  refused('STRUCTURE_LIMIT', '100,000 nested content controls', () =>
    body(nested('<w:sdt><w:sdtContent>', '</w:sdtContent></w:sdt>', 50_000)),
  ),
  refused('STRUCTURE_LIMIT', '3,000 nested tables', () =>
    body(nested('<w:tbl><w:tr><w:tc>', '</w:tc></w:tr></w:tbl>', 3_000)),
  ),
  harmless('a million empty paragraphs', () => body('<w:p/>'.repeat(1_000_000) + p('末'))),
  refused('ARCHIVE_LIMIT', 'a million paragraphs all alike', () =>
    body('<w:p><w:r><w:t>a</w:t></w:r></w:p>'.repeat(1_000_000)),
  ),
  refused('STRUCTURE_LIMIT', 'a million paragraphs of one letter', () =>
    body(noisy(1_000_000, letterParagraph)),
  ),
  harmless('a quarter of a million paragraphs of one letter', () =>
    body(noisy(250_000, letterParagraph)),
  ),
  harmless('a cell of 300,000 lines, merged over two rows', () => {
    const cell = `<w:tc><w:tcPr><w:vMerge w:val="continue"/></w:tcPr>${noisy(300_000, letterParagraph)}</w:tc>`;
    const top = '<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr><w:p/></w:tc>';
    return body(`<w:tbl><w:tr>${top}</w:tr><w:tr>${cell}</w:tr></w:tbl>`);
  }),
  refused('STRUCTURE_LIMIT', 'a tag of 100,000 attributes', () =>
    body(`<w:p ${Array.from({ length: 100_000 }, (_, n) => `a${n}=""`).join(' ')}/>`),
  ),
  refused('STRUCTURE_LIMIT', 'namespaces declared anew at every tag', () => {
    const many = Array.from({ length: 250 }, (_, n) => `xmlns:n${n}="urn:${n}"`).join(' ');
    const flip = '<w:p xmlns:z="urn:z"/>';
    return body(`<w:sdt ${many}>${flip.repeat(200_000)}</w:sdt>`);
  }),
  refused('TEXT_TOO_LONG', 'one text of six million letters', () =>
    body(
      `<w:p><w:r><w:t>${noisy(6_000_000, (noise) => String.fromCodePoint(0x4e00 + (noise % 20_000)))}</w:t></w:r></w:p>`,
    ),
  ),
  harmless('half a million fields that never end', () => {
    const begin = noisy(
      250_000,
      (noise) =>
        `<w:fldChar w:fldCharType="begin" w:dirty="${noise}"/><w:fldChar w:fldCharType="separate"/>`,
    );
    return body(`<w:p><w:r>${begin}</w:r></w:p>${p('末').repeat(10_000)}`);
  }),
  harmless('a million blanks inside a text', () =>
    body(
      `<w:p><w:r><w:t>a${' '.repeat(1_000_000)}b</w:t></w:r><w:r><w:t>${' '.repeat(1_000_000)}c</w:t></w:r></w:p>`,
    ),
  ),
  harmless('../ and absolute names', () =>
    rawDocx({ body: p('正文'), files: { '../../evil.txt': 'x', '/etc/evil.txt': 'x' } }),
  ),
  harmless('an external picture', () =>
    rawDocx({
      body: p('正文'),
      files: {
        'word/_rels/document.xml.rels':
          '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="file:///etc/passwd" TargetMode="External"/></Relationships>',
      },
    }),
  ),
  refused('DAMAGED', 'a zip cut off at half', () => whole().subarray(0, whole().length >> 1)),
  refused('DAMAGED', 'a zip that lost its last ten bytes', () => whole().subarray(0, -10)),
  refused('DAMAGED', 'one byte turned over', flipped),
  refused('DAMAGED', 'nothing', () => new Uint8Array()),
  refused('DAMAGED', 'random bytes', () =>
    Uint8Array.from(
      { length: 5_000 },
      (_, index) => (index * 7_919 + (index >> 3) * 104_729) & 255,
    ),
  ),
  refused('DAMAGED', 'a renamed pdf', () => Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF')),
  refused('DAMAGED', 'an OLE container', () =>
    Uint8Array.from({ length: 4_096 }, (_, index) => [0xd0, 0xcf, 0x11, 0xe0][index] ?? 0),
  ),
  refused('DAMAGED', 'no document.xml', () => zipSync({ 'word/styles.xml': new Uint8Array(9) })),
  refused('DAMAGED', 'document.xml twice', () => {
    const two = zipSync({
      'word/document.xml': Buffer.from(documentXml(p('一'))),
      'word/document.xmk': Buffer.from(documentXml(p('二'))),
    });
    return new Uint8Array(
      Buffer.from(
        Buffer.from(two).toString('latin1').replaceAll('document.xmk', 'document.xml'),
        'latin1',
      ),
    );
  }),
  refused('DAMAGED', 'XML that breaks off', () => documentFile('<w:document><w:body>')),
  refused('DAMAGED', 'XML that is not UTF-8', () =>
    rawDocx({ files: { 'word/document.xml': new Uint8Array([0x3c, 0x61, 0x3e, 0xb9, 0xab]) } }),
  ),
  refused('DAMAGED', 'a spreadsheet', () =>
    rawDocx({ files: { 'word/document.xml': '<workbook xmlns="urn:x"/>' } }),
  ),
  refused('NO_TEXT', 'an empty document', () => body('<w:p/>')),
  refused('NO_TEXT_LAYER', 'a document of one picture', () =>
    body('<w:p><w:r><pic:pic/></w:r></w:p>'),
  ),
];
