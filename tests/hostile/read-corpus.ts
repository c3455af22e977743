/** Reads an entry of the corpus as the product takes it in: a container with what is inside, level by level. */
import type { localTextReader } from '../../functions/local/text-reader.ts';
import { isRefusalKind } from '../../shared/domain/refusal.ts';
import type { CanonicalText } from '../../shared/domain/text.ts';

type Reader = ReturnType<typeof localTextReader>;

export interface CorpusEnd {
  /** `text`, `opened`, a kind of refusal, or what went wrong. */
  readonly end: string;
  /** What the files inside ended in, each once. */
  readonly inside: readonly string[];
  readonly ms: number;
}

/** Members that are followed; the rest are like them. */
const FOLLOWED = 20;

const problemOf = ({ text, blocks }: CanonicalText): string | null => {
  if (!text.isWellFormed()) return 'text with half characters';
  const outside = blocks.some(({ start, end }) => start > end || end > text.length);
  return outside ? 'a block outside the text' : null;
};

/** `ends` gathers what the files inside end in. */
const endAt = async (
  reader: Reader,
  { name, bytes }: { readonly name: string; readonly bytes: Uint8Array },
  depth: number,
): Promise<{ end: string; inside: Set<string> }> => {
  const inside = new Set<string>();
  const read = await reader.extract(bytes, name);
  if (read.ok) return { end: problemOf(read.value) ?? 'text', inside };
  if (read.error.kind !== 'CONTAINER') return { end: read.error.kind, inside };
  const opened = await reader.open(bytes, depth);
  if (!opened.ok) return { end: opened.error.kind, inside };
  for (const member of opened.value.members.slice(0, FOLLOWED)) {
    const under = await endAt(reader, member, depth + 1);
    for (const end of [under.end, ...under.inside]) inside.add(end);
  }
  return { end: 'opened', inside };
};

export const isProper = (end: string): boolean =>
  end === 'text' || end === 'opened' || isRefusalKind(end);

/** A fault is an end too: it is told by its name. */
export const readEntry = async (
  reader: Reader,
  file: { readonly name: string; readonly bytes: Uint8Array },
): Promise<CorpusEnd> => {
  const start = performance.now();
  const { end, inside } = await endAt(reader, file, 0).catch((fault: unknown) => ({
    end: `fault ${String(fault)}`,
    inside: [],
  }));
  return { end, inside: [...inside].sort(), ms: performance.now() - start };
};
