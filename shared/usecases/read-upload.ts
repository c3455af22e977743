/** Reads one file as far as a machine may: text, 公文 elements, personal data; or says why not. Stores nothing. */
import type { Elements } from '../domain/elements.ts';
import { type Refusal, type RefusalKind, refusal } from '../domain/refusal.ts';
import type { PersonalHit } from '../domain/screening.ts';
import type { CanonicalText } from '../domain/text.ts';
import { recognise } from '../gongwen/recognise.ts';
import { secrecyOfName } from '../gongwen/secrecy.ts';
import type { Capabilities } from '../ports.ts';
import { type Secrecy, screen } from '../screening/screen.ts';

export type Reading =
  | {
      readonly kind: 'read';
      readonly text: CanonicalText;
      readonly elements: Elements;
      readonly personal: readonly PersonalHit[];
      readonly flags: readonly string[];
    }
  | {
      readonly kind: 'aside';
      readonly state: 'refused' | 'scanning' | 'quarantined';
      readonly refusal: Refusal;
    };

const NEEDS_SCAN: ReadonlySet<RefusalKind> = new Set([
  'NO_TEXT_LAYER',
  'GARBLED_TEXT',
  'PAGES_WITHOUT_TEXT',
]);

export const aside = (why: Refusal): Extract<Reading, { kind: 'aside' }> => ({
  kind: 'aside',
  state: NEEDS_SCAN.has(why.kind) ? 'scanning' : 'refused',
  refusal: why,
});

const quarantined = ({ level, term }: Pick<Secrecy, 'level' | 'term'>): Reading => ({
  kind: 'aside',
  state: 'quarantined',
  refusal: refusal('SECRET_MARK', term === null ? level : `${level}★${term}`),
});

/** A 密级 mark sets the file aside before any of its text leaves this function; one in its name before it is opened. */
export const readUpload = async (
  { reader }: Pick<Capabilities, 'reader'>,
  bytes: Uint8Array,
  fileName: string,
): Promise<Reading> => {
  const marked = secrecyOfName(fileName);
  if (marked !== null) return quarantined(marked);
  const extracted = await reader.extract(bytes, fileName);
  if (!extracted.ok) return aside(extracted.error);
  return readText(extracted.value, fileName);
};

/** What is known of a text that was read; a 密级 mark sets it aside. */
export const readText = (text: CanonicalText, fileName: string): Reading => {
  const elements = recognise(text, fileName);
  const { secrecy, personal, flags } = screen(text, elements);
  if (secrecy !== null) return quarantined(secrecy);
  return { kind: 'read', text, elements, personal, flags };
};
