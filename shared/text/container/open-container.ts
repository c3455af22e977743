/** Opens any container that is read, or says by name why not. */

import {
  CAPS_BY_DEPTH,
  CONTAINER_FORMATS,
  type ContainerCaps,
  type ContainerFormat,
  type OpenedContainer,
} from '../../domain/container.ts';
import { type Refusal, refusal } from '../../domain/refusal.ts';
import { type Result, refuse } from '../../domain/result.ts';
import { sniff } from '../sniff.ts';

type Opener = (bytes: Uint8Array, caps: ContainerCaps) => Promise<Result<OpenedContainer, Refusal>>;

const OPENERS: Record<ContainerFormat, () => Promise<Opener>> = {
  zip: async () => {
    const { openZipArchive } = await import('./open-archive.ts');
    return async (bytes, caps) => openZipArchive(bytes, caps);
  },
  rar: async () => (await import('./open-rar.ts')).openRarArchive,
  '7z': async () => async () => refuse(refusal('ARCHIVE_NOT_OPENED', '7-Zip (.7z)')),
  eml: async () => (await import('./open-mail.ts')).openEml,
  msg: async () => (await import('./open-mail.ts')).openMsg,
};

/** The format where the bytes are those of a container; null for a single document or what cannot be told. */
export const containerFormatOf = (bytes: Uint8Array): ContainerFormat | null => {
  const sniffed = sniff(bytes);
  if (!sniffed.ok) return null;
  return CONTAINER_FORMATS.find((format) => format === sniffed.value.format) ?? null;
};

/**
 * `depth` 0 = uploaded as it is, 1 = came out of another container. Refuses with ARCHIVE_LIMIT over a bound or deeper
 * than one container in another, ARCHIVE_NOT_OPENED for a format without a reader, and as the format does. A library
 * that throws at what is in the file is answered with DAMAGED.
 */
export const openContainer = async (
  bytes: Uint8Array,
  depth: number,
): Promise<Result<OpenedContainer, Refusal>> => {
  const format = containerFormatOf(bytes);
  if (format === null) return refuse(refusal('UNKNOWN_FORMAT'));
  const caps = CAPS_BY_DEPTH[depth];
  if (caps === undefined)
    return refuse(refusal('ARCHIVE_LIMIT', `${CAPS_BY_DEPTH.length} 层 / levels`));
  const open = await OPENERS[format]();
  try {
    return await open(bytes, caps);
  } catch (error) {
    const name = error instanceof Error && /^\w{1,60}$/u.test(error.name) ? error.name : 'Error';
    return refuse(refusal('DAMAGED', name));
  }
};
