/** Splits comma-separated text (RFC 4180 and what is sold as it) into records, and finds out what separates it. */

/** Finds the next `mark` from ever later places on, without looking at any sign twice; the end of the text where there is none. */
const nextOf = (text: string, mark: string) => {
  let known = -1;
  return (from: number): number => {
    if (known < from) {
      const found = text.indexOf(mark, from);
      known = found < 0 ? text.length : found;
    }
    return known;
  };
};

/** Closes over the text once; a quote that is never closed is a sign like any other. */
const recordReader = (text: string, delimiter: string) => {
  let at = 0;
  let quotesEnd = false;
  const closingQuote = (from: number): number => {
    for (let end = text.indexOf('"', from); end >= 0; end = text.indexOf('"', end + 2))
      if (text[end + 1] !== '"') return end;
    quotesEnd = true;
    return -1;
  };
  const lineEnd = nextOf(text, '\n');
  const nextDelimiter = nextOf(text, delimiter);
  /** Next delimiter before `end`, else `end`. */
  const fieldEnd = (from: number, end: number): number => Math.min(nextDelimiter(from), end);
  const quoted = (): string | null => {
    if (text[at] !== '"' || quotesEnd) return null;
    const end = closingQuote(at + 1);
    if (end < 0) return null;
    const field = text.slice(at + 1, end).replaceAll('""', '"');
    at = end + 1;
    return field;
  };
  return (): string[] | null => {
    if (at >= text.length) return null;
    const fields: string[] = [];
    let end = lineEnd(at);
    for (;;) {
      const field = quoted();
      if (field !== null) end = lineEnd(at);
      const to = fieldEnd(at, end);
      fields.push((field ?? '') + text.slice(at, to));
      at = to + 1;
      if (to >= end) return fields;
    }
  };
};

const plainLines = (text: string): string => text.replace(/\r\n?/gu, '\n');

export function* delimitedRecords(raw: string, delimiter: string): Generator<string[], void> {
  const next = recordReader(plainLines(raw), delimiter);
  for (let record = next(); record !== null; record = next()) yield record;
}

const SAMPLE_RECORDS = 60;
const SAMPLE_CHARACTERS = 65_536;
const DELIMITERS = [',', '\t', ';', '|'] as const;

export interface Delimiting {
  readonly delimiter: string;
  /** Fields that most records have. */
  readonly width: number;
  readonly records: number;
  /** Share of the records with so many fields. */
  readonly agreeing: number;
}

const sampleOf = (text: string): string => {
  const sample = text.slice(0, SAMPLE_CHARACTERS);
  // The last line may be cut.
  return sample.length < text.length ? sample.slice(0, sample.lastIndexOf('\n') + 1) : sample;
};

const delimitingOf = (sample: string, delimiter: string): Delimiting => {
  const counts = new Map<number, number>();
  let records = 0;
  for (const record of delimitedRecords(sample, delimiter)) {
    if (record.length === 1 && record[0]?.trim() === '') continue;
    counts.set(record.length, (counts.get(record.length) ?? 0) + 1);
    records += 1;
    if (records >= SAMPLE_RECORDS) break;
  }
  const [width = 1, agreed = 0] = [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [];
  return { delimiter, width, records, agreeing: records === 0 ? 0 : agreed / records };
};

/** The likeliest delimiter of `allowed`; null where none parts most records into the same number of fields, at least two. */
export const findDelimiter = (
  text: string,
  allowed: readonly string[] = DELIMITERS,
): Delimiting | null => {
  const sample = sampleOf(text);
  const found = allowed
    .map((delimiter) => delimitingOf(sample, delimiter))
    .filter(({ width, agreeing }) => width > 1 && agreeing > 0.5)
    .sort((a, b) => b.agreeing * b.width - a.agreeing * a.width);
  return found[0] ?? null;
};

const FEWEST_RECORDS = 4;
const FEWEST_FIELDS = 3;
const SENTENCE_END = /[。；]/u;

/** Bytes alone call a text comma-separated only where nothing else is likely: a letter with commas stays a letter. */
export const isSurelyDelimited = (text: string): boolean => {
  const found = findDelimiter(text, [',', ';']);
  if (found === null || found.records < FEWEST_RECORDS || found.width < FEWEST_FIELDS) return false;
  const first = sampleOf(text).split('\n', 1)[0] ?? '';
  return found.agreeing >= 0.9 && !SENTENCE_END.test(first);
};
