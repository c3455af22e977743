/** Reads a docx with our own pass and holds the result against mammoth's reading of the same file. */
import type { Refusal } from '../../domain/refusal.ts';
import type { Result } from '../../domain/result.ts';
import type { CanonicalText } from '../../domain/text.ts';
import { readDocx } from '../read-docx.ts';
import { openZip } from '../zip-parts.ts';
import { crossCheck } from './cross-check.ts';
import { previewDocx } from './preview-docx.ts';

/**
 * Larger files are not held against mammoth: it needs many times the memory and time of our pass. Every real notice at
 * hand has less XML (all 24: 54–605 KB, half of them up to 120 KB), which takes mammoth at most some 0.3 s.
 */
const MOST_BYTES = 2 ** 20;
const MOST_XML_BYTES = 640 * 1024;
const MOST_CHARACTERS = 200_000;

/** Below this share of agreeing characters a person should open the original. */
const LEAST_AGREEMENT = 0.98;

/** As the directory of the zip states it; where that is a lie, the bounds of `previewDocx` hold. */
const xmlBytes = (bytes: Uint8Array): number => {
  const zip = openZip(bytes);
  const parts = zip.ok ? zip.value.entries : [];
  return parts
    .filter(({ name }) => /\.(?:xml|rels)$/iu.test(name))
    .reduce((sum, { claimedBytes }) => sum + claimedBytes, 0);
};

const isOrdinary = (bytes: Uint8Array, { text }: CanonicalText): boolean =>
  bytes.length <= MOST_BYTES && text.length <= MOST_CHARACTERS && xmlBytes(bytes) <= MOST_XML_BYTES;

/**
 * Refuses as `readDocx` does. A disagreement is a warning (W_READERS_DISAGREE with the share), never a refusal. Held
 * against mammoth are files up to 1 MB with up to 640 KB of XML.
 */
export const checkedDocx = async (bytes: Uint8Array): Promise<Result<CanonicalText, Refusal>> => {
  const read = await readDocx(bytes);
  if (!read.ok || !isOrdinary(bytes, read.value)) return read;
  const preview = await previewDocx(bytes);
  const share = preview.ok ? crossCheck(preview.value, read.value).share : null;
  if (share === null || share >= LEAST_AGREEMENT) return read;
  const warning = { code: 'W_READERS_DISAGREE', detail: `${Math.floor(share * 100)} %` };
  return { ok: true, value: { ...read.value, warnings: [...read.value.warnings, warning] } };
};
