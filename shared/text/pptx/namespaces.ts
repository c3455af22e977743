/** Namespaces of PresentationML, transitional and strict (ISO/IEC 29500), under the prefixes that the reader uses. */
import { DOCX_NAMESPACES } from '../docx/namespaces.ts';

export const PPTX_NAMESPACES: ReadonlyMap<string, string> = new Map([
  ...DOCX_NAMESPACES,
  ['http://schemas.openxmlformats.org/presentationml/2006/main', 'p'],
  ['http://purl.oclc.org/ooxml/presentationml/main', 'p'],
]);
