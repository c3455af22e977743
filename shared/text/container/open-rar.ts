/** Takes the files out of a RAR archive with the unrar library compiled to WebAssembly. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createExtractorFromData, type FileHeader, UnrarError } from 'node-unrar-js';
import type { ContainerCaps, Member, MemberLeft, OpenedContainer } from '../../domain/container.ts';
import { megabytes } from '../../domain/limits.ts';
import { once } from '../../domain/once.ts';
import { type Refusal, type RefusalKind, refusal } from '../../domain/refusal.ts';
import { type Result, refuse } from '../../domain/result.ts';
import { isLitter, safeMemberName } from './member-name.ts';
import { wholeArchive } from './open-archive.ts';

/** Beside a bundle, else in the package. */
const unrarProgram = once((): ArrayBuffer => {
  const folder = dirname(createRequire(import.meta.url).resolve('node-unrar-js/package.json'));
  const bytes = readFileSync(join(folder, 'dist', 'js', 'unrar.wasm'));
  return new Uint8Array(bytes).buffer;
});

const kindOf = (error: unknown): RefusalKind | null => {
  if (!(error instanceof UnrarError)) return null;
  const locked = error.reason === 'ERAR_MISSING_PASSWORD' || error.reason === 'ERAR_BAD_PASSWORD';
  return locked ? 'ENCRYPTED' : 'DAMAGED';
};

/** Headers are asked before anything is unpacked; unrar itself stops a file at the size that its header states. */
const overCaps = (headers: readonly FileHeader[], caps: ContainerCaps): Refusal | null => {
  if (headers.length > caps.members)
    return refusal('ARCHIVE_LIMIT', `> ${caps.members} 份文件 / files`);
  const total = headers.reduce((sum, { unpSize }) => sum + unpSize, 0);
  const largest = headers.reduce((most, { unpSize }) => Math.max(most, unpSize), 0);
  if (!(total <= caps.totalBytes) || !(largest <= caps.memberBytes))
    return refusal('ARCHIVE_LIMIT', `> ${megabytes(caps.totalBytes)}`);
  return null;
};

const takeOut = async (
  bytes: Uint8Array,
  caps: ContainerCaps,
): Promise<Result<OpenedContainer, Refusal>> => {
  const data = new Uint8Array(bytes).buffer;
  const extractor = await createExtractorFromData({ data, wasmBinary: unrarProgram() });
  const headers = [...extractor.getFileList().fileHeaders].filter(
    ({ flags, name }) => !flags.directory && !isLitter(name.replaceAll('\\', '/')),
  );
  const over = overCaps(headers, caps);
  if (over !== null) return refuse(over);
  const wanted = new Set(headers.filter(({ flags }) => !flags.encrypted).map(({ name }) => name));
  const members: Member[] = [];
  const left: MemberLeft[] = headers
    .filter(({ flags }) => flags.encrypted)
    .map(({ name }) => ({ name: safeMemberName(name), why: 'ENCRYPTED' }));
  for (const file of extractor.extract({ files: ({ name }) => wanted.has(name) }).files) {
    const name = safeMemberName(file.fileHeader.name);
    if (file.extraction === undefined) left.push({ name, why: 'DAMAGED' });
    else members.push({ name, bytes: file.extraction });
  }
  return wholeArchive({ format: 'rar', body: null, members, left });
};

/** Refuses with ENCRYPTED, DAMAGED, ARCHIVE_LIMIT, or NO_TEXT where there is no file in it. */
export const openRarArchive = async (
  bytes: Uint8Array,
  caps: ContainerCaps,
): Promise<Result<OpenedContainer, Refusal>> => {
  try {
    return await takeOut(bytes, caps);
  } catch (error) {
    const kind = kindOf(error);
    if (kind === null) throw error;
    return refuse(refusal(kind, 'rar'));
  }
};
