/** Reads what stands beside the pages of an OFD: signatures and seals, attachments, custom tags. */
import type { Refusal } from '../../domain/refusal.ts';
import { accept, type Result } from '../../domain/result.ts';
import { elementsOf, isOnlyDamaged, type OfdElement, type OfdParts, textAt } from './ofd-parts.ts';

/** Nobody checks a signature here: it is only said that it is there. */
export interface OfdSignature {
  readonly provider: string;
  /** As the file states it. */
  readonly date: string;
  readonly sealed: boolean;
}

export interface Attachment {
  readonly name: string;
  /** As stated, in kilobytes; '' where it is not. */
  readonly kilobytes: string;
}

/** Words of its own, or objects of pages that it names. */
export interface Tag {
  readonly name: string;
  readonly text: string;
  readonly references: readonly { readonly page: string; readonly object: string }[];
}

export interface SideReading {
  readonly parts: OfdParts;
  /** Told the kind of a part that is missing or ill-formed: the pages can be read without it. */
  readonly lost: (kind: string) => void;
}

interface SidePart {
  readonly kind: string;
  /** null where nothing is named. */
  readonly part: string | null;
  readonly names: readonly string[];
}

const elementsIn = (
  { parts, lost }: SideReading,
  { kind, part, names }: SidePart,
): Result<readonly OfdElement[], Refusal> => {
  if (part === null) return accept([]);
  const read = elementsOf(parts, part, names);
  if (read.ok || !isOnlyDamaged(read.error)) return read;
  lost(kind);
  return accept([]);
};

const MOST_LISTED = 200;

const signatureOf = (elements: readonly OfdElement[], type: string): OfdSignature => {
  const provider = elements.find(({ path }) => path === 'Signature/SignedInfo/Provider');
  const nested = textAt(elements, 'Signature/SignedInfo/Provider/ProviderName');
  const has = (path: string): boolean => elements.some((element) => element.path === path);
  return {
    provider: provider?.attributes['ProviderName'] ?? nested,
    date: textAt(elements, 'Signature/SignedInfo/SignatureDateTime'),
    sealed:
      type === 'Seal' || has('Signature/SignedInfo/Seal') || has('Signature/SignedInfo/StampAnnot'),
  };
};

/** Reads the parts that a list names, one by one; `read` takes the elements of each. */
const readListed = <T>(
  reading: SideReading,
  { kind, names }: Pick<SidePart, 'kind' | 'names'>,
  parts: readonly { part: string | null; read: (elements: readonly OfdElement[]) => T }[],
): Result<T[], Refusal> => {
  const found: T[] = [];
  for (const { part, read } of parts.slice(0, MOST_LISTED)) {
    if (part === null) reading.lost(kind);
    const own = elementsIn(reading, { kind, part, names });
    if (!own.ok) return own;
    found.push(read(own.value));
  }
  return accept(found);
};

/** Refuses only for what means harm. */
export const readSignatures = (
  reading: SideReading,
  list: string | null,
): Result<readonly OfdSignature[], Refusal> => {
  const kind = 'signature';
  const listed = elementsIn(reading, { kind, part: list, names: ['BaseLoc', 'Type'] });
  if (!listed.ok) return listed;
  const parts = listed.value
    .filter(({ path }) => path === 'Signatures/Signature')
    .map(({ attributes }) => ({
      part: reading.parts.find(attributes['BaseLoc'] ?? '', list ?? ''),
      read: (elements: readonly OfdElement[]) => signatureOf(elements, attributes['Type'] ?? ''),
    }));
  return readListed(reading, { kind, names: ['ProviderName'] }, parts);
};

/** Refuses only for what means harm. */
export const readAttachments = (
  reading: SideReading,
  list: string | null,
): Result<readonly Attachment[], Refusal> => {
  const names = ['Name', 'Size'];
  const listed = elementsIn(reading, { kind: 'attachments', part: list, names });
  if (!listed.ok) return listed;
  return accept(
    listed.value
      .filter(({ path }) => path === 'Attachments/Attachment')
      .slice(0, MOST_LISTED)
      .map(({ attributes }) => ({
        name: attributes['Name'] ?? '',
        kilobytes: attributes['Size'] ?? '',
      })),
  );
};

const lastOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Elements that hold words or ObjectRefs; a path that comes again is a tag of its own. */
const tagsIn = (elements: readonly OfdElement[]): Tag[] => {
  const tags: { name: string; text: string; references: { page: string; object: string }[] }[] = [];
  const open: (typeof tags)[number][] = [];
  for (const { path, text, attributes } of elements) {
    const depth = path.split('/').length;
    open.length = Math.min(open.length, depth - 1);
    if (lastOf(path) === 'ObjectRef') {
      open.at(-1)?.references.push({ page: attributes['PageRef'] ?? '', object: text });
      continue;
    }
    const tag = { name: lastOf(path), text, references: [] };
    tags.push(tag);
    open.push(tag);
  }
  return tags.filter((tag) => tag.text !== '' || tag.references.length > 0);
};

/** Refuses only for what means harm. */
export const readTags = (
  reading: SideReading,
  list: string | null,
): Result<readonly Tag[], Refusal> => {
  const listed = elementsIn(reading, { kind: 'tags', part: list, names: [] });
  if (!listed.ok) return listed;
  const parts = listed.value
    .filter(({ path }) => lastOf(path) === 'FileLoc')
    .map(({ text }) => ({ part: reading.parts.find(text, list ?? ''), read: tagsIn }));
  const read = readListed(reading, { kind: 'tags', names: ['PageRef'] }, parts);
  return read.ok ? accept(read.value.flat().slice(0, MOST_LISTED)) : read;
};
