/** Zips hand-written OpenDocument text and sheets, or writes them flat. */
import { strToU8, zipSync } from 'fflate';

const OASIS = 'urn:oasis:names:tc:opendocument:xmlns';
const NAMESPACES = [
  ['office', 'office'],
  ['text', 'text'],
  ['table', 'table'],
  ['style', 'style'],
  ['draw', 'drawing'],
  ['fo', 'xsl-fo-compatible'],
  ['svg', 'svg-compatible'],
  ['meta', 'meta'],
]
  .map(([prefix, name]) => `xmlns:${prefix}="${OASIS}:${name}:1.0"`)
  .concat(
    'xmlns:dc="http://purl.org/dc/elements/1.1/"',
    'xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"',
  )
  .join(' ');

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>';

export const odfXml = (root: string, inside: string, more = ''): string =>
  `${HEAD}<office:${root} ${NAMESPACES} ${more} office:version="1.3">${inside}</office:${root}>`;

export interface RawOdf {
  /** Inside office:text, or office:spreadsheet for sheets. */
  readonly body?: string;
  /** Inside office:automatic-styles of content.xml. */
  readonly automatic?: string;
  /** Inside office:styles. */
  readonly styles?: string;
  /** Inside the master page: headers and footers. */
  readonly master?: string;
  readonly meta?: string;
  readonly kind?: 'text' | 'spreadsheet';
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
}

const masterOf = ({ master = '' }: RawOdf): string =>
  `<office:master-styles><style:master-page style:name="Standard">${master}</style:master-page></office:master-styles>`;

const bodyOf = ({ automatic = '', body = '', kind = 'text' }: RawOdf): string =>
  `<office:automatic-styles>${automatic}</office:automatic-styles><office:body><office:${kind}>${body}</office:${kind}></office:body>`;

export const rawOdf = (parts: RawOdf): Uint8Array => {
  const { styles = '', meta = '', kind = 'text', files = {} } = parts;
  const own: Record<string, string | Uint8Array> = {
    'content.xml': odfXml('document-content', bodyOf(parts)),
    'styles.xml': odfXml(
      'document-styles',
      `<office:styles>${styles}</office:styles>${masterOf(parts)}`,
    ),
    'meta.xml': odfXml('document-meta', `<office:meta>${meta}</office:meta>`),
    'META-INF/manifest.xml': `${HEAD}<manifest:manifest xmlns:manifest="${OASIS}:manifest:1.0"/>`,
    ...files,
  };
  const bytes = Object.entries(own).map(([name, content]) => [
    name,
    typeof content === 'string' ? strToU8(content) : content,
  ]);
  return zipSync(
    {
      mimetype: [strToU8(`application/vnd.oasis.opendocument.${kind}`), { level: 0 }],
      ...Object.fromEntries(bytes),
    },
    { level: 6 },
  );
};

/** One XML without a zip (.fodt). */
export const flatOdt = (parts: RawOdf): Uint8Array =>
  strToU8(
    odfXml(
      'document',
      `<office:meta>${parts.meta ?? ''}</office:meta><office:styles>${parts.styles ?? ''}</office:styles>${masterOf(parts)}${bodyOf(parts)}`,
      'office:mimetype="application/vnd.oasis.opendocument.text"',
    ),
  );

export const p = (text: string, style = 'Standard'): string =>
  `<text:p text:style-name="${style}">${text}</text:p>`;

export const h = (text: string, level: number): string =>
  `<text:h text:outline-level="${level}">${text}</text:h>`;

export const td = (inside: string, more = ''): string =>
  `<table:table-cell ${more}>${inside.startsWith('<') ? inside : p(inside)}</table:table-cell>`;

export const COVERED = '<table:covered-table-cell/>';

export const row = (cells: readonly string[], more = ''): string =>
  `<table:table-row ${more}>${cells.join('')}</table:table-row>`;

export const table = (rows: readonly string[]): string =>
  `<table:table table:name="表">${rows.join('')}</table:table>`;
