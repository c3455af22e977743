/** What a container gives: the text of its own that it may have, and the files inside it, each to be taken in like an upload. */
import type { RefusalKind } from './refusal.ts';
import type { CanonicalText, Format } from './text.ts';

export const CONTAINER_FORMATS = ['zip', 'rar', '7z', 'eml', 'msg'] as const satisfies Format[];
export type ContainerFormat = (typeof CONTAINER_FORMATS)[number];

export interface Member {
  /** Path inside the container with `/`, no `.` or `..`, at most 200 characters. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A file that could not be taken out, with the kind of refusal. */
export interface MemberLeft {
  readonly name: string;
  readonly why: RefusalKind;
}

export interface OpenedContainer {
  readonly format: ContainerFormat;
  /** What a mail says; null for an archive. */
  readonly body: CanonicalText | null;
  readonly members: readonly Member[];
  readonly left: readonly MemberLeft[];
}

export interface ContainerCaps {
  readonly members: number;
  /** Bytes of all members together, as they really come out. */
  readonly totalBytes: number;
  readonly memberBytes: number;
}

const MEGABYTE = 2 ** 20;

/** By depth: a container uploaded, one inside it. Anything deeper is not opened. */
export const CAPS_BY_DEPTH: readonly ContainerCaps[] = [
  { members: 500, totalBytes: 200 * MEGABYTE, memberBytes: 50 * MEGABYTE },
  { members: 50, totalBytes: 50 * MEGABYTE, memberBytes: 50 * MEGABYTE },
];
