/** Reads a docx with our own pass and holds the result against mammoth's reading of the same file. */
import type { Refusal } from '../../domain/refusal.ts';
import type { Result } from '../../domain/result.ts';
import type { CanonicalText } from '../../domain/text.ts';
import { readDocx } from '../read-docx.ts';
import { crossCheck } from './cross-check.ts';
import { previewDocx } from './preview-docx.ts';

/** Larger files are not held against mammoth: it needs many times the memory and time of our pass. */
const MOST_BYTES = 2 ** 20;
const MOST_CHARACTERS = 200_000;

/** Below this share of agreeing characters a person should open the original. */
const LEAST_AGREEMENT = 0.98;

/** Refuses as `readDocx` does. A disagreement is a warning (W_READERS_DISAGREE with the share), never a refusal. */
export const checkedDocx = async (bytes: Uint8Array): Promise<Result<CanonicalText, Refusal>> => {
  const read = await readDocx(bytes);
  if (!read.ok || bytes.length > MOST_BYTES || read.value.text.length > MOST_CHARACTERS)
    return read;
  const preview = await previewDocx(bytes);
  const share = preview.ok ? crossCheck(preview.value, read.value).share : null;
  if (share === null || share >= LEAST_AGREEMENT) return read;
  const warning = { code: 'W_READERS_DISAGREE', detail: `${Math.floor(share * 100)} %` };
  return { ok: true, value: { ...read.value, warnings: [...read.value.warnings, warning] } };
};
