/** Tells web pages, mail, xml, rich text and plain text apart by what the decoded beginning says. */
import type { Refusal } from '../../domain/refusal.ts';
import { refusal } from '../../domain/refusal.ts';
import type { Result } from '../../domain/result.ts';
import { accept, refuse } from '../../domain/result.ts';
import type { Format } from '../../domain/text.ts';
import { declaredIn, decodeText } from '../charset.ts';
import { isSurelyDelimited } from '../sheets/delimited.ts';

const SAMPLE_BYTES = 65_536;
const MOST_CONTROLS = 1 / 200;
const FEWEST_CLOSING_TAGS = 3;

const OPENING =
  /^<(?:!doctype\s{1,9}html|html|head|body|meta|title|div|table|p|span|center|font|style|script|h[1-6]|ul|ol|dl|br|article|section|!--\s{0,9}\[if)\b/iu;
const HTML_ROOT = /<(?:!doctype\s{1,9}html|html)[\s>]/iu;
const CLOSING = /<\/(?:html|body|head|p|div|table|td|tr|span|font|a|h[1-6]|li|ul)\s{0,9}>/giu;
const XML_HTML =
  /^<\?xml[^>]{0,300}>\s{0,99}(?:<!--[\s\S]{0,2000}?-->\s{0,99}){0,5}(?:<!doctype\s{1,9}html|<html)[\s>]/iu;
const WORD_XML =
  /progid="Word\.Document"|<w:wordDocument|http:\/\/schemas\.microsoft\.com\/office\/2006\/xmlPackage/u;
const SHEET_XML = /progid="Excel\.Sheet"|urn:schemas-microsoft-com:office:spreadsheet/u;
const OPEN_TEXT = /office:mimetype="application\/vnd\.oasis\.opendocument\.text/u;
const MAIL_HEADER =
  /^(?:mime-version|received|return-path|message-id|from|date|subject|content-type|x-[\w-]{1,40}):[ \t]/iu;
const MAIL_PROOF = /^(?:mime-version|message-id|received|return-path):[ \t]/imu;
const CONTROL = /[\u0000-\u0008\u000e-\u0019\u001b-\u001f\u007f]/gu;

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

export interface Kind {
  readonly format: Format;
  readonly detail: string;
}

const xmlKind = (head: string): Kind => {
  if (WORD_XML.test(head)) return { format: 'xml', detail: 'Word XML (.xml)' };
  if (SHEET_XML.test(head)) return { format: 'xml', detail: 'Excel XML (.xml)' };
  if (OPEN_TEXT.test(head)) return { format: 'odt', detail: 'OpenDocument (.fodt)' };
  return { format: 'xml', detail: 'XML' };
};

const mailKind = (head: string): Kind | null => {
  if (!MAIL_HEADER.test(head)) return null;
  const headers = head.slice(0, 16_384);
  if (/content-type:\s{0,9}multipart\/related/iu.test(headers) && /^mime-version:/imu.test(headers))
    return { format: 'eml', detail: 'MHTML (.mht)' };
  return MAIL_PROOF.test(headers) ? { format: 'eml', detail: 'mail (.eml)' } : null;
};

const plainKind = (head: string): Kind =>
  isSurelyDelimited(head)
    ? { format: 'csv', detail: 'CSV (.csv)' }
    : { format: 'txt', detail: 'text' };

/** The kind of a text by its decoded beginning; plain text where nothing else is certain. */
export const kindOfText = (decoded: string): Kind => {
  const head = decoded.replace(/^[\s\ufeff]+/u, '');
  if (head.startsWith('{\\rtf')) return { format: 'rtf', detail: 'RTF (.rtf)' };
  if (XML_HTML.test(head)) return { format: 'html', detail: 'XHTML' };
  if (head.startsWith('<?xml') || WORD_XML.test(head.slice(0, 2_000)))
    return HTML_ROOT.test(head.slice(0, 8_192))
      ? { format: 'html', detail: 'XHTML' }
      : xmlKind(head);
  if (OPENING.test(head) || HTML_ROOT.test(head)) return { format: 'html', detail: 'HTML' };
  const mail = mailKind(head);
  if (mail !== null) return mail;
  if (head.startsWith('<!--') && count(head, CLOSING) > 0)
    return { format: 'html', detail: 'HTML' };
  if (count(head, CLOSING) >= FEWEST_CLOSING_TAGS) return { format: 'html', detail: 'HTML' };
  return plainKind(head);
};

const isBinary = (text: string): boolean => count(text, CONTROL) > text.length * MOST_CONTROLS;

/** Refuses bytes that are no text with UNKNOWN_FORMAT, text of no known character set with UNKNOWN_CHARSET. */
export const sniffText = (bytes: Uint8Array): Result<Kind, Refusal> => {
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  const decoded = decodeText(sample, { declared: declaredIn(sample) });
  if (decoded.ok) {
    if (isBinary(decoded.value.text)) return refuse(refusal('UNKNOWN_FORMAT', 'binary'));
    return accept(kindOfText(decoded.value.text));
  }
  // Broken UTF-16 is text all the same: its reader says what is broken, or that only the sample was cut.
  if (decoded.error.kind === 'BROKEN_UNICODE') return accept({ format: 'txt', detail: 'text' });
  const plain = new TextDecoder('latin1').decode(sample);
  return refuse(isBinary(plain) ? refusal('UNKNOWN_FORMAT', 'binary') : decoded.error);
};
