/** Works out the tags of a document after a decision; pure. */
import type { Decision, DocumentRecord, StoredTag } from '../domain/document.ts';
import { MAX_TAGS } from '../domain/limits.ts';
import { type Refusal, refusal } from '../domain/refusal.ts';
import { accept, type Result, refuse } from '../domain/result.ts';
import { type CanonicalText, type Quote, quoteHolds, quoteOf } from '../domain/text.ts';
import type { KnownCodes } from './decide-document.ts';
import { maskedText } from './mask-document.ts';

interface Judged {
  readonly record: DocumentRecord;
  readonly decision: Decision;
  readonly known: KnownCodes;
  readonly text: CanonicalText;
}

type SchemeName = StoredTag['scheme'];
type Named = { readonly scheme: SchemeName; readonly code: string };

const idOf = ({ scheme, code }: Named): string => `${scheme} ${code}`;

/** Every tag on the record is named exactly once; additions are new codes with quotes that hold; primaries stand among what is kept. */
export const decideTags = ({
  record,
  decision,
  known,
  text,
}: Judged): Result<readonly StoredTag[], Refusal> => {
  const verdicts = resolve(decision.verdicts, known);
  if (!verdicts.ok) return verdicts;
  const additions = resolve(decision.additions, known);
  if (!additions.ok) return additions;
  const miscounted = coverage(record.tags, verdicts.value, additions.value);
  if (miscounted !== null) return refuse(miscounted);
  const added: StoredTag[] = [];
  for (const addition of additions.value) {
    const evidence = verify(addition.evidence, record, text);
    if (!evidence.ok) return evidence;
    added.push(addedTag(addition, evidence.value));
  }
  const verdictOf = new Map(verdicts.value.map((verdict) => [idOf(verdict), verdict.verdict]));
  const judged = record.tags.map(
    (tag): StoredTag => ({ ...tag, standing: standing(tag, verdictOf.get(idOf(tag))) }),
  );
  return ranked([...judged, ...added], decision, known);
};

const resolve = <T extends Named>(
  named: readonly T[],
  known: KnownCodes,
): Result<readonly T[], Refusal> => {
  const rows: T[] = [];
  for (const row of named) {
    const code = known[row.scheme].get(row.code);
    if (code === undefined) return refuse(refusal('NO_SUCH_CODE', row.code.slice(0, 40)));
    rows.push({ ...row, code });
  }
  return accept(rows);
};

const coverage = (
  tags: readonly StoredTag[],
  verdicts: readonly Named[],
  additions: readonly Named[],
): Refusal | null => {
  const present = new Set(tags.map(idOf));
  const named = verdicts.map(idOf);
  const twice = [...named, ...additions.map(idOf)].find((id, at, all) => all.indexOf(id) !== at);
  if (twice !== undefined) return refusal('BAD_REQUEST', `${twice}: named twice`);
  const missing = [...present].find((id) => !named.includes(id));
  if (missing !== undefined) return refusal('BAD_REQUEST', `${missing}: no verdict`);
  const stranger = named.find((id) => !present.has(id));
  if (stranger !== undefined)
    return refusal('BAD_REQUEST', `${stranger}: not on this document, add it with a quote`);
  if (tags.length + additions.length > MAX_TAGS)
    return refusal('BAD_REQUEST', `一份文件最多 ${MAX_TAGS} 个标签 / at most ${MAX_TAGS} tags`);
  const known = additions.map(idOf).find((id) => present.has(id));
  return known === undefined ? null : refusal('BAD_REQUEST', `${known}: already on this document`);
};

const LONGEST_EVIDENCE = 2_000;
const LETTER = /[\p{L}\p{N}]/gu;

/** Two characters that say something, whole ones, and no more than a person reads as one quote. */
const isTelling = ({ quote }: Quote): boolean =>
  quote.length <= LONGEST_EVIDENCE &&
  quote.isWellFormed() &&
  (quote.match(LETTER)?.length ?? 0) >= 2;

/** A reviewer sees personal data masked and may quote it so; the words of the text are what is kept. */
const verify = (
  quotes: readonly Quote[],
  record: DocumentRecord,
  { text }: CanonicalText,
): Result<Quote[], Refusal> => {
  const poor = quotes.find((quote) => !isTelling(quote));
  if (poor !== undefined)
    return refuse(
      refusal('BAD_REQUEST', `引文须为 2–${LONGEST_EVIDENCE} 字 / quote ${poor.start}–${poor.end}`),
    );
  const masked = maskedText(text, record.personal);
  const broken = quotes.find((quote) => !quoteHolds(text, quote) && !quoteHolds(masked, quote));
  if (broken !== undefined)
    return refuse(refusal('QUOTE_MISMATCH', `${broken.start}–${broken.end}`));
  return accept(quotes.map(({ start, end }) => quoteOf(text, start, end)));
};

const addedTag = ({ scheme, code }: Named, evidence: Quote[]): StoredTag => ({
  scheme,
  code,
  score: null,
  calibrated: false,
  band: 'none',
  evidence,
  rules: [],
  reasons: [],
  rank: 0,
  standing: 'added',
});

const standing = (
  tag: StoredTag,
  verdict: 'accept' | 'reject' | undefined,
): StoredTag['standing'] => {
  if (verdict === 'reject') return 'rejected';
  return tag.score === null && tag.standing === 'added' ? 'added' : 'accepted';
};

const ranked = (
  tags: readonly StoredTag[],
  decision: Decision,
  known: KnownCodes,
): Result<readonly StoredTag[], Refusal> => {
  const primaries: Record<SchemeName, string | null> = {
    task: decision.primaryTask,
    category: decision.primaryCategory,
  };
  const rows: StoredTag[] = [];
  for (const scheme of ['task', 'category'] as const) {
    const kept = tags.filter((tag) => tag.scheme === scheme && tag.standing !== 'rejected');
    const rejected = tags.filter((tag) => tag.scheme === scheme && tag.standing === 'rejected');
    const wanted = primaries[scheme];
    const primary = wanted === null ? null : (known[scheme].get(wanted) ?? wanted);
    if (primary !== null && !kept.some((tag) => tag.code === primary)) {
      return refuse(
        refusal(
          'BAD_REQUEST',
          `${scheme} ${primary.slice(0, 40)}: primary is not among the accepted tags`,
        ),
      );
    }
    if (primary === null && kept.length > 0)
      return refuse(refusal('BAD_REQUEST', `${scheme}: name the primary`));
    const ordered = [
      ...kept.filter((tag) => tag.code === primary),
      ...kept.filter((tag) => tag.code !== primary),
      ...rejected,
    ];
    rows.push(...ordered.map((tag, rank) => ({ ...tag, rank })));
  }
  return accept(rows);
};
