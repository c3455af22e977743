/** Zips hand-written OFD (GB/T 33190—2016) packages: pages of placed text and lines, and what stands beside them. */
import { strToU8, zipSync } from 'fflate';

const NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"';
const HEAD = '<?xml version="1.0" encoding="UTF-8"?>';

/** A whole part around `inside`. */
export const ofdXml = (root: string, inside: string): string =>
  `${HEAD}<ofd:${root} ${NAMESPACE}>${inside}</ofd:${root}>`;

export interface OfdText {
  readonly x: number;
  readonly y: number;
  readonly size?: number;
  /** Further attributes of the TextObject. */
  readonly more?: string;
  readonly id?: number;
}

/** One line of text: 汉字 one em apart, the others half an em. `x`, `y` (of the baseline) and `size` in millimetres. */
export const textObject = (
  text: string,
  { x, y, size = 5, more = '', id = 0 }: OfdText,
): string => {
  const deltas = [...text].slice(0, -1).map((one) => (one > '\u2000' ? size : size / 2));
  return `<ofd:TextObject ID="${id}" Boundary="${x} ${y - size} 150 ${size * 1.3}" Font="1" Size="${size}" ${more}><ofd:TextCode X="0" Y="${size}" DeltaX="${deltas.join(' ')}">${text}</ofd:TextCode></ofd:TextObject>`;
};

/** Glyphs without characters. */
export const glyphObject = (glyphs: readonly number[], { x, y, size = 5 }: OfdText): string =>
  `<ofd:TextObject ID="9" Boundary="${x} ${y - size} 150 ${size}" Font="1" Size="${size}"><ofd:CGTransform CodePosition="0" CodeCount="0" GlyphCount="${glyphs.length}"><ofd:Glyphs>${glyphs.join(' ')}</ofd:Glyphs></ofd:CGTransform></ofd:TextObject>`;

export const line = (from: readonly [number, number], to: readonly [number, number]): string =>
  `<ofd:PathObject ID="8" Boundary="0 0 210 297" LineWidth="0.3"><ofd:AbbreviatedData>M ${from.join(' ')} L ${to.join(' ')}</ofd:AbbreviatedData></ofd:PathObject>`;

export const picture = (width = 200, height = 280): string =>
  `<ofd:ImageObject ID="7" Boundary="0 0 ${width} ${height}" ResourceID="3"/>`;

/** A ruled table: `columns` and `rows` are the places of its lines in millimetres; each cell holds one line of text. */
export const ruledTable = (
  columns: readonly number[],
  rows: readonly number[],
  cells: readonly (readonly string[])[],
): string => {
  const [left = 0, right = 0] = [columns[0], columns.at(-1)];
  const [top = 0, bottom = 0] = [rows[0], rows.at(-1)];
  const across = rows.map((y) => line([left, y], [right, y]));
  const down = columns.map((x) => line([x, top], [x, bottom]));
  const texts = cells.flatMap((row, at) =>
    row.map((text, column) =>
      textObject(text, { x: (columns[column] ?? 0) + 2, y: (rows[at] ?? 0) + 7, size: 4 }),
    ),
  );
  return [...across, ...down, ...texts].join('');
};

export interface OfdPagePart {
  readonly content: string;
  /** IDs of templates. */
  readonly templates?: readonly number[];
}

/** Files under their own names win over the ones that are made. */
export interface RawOfd {
  readonly pages?: readonly (string | OfdPagePart)[];
  /** By ID, from 100. */
  readonly templates?: readonly string[];
  /** Inside OFD.xml, in DocBody. */
  readonly body?: string;
  /** Inside Document.xml. */
  readonly document?: string;
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
}

const pageXml = (page: string | OfdPagePart): string => {
  const { content, templates = [] } = typeof page === 'string' ? { content: page } : page;
  const used = templates.map((id) => `<ofd:Template TemplateID="${id}" ZOrder="Background"/>`);
  return ofdXml(
    'Page',
    `<ofd:Area><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:Area>${used.join('')}<ofd:Content><ofd:Layer ID="2">${content}</ofd:Layer></ofd:Content>`,
  );
};

const documentFiles = (
  folder: string,
  { pages = [], templates = [], document = '' }: RawOfd,
): Record<string, string> => {
  const shared = templates.map(
    (_, at) => `<ofd:TemplatePage ID="${100 + at}" BaseLoc="Tpls/Tpl_${at}.xml"/>`,
  );
  const listed = pages.map(
    (_, at) => `<ofd:Page ID="${at + 1}" BaseLoc="Pages/Page_${at}/Content.xml"/>`,
  );
  return {
    [`${folder}/Document.xml`]: ofdXml(
      'Document',
      `<ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>${shared.join('')}</ofd:CommonData><ofd:Pages>${listed.join('')}</ofd:Pages>${document}`,
    ),
    ...Object.fromEntries(
      templates.map((content, at) => [`${folder}/Tpls/Tpl_${at}.xml`, pageXml(content)]),
    ),
    ...Object.fromEntries(
      pages.map((page, at) => [`${folder}/Pages/Page_${at}/Content.xml`, pageXml(page)]),
    ),
  };
};

const bytesOf = (
  files: Readonly<Record<string, string | Uint8Array>>,
): Record<string, Uint8Array> =>
  Object.fromEntries(
    Object.entries(files).map(([name, content]) => [
      name,
      typeof content === 'string' ? strToU8(content) : content,
    ]),
  );

/** Several documents in one package. */
export const rawOfds = (documents: readonly RawOfd[]): Uint8Array => {
  const bodies = documents.map(
    ({ body = '' }, at) =>
      `<ofd:DocBody><ofd:DocInfo><ofd:Title>第${at + 1}件</ofd:Title><ofd:Author>某某</ofd:Author></ofd:DocInfo><ofd:DocRoot>Doc_${at}/Document.xml</ofd:DocRoot>${body}</ofd:DocBody>`,
  );
  const files = documents.map((document, at) => documentFiles(`Doc_${at}`, document));
  const own = documents.map((document) => document.files ?? {});
  return zipSync(
    bytesOf(Object.assign({ 'OFD.xml': ofdXml('OFD', bodies.join('')) }, ...files, ...own)),
    { level: 6 },
  );
};

export const rawOfd = (parts: RawOfd): Uint8Array => rawOfds([parts]);
