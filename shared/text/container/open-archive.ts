/** Takes the files out of a zip, within bounds on what really comes out. */

import type { ContainerCaps, Member, MemberLeft, OpenedContainer } from '../../domain/container.ts';
import { type Refusal, type RefusalKind, refusal } from '../../domain/refusal.ts';
import { accept, type Result, refuse } from '../../domain/result.ts';
import { openZip, ZIP_CAPS } from '../zip-parts.ts';
import { isLitter, safeMemberName } from './member-name.ts';

const RATIO = 1_000;

/** Over one of these the whole archive is refused: what else it holds cannot be trusted. */
const WHOLE: ReadonlySet<RefusalKind> = new Set(['ARCHIVE_LIMIT']);

/** Refuses as `openZip` does, with ARCHIVE_LIMIT over a cap, ENCRYPTED where every file is locked, and NO_TEXT where there is none. */
export const openZipArchive = (
  bytes: Uint8Array,
  caps: ContainerCaps,
): Result<OpenedContainer, Refusal> => {
  const zip = openZip(bytes, {
    ...ZIP_CAPS,
    partBytes: caps.memberBytes,
    totalBytes: caps.totalBytes,
    ratio: RATIO,
  });
  if (!zip.ok) return zip;
  const names = zip.value.entries
    .map(({ name }) => name)
    .filter((name) => !name.endsWith('/') && !isLitter(name));
  if (names.length > caps.members)
    return refuse(refusal('ARCHIVE_LIMIT', `> ${caps.members} 份文件 / files`));
  const members: Member[] = [];
  const left: MemberLeft[] = [];
  for (const name of names) {
    const read = zip.value.read(name);
    if (read.ok) members.push({ name: safeMemberName(name), bytes: read.value });
    else if (WHOLE.has(read.error.kind)) return read;
    else left.push({ name: safeMemberName(name), why: read.error.kind });
  }
  return wholeArchive({ format: 'zip', body: null, members, left });
};

/** An archive of which nothing can be taken out is refused for the reason of its files. */
export const wholeArchive = (opened: OpenedContainer): Result<OpenedContainer, Refusal> => {
  if (opened.members.length > 0) return accept(opened);
  const [first] = opened.left;
  return refuse(refusal(first?.why ?? 'NO_TEXT', first === undefined ? '' : 'archive'));
};
