/** What the command line says of one file: the object that --json prints, one a line. */
import { shortCode } from '../../shared/domain/catalogue.ts';
import type { Candidate, Tag, Versions } from '../../shared/domain/classification.ts';
import type { DocumentRecord, State } from '../../shared/domain/document.ts';
import type { Elements } from '../../shared/domain/elements.ts';
import { type Reason, reasonOf } from '../../shared/domain/refusal.ts';
import type { PersonalHit } from '../../shared/domain/screening.ts';
import { SOFTWARE_VERSION } from '../../shared/domain/software.ts';
import type { ColumnHit, Quote, Warning } from '../../shared/domain/text.ts';
import type { Analysis } from '../../shared/usecases/analyse-file.ts';
import { sha256Of } from '../../shared/usecases/document-identity.ts';
import { maskedQuote, maskedQuotes } from '../../shared/usecases/mask-document.ts';

interface TaskReport {
  readonly code: string;
  readonly score: number | null;
  readonly band: string;
  readonly evidence: readonly Quote[];
  readonly rules: readonly string[];
}

export interface FileReport {
  readonly file: string;
  readonly state: State;
  readonly reason: Reason | null;
  readonly title: string | null;
  readonly documentNumber: string | null;
  readonly issuer: string | null;
  readonly genre: string | null;
  readonly date: string | null;
  readonly form: string | null;
  readonly tasks: readonly TaskReport[];
  readonly candidates: readonly Candidate[];
  readonly categories: readonly {
    readonly code: string;
    readonly score: number | null;
    readonly evidence: readonly Quote[];
  }[];
  readonly attribute: {
    readonly declared: string;
    readonly recommended: string;
    readonly grounds: readonly string[];
  } | null;
  readonly flags: readonly string[];
  /** Personal data that was found, masked. */
  readonly personal: readonly PersonalHit[];
  /** Personal data in rows of long lists that are not in the text: counts for each column. */
  readonly columnHits: readonly ColumnHit[];
  readonly warnings: readonly Warning[];
  readonly characters: number | null;
  readonly versions: Versions | null;
}

const nothing = {
  title: null,
  documentNumber: null,
  issuer: null,
  genre: null,
  date: null,
  form: null,
  tasks: [],
  candidates: [],
  categories: [],
  attribute: null,
  flags: [],
  personal: [],
  columnHits: [],
  warnings: [],
  characters: null,
  versions: null,
} as const;

/** A number or date that is only a candidate is not reported as known: its flag says so. */
const named = (elements: Elements, personal: readonly PersonalHit[]) => {
  const shown = (found: { value: string; quote: Quote } | null): string | null => {
    const masked = maskedQuotes(found, personal);
    return masked !== null && typeof masked === 'object' && 'value' in masked
      ? String(masked.value)
      : null;
  };
  const { documentNumber, date } = elements;
  return {
    title: shown(elements.title),
    documentNumber: documentNumber?.sure === true ? documentNumber.value.normalised : null,
    issuer: shown(elements.issuer),
    genre: elements.genre?.value ?? null,
    date: date?.sure === true ? date.value : null,
  };
};

const tagOf = (
  { code, score, band, evidence, rules }: Tag,
  personal: readonly PersonalHit[],
): TaskReport => ({
  code: shortCode(code),
  score,
  band,
  evidence: evidence.map((quote) => maskedQuote(quote, personal)),
  rules: rules.map(({ id }) => id),
});

const categoryOf = (tag: Tag, personal: readonly PersonalHit[]) => {
  const { code, score, evidence } = tagOf(tag, personal);
  return { code, score, evidence };
};

const flagsOf = (
  personal: readonly PersonalHit[],
  ...more: (readonly string[])[]
): readonly string[] => [...new Set([...personal.map(({ code }) => code), ...more.flat()])];

export const reportAnalysis = (file: string, analysis: Analysis): FileReport => {
  if (analysis.kind === 'aside') {
    return { ...nothing, file, state: analysis.state, reason: reasonOf(analysis.refusal) };
  }
  const { text, elements, personal, flags, classification } = analysis;
  const { form, tasks, candidates, categories, attribute, versions } = classification;
  return {
    file,
    state: 'proposed',
    reason: null,
    ...named(elements, personal),
    form: form.code,
    tasks: tasks.map((tag) => tagOf(tag, personal)),
    candidates: candidates.map(({ code, score }) => ({ code: shortCode(code), score })),
    categories: categories.map((tag) => categoryOf(tag, personal)),
    attribute: {
      declared: attribute.declared,
      recommended: attribute.recommended,
      grounds: attribute.grounds,
    },
    flags: flagsOf(personal, flags, elements.flags, classification.flags),
    personal,
    columnHits: text.columnHits ?? [],
    warnings: text.warnings,
    characters: text.text.length,
    versions: { ...versions, text: sha256Of(text.text), software: SOFTWARE_VERSION },
  };
};

/** An archive that was opened: what is in it is reported file by file. */
export const reportExpanded = (file: string): FileReport => ({
  ...nothing,
  file,
  state: 'expanded',
  reason: null,
});

/** A file that could not be dealt with through no fault of its own: it stays received. */
export const reportFault = (file: string): FileReport => ({
  ...nothing,
  file,
  state: 'received',
  reason: {
    code: 'FAULT',
    zh: '处理时发生故障，未得出结果。请重试；仍不成功的，请联系运行维护人员。',
    en: 'A fault stopped the work on this file and there is no result. Try again; if it fails again, call the operator.',
  },
});

/** The same of a stored record; candidates are not stored. */
export const reportRecord = (record: DocumentRecord): FileReport => {
  const { personal, elements, attribute, versions, warnings, characters, state, reason } = record;
  const ranked = (scheme: 'task' | 'category') =>
    record.tags
      .filter((tag) => tag.scheme === scheme && tag.standing !== 'rejected')
      .sort((a, b) => a.rank - b.rank);
  return {
    ...nothing,
    file: record.fileName,
    state,
    reason,
    ...(elements === null ? {} : named(elements, personal)),
    form: record.form?.code ?? null,
    tasks: ranked('task').map((tag) => tagOf(tag, personal)),
    categories: ranked('category').map((tag) => categoryOf(tag, personal)),
    attribute,
    flags: flagsOf(personal, record.flags),
    personal,
    warnings,
    characters,
    versions,
  };
};
