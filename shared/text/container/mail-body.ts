/** The text of a mail: its subject as title, then what it says, read like a page or a plain text. */
import type { Refusal } from '../../domain/refusal.ts';
import { accept, type Result } from '../../domain/result.ts';
import type { CanonicalText } from '../../domain/text.ts';
import { readHtml } from '../read-html.ts';
import { readTxt } from '../read-txt.ts';

export interface MailBody {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Refuses as the reader of pages or texts does; null where the mail says nothing. */
export const readMailBody = async (
  { subject, text, html }: MailBody,
  format: 'eml' | 'msg',
): Promise<Result<CanonicalText | null, Refusal>> => {
  const page = `<!doctype html><meta charset="utf-8"><body><h1>${escaped(subject)}</h1>${html}`;
  const read =
    html.trim() === ''
      ? await readTxt(encode(`${subject}\n\n${text}`))
      : await readHtml(encode(page));
  if (!read.ok) return read.error.kind === 'NO_TEXT' ? accept(null) : read;
  return accept({ ...read.value, format });
};
