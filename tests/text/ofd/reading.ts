/** Shortens what the tests of the readers ask: the text, or the name of the refusal. */
import type { Refusal } from '../../../shared/domain/refusal.ts';
import type { Result } from '../../../shared/domain/result.ts';
import { type CanonicalText, canonicalTextSchema } from '../../../shared/domain/text.ts';
import { readOfd } from '../../../shared/text/read-ofd.ts';

export type Read = (bytes: Uint8Array) => Promise<Result<CanonicalText, Refusal>>;

/** The text by `read`; its shape is checked too. */
export const textBy = async (read: Read, bytes: Uint8Array): Promise<CanonicalText> => {
  const result = await read(bytes);
  if (!result.ok) throw new Error(`refused: ${result.error.kind} ${result.error.detail}`);
  const { text, blocks } = canonicalTextSchema.parse(result.value);
  if (blocks.map(({ start, end }) => text.slice(start, end)).join('\n') !== text)
    throw new Error('the blocks are not the text');
  return result.value;
};

export const refusalBy = async (read: Read, bytes: Uint8Array): Promise<string> => {
  const result = await read(bytes);
  return result.ok ? 'text' : result.error.kind;
};

/** `W_CODE detail`, in order. */
export const warningsOf = ({ warnings }: CanonicalText): string[] =>
  warnings.map(({ code, detail }) => `${code} ${detail}`.trim());

export const ofdText = (bytes: Uint8Array): Promise<CanonicalText> => textBy(readOfd, bytes);
