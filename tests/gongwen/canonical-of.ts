import { type CanonicalText, quoteHolds } from '../../shared/domain/text.ts';

export const canonicalOf = (
  text: string,
  metadata: Record<string, string> = {},
): CanonicalText => ({ text, blocks: [], pages: [], format: 'txt', metadata, warnings: [] });

interface Quoted {
  readonly quote: { readonly start: number; readonly end: number; readonly quote: string };
}

const isQuoted = (node: unknown): node is Quoted =>
  typeof node === 'object' && node !== null && 'quote' in node && typeof node.quote === 'object';

/** Every quote anywhere in what was recognised says what the text says at its place. */
export const allQuotesHold = (text: string, elements: object): boolean =>
  Object.values(elements)
    .flat()
    .filter(isQuoted)
    .every(({ quote }) => quoteHolds(text, quote));
