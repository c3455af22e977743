/** Namespaces of OpenDocument 1.2–1.3 under the prefixes that the reader uses. */

const OASIS = 'urn:oasis:names:tc:opendocument:xmlns';

export const ODF_NAMESPACES: ReadonlyMap<string, string> = new Map([
  [`${OASIS}:office:1.0`, 'office'],
  [`${OASIS}:text:1.0`, 'text'],
  [`${OASIS}:table:1.0`, 'table'],
  [`${OASIS}:style:1.0`, 'style'],
  [`${OASIS}:drawing:1.0`, 'draw'],
  [`${OASIS}:meta:1.0`, 'meta'],
  [`${OASIS}:manifest:1.0`, 'manifest'],
  [`${OASIS}:xsl-fo-compatible:1.0`, 'fo'],
  [`${OASIS}:svg-compatible:1.0`, 'svg'],
  ['urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0', 'loext'],
  ['http://purl.org/dc/elements/1.1/', 'dc'],
  ['http://www.w3.org/XML/1998/namespace', 'xml'],
]);
