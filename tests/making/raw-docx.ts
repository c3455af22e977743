/** Zips hand-written WordprocessingML into a docx, for what no word processor's library will write. */
import { strToU8, type Zippable, zipSync } from 'fflate';

const MAIN = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';

const NAMESPACES = [
  `xmlns:w="${MAIN}"`,
  'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"',
  'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"',
  'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"',
  'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"',
  'xmlns:v="urn:schemas-microsoft-com:vml"',
  'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"',
].join(' ');

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';

const element = (name: string, inside: string): string =>
  `${HEAD}<w:${name} ${NAMESPACES}>${inside}</w:${name}>`;

/** A document part around `body`. */
export const documentXml = (body: string): string =>
  element('document', `<w:body>${body}</w:body>`);

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';

const relationshipsXml = (targets: readonly (readonly [string, string])[]): string =>
  `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${targets
    .map(([type, target], index) => {
      const uri = type === 'core-properties' ? `${PACKAGE}/relationships/metadata` : OFFICE;
      return `<Relationship Id="rId${index + 1}" Type="${uri}/${type}" Target="${target}"/>`;
    })
    .join('')}</Relationships>`;

/** What stands inside the root of each part; a part left out is not in the file. */
export interface RawParts {
  readonly body?: string;
  readonly styles?: string;
  readonly numbering?: string;
  readonly footnotes?: string;
  readonly endnotes?: string;
  readonly headers?: readonly string[];
  readonly footers?: readonly string[];
  readonly title?: string;
  /** Whole files under their own names; they win over the ones above. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
}

const optional = (parts: RawParts): [string, string, string][] => {
  const { styles, numbering, footnotes, endnotes, headers = [], footers = [] } = parts;
  const single = [
    ['styles', 'styles', styles],
    ['numbering', 'numbering', numbering],
    ['footnotes', 'footnotes', footnotes],
    ['endnotes', 'endnotes', endnotes],
  ] as const;
  const found: [string, string, string][] = single.flatMap(([type, root, inside]) =>
    inside === undefined ? [] : [[type, `${type}.xml`, element(root, inside)]],
  );
  for (const [index, inside] of headers.entries())
    found.push(['header', `header${index + 1}.xml`, element('hdr', inside)]);
  for (const [index, inside] of footers.entries())
    found.push(['footer', `footer${index + 1}.xml`, element('ftr', inside)]);
  return found;
};

const coreXml = (title: string): string =>
  `${HEAD}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${title}</dc:title><dc:creator>某某</dc:creator></cp:coreProperties>`;

/** The files of the package, before they are zipped. */
export const rawFiles = (parts: RawParts): Zippable => {
  const own = optional(parts);
  const files: Record<string, string | Uint8Array> = {
    '[Content_Types].xml': `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
    '_rels/.rels': relationshipsXml([
      ['officeDocument', 'word/document.xml'],
      ...(parts.title === undefined ? [] : [['core-properties', 'docProps/core.xml'] as const]),
    ]),
    'word/document.xml': documentXml(parts.body ?? ''),
    'word/_rels/document.xml.rels': relationshipsXml(own.map(([type, name]) => [type, name])),
    ...Object.fromEntries(own.map(([, name, xml]) => [`word/${name}`, xml])),
    ...(parts.title === undefined ? {} : { 'docProps/core.xml': coreXml(parts.title) }),
    ...parts.files,
  };
  return Object.fromEntries(
    Object.entries(files).map(([name, content]) => [
      name,
      typeof content === 'string' ? strToU8(content) : content,
    ]),
  );
};

export const rawDocx = (parts: RawParts): Uint8Array => zipSync(rawFiles(parts), { level: 6 });

/** A paragraph of one run; `properties` stand in its w:pPr. */
export const p = (text: string, properties = ''): string =>
  `<w:p><w:pPr>${properties}</w:pPr><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;

export const run = (text: string, properties = ''): string =>
  `<w:r><w:rPr>${properties}</w:rPr><w:t xml:space="preserve">${text}</w:t></w:r>`;

export const numbered = (text: string, numberId: number, level = 0): string =>
  p(text, `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="${numberId}"/></w:numPr>`);

/** One list level; `more` are further elements of w:lvl. */
export const level = (at: number, [format, text]: readonly [string, string], more = ''): string =>
  `<w:lvl w:ilvl="${at}"><w:start w:val="1"/><w:numFmt w:val="${format}"/>${more}<w:lvlText w:val="${text}"/></w:lvl>`;

export const list = (id: number, levels: string, more = ''): string =>
  `<w:abstractNum w:abstractNumId="${id}">${more}${levels}</w:abstractNum>`;

export const use = (numberId: number, listId: number, more = ''): string =>
  `<w:num w:numId="${numberId}"><w:abstractNumId w:val="${listId}"/>${more}</w:num>`;

/** A cell; `properties` stand in its w:tcPr. */
export const tc = (inside: string, properties = ''): string =>
  `<w:tc><w:tcPr>${properties}</w:tcPr>${inside.startsWith('<') ? inside : p(inside)}</w:tc>`;

export const tr = (cells: readonly string[], properties = ''): string =>
  `<w:tr><w:trPr>${properties}</w:trPr>${cells.join('')}</w:tr>`;

export const tbl = (rows: readonly string[]): string => `<w:tbl>${rows.join('')}</w:tbl>`;
