/** Compares recognised elements with the fields of the reference corpus and prints counts: `node tests/evaluation/gongwen-agreement.ts [--list]`. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import * as z from 'zod';
import type { Elements } from '../../shared/domain/elements.ts';
import type { CanonicalText } from '../../shared/domain/text.ts';
import { parseDocumentNumber } from '../../shared/gongwen/document-number.ts';
import { genreOf } from '../../shared/gongwen/genre.ts';
import { recognise } from '../../shared/gongwen/recognise.ts';
import { screen } from '../../shared/screening/screen.ts';

const root = path.join(import.meta.dirname, '../..');
const reference = path.resolve(root, process.env['GONGKAI_REFERENCE'] ?? '../shared');
const list = process.argv.includes('--list');

const rowSchema = z.object({
  id: z.string().optional(),
  title: z.string(),
  doc_number: z.string().nullish(),
  date: z.string().nullish(),
  source: z.string().optional(),
  text: z.string().optional(),
});
type Row = z.infer<typeof rowSchema>;

const rowsOf = (file: string): Row[] => {
  const bytes = readFileSync(path.join(reference, file));
  const text = file.endsWith('.gz') ? gunzipSync(bytes).toString('utf8') : bytes.toString('utf8');
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => rowSchema.parse(JSON.parse(line)));
};

const count = <K>(counts: Map<K, number>, key: K): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1);
};
const show = <K>(title: string, counts: Map<K, number>, most = 20): void => {
  const sorted = [...counts].sort((a, b) => b[1] - a[1]).slice(0, most);
  console.log(`${title}: ${sorted.map(([key, n]) => `${String(key)} ${n}`).join(' · ')}`);
};
const share = (part: number, whole: number): string =>
  `${part}/${whole} (${whole === 0 ? '–' : ((100 * part) / whole).toFixed(2)}%)`;

/** A spread sample: 5 lines, or `most` with --list. */
const sample = (kind: string, all: readonly string[], most: number): void => {
  const step = Math.ceil(all.length / (list ? most : 5));
  for (const one of all.filter((_, at) => at % step === 0)) console.log(`  ${kind}: ${one}`);
};

const plainNumber = (raw: string): string =>
  raw
    .replace(/[\s〔﹝［[【〖（(〕﹞］\]】〗）)第]/gu, '')
    .replace(/号$/u, '')
    .replace(/(?<=\D)0+(?=\d)/gu, '');
const plainTitle = (raw: string): string =>
  raw.replace(/[\s《》〈〉<>“”"'（）()[\]【】、，,·]/gu, '').replace(/\.\w{2,4}$/u, '');

const numbersOf = (rows: readonly Row[]): void => {
  const numbered = rows.flatMap(({ doc_number: raw }) => (raw ? [raw] : []));
  const unread = new Map<string, number>();
  const different: string[] = [];
  const parsed = numbered.flatMap((raw) => {
    const number = parseDocumentNumber(raw);
    if (number === null)
      count(unread, raw.replace(/\d+/gu, '9').replace(/[\p{Script=Han}]+(?=9|$)/gu, '汉'));
    else if (plainNumber(number.value.normalised) !== plainNumber(raw))
      different.push(`${raw} → ${number.value.normalised}`);
    return number === null ? [] : [number];
  });
  const sure = parsed.filter((number) => number.sure).length;
  console.log(`\n# titles.jsonl: ${rows.length} rows, ${numbered.length} with a number`);
  console.log(
    `number parsed ${share(parsed.length, numbered.length)}, sure ${share(sure, numbered.length)}, same ${share(parsed.length - different.length, numbered.length)}`,
  );
  const foreign = different.filter((one) =>
    /^.{0,12}(?:的?通知|通告|批复|按照|根据|依据|废止|落实|门应认真按照)/u.test(one),
  );
  console.log(
    `different: ${different.length}, of these ${foreign.length} where the row carries words before the mark`,
  );
  show('unread forms', unread);
  sample('different', different, 60);
};

const genresOf = (rows: readonly Row[]): void => {
  const read = rows.map(({ title }) => ({ title, ...genreOf(title) }));
  const genres = new Map<string, number>();
  const inner = new Map<string, number>();
  for (const { genre, innerGenre } of read) {
    count(genres, genre ?? 'none');
    if (innerGenre !== null) count(inner, innerGenre);
  }
  const none = read.filter(({ genre, innerGenre }) => genre === null && innerGenre === null);
  console.log(`genre or inner genre ${share(read.length - none.length, read.length)}`);
  show('genres', genres, 16);
  show('inner genres', inner, 40);
  sample(
    'no genre',
    none.map(({ title }) => title),
    60,
  );
};

const canonical = (text: string): CanonicalText => ({
  text,
  blocks: [],
  pages: [],
  format: 'txt',
  metadata: {},
  warnings: [],
});

/** One document: what counts, and how it differs from its row. */
const compare = (row: Row, counts: Map<string, number>, differing: Map<string, string[]>): void => {
  const source = canonical(row.text ?? '');
  const elements = recognise(source);
  const { secrecy, flags } = screen(source, elements);
  const differ = (kind: string, words: string): void => {
    differing.set(kind, [...(differing.get(kind) ?? []), words]);
  };
  for (const flag of flags) count(counts, `flag ${flag}`);
  if (secrecy !== null) differ('secrecy mark', `${row.title}: ${secrecy.quote.quote}`);
  for (const [name, found] of Object.entries(elements)) {
    const there = Array.isArray(found) ? found.length > 0 : found !== null;
    if (there) count(counts, `found ${name}`);
    if (there && 'sure' in (found ?? {}) && Object(found).sure === true)
      count(counts, `sure ${name}`);
  }
  compareTitle(row, elements, { counts, differ });
  compareNumber(row, elements, { counts, differ });
  compareDate(row, elements, { counts, differ });
};

interface Tally {
  readonly counts: Map<string, number>;
  readonly differ: (kind: string, words: string) => void;
}

/** The title can only be found where the text holds its words. */
const compareTitle = (row: Row, { title }: Elements, { counts, differ }: Tally): void => {
  const wanted = plainTitle(row.title);
  const got = plainTitle(title?.value ?? '');
  if (!plainTitle((row.text ?? '').slice(0, 4000)).includes(wanted)) return;
  count(counts, 'title stands in the text');
  if (got === wanted) count(counts, 'title exact');
  else if (got !== '' && (got.includes(wanted) || (wanted.includes(got) && got.length >= 6)))
    count(counts, 'title contained');
  else differ('title', `${row.title} → ${title?.value ?? '–'}`);
};

const compareNumber = (row: Row, { documentNumber }: Elements, { counts, differ }: Tally): void => {
  if (!row.doc_number) return;
  count(counts, 'number in the row');
  const got = documentNumber?.value.normalised ?? '';
  if (plainNumber(got) === plainNumber(row.doc_number)) count(counts, 'number same');
  else differ('number', `${row.doc_number} → ${got} | ${row.title}`);
};

const compareDate = (row: Row, { date }: Elements, { counts, differ }: Tally): void => {
  if (!row.date || !/^\d{4}-\d\d-\d\d/u.test(row.date)) return;
  count(counts, 'date in the row');
  if (date?.value === row.date.slice(0, 10)) count(counts, 'date same');
  else if (date?.sure)
    differ('sure date', `${row.date} → ${date.value} | ${row.source} | ${row.title}`);
};

const documents = (file: string): void => {
  const rows = rowsOf(file);
  const counts = new Map<string, number>();
  const differing = new Map<string, string[]>();
  const started = performance.now();
  for (const row of rows) compare(row, counts, differing);
  const seconds = (performance.now() - started) / 1000;
  const characters = rows.reduce((sum, row) => sum + (row.text?.length ?? 0), 0);
  console.log(
    `\n# ${file}: ${rows.length} documents, ${characters} characters, ${seconds.toFixed(1)} s`,
  );
  for (const [name, n] of [...counts].sort()) console.log(`${name}: ${share(n, rows.length)}`);
  console.log(`secrecy marks (none expected): ${differing.get('secrecy mark')?.length ?? 0}`);
  for (const [kind, all] of differing) {
    console.log(`${kind} differing: ${all.length}`);
    sample(kind, all, 40);
  }
};

if (!existsSync(path.join(reference, 'corpus/titles.jsonl.gz')))
  console.log('Skipped: no reference corpus (set GONGKAI_REFERENCE).');
else {
  const rows = rowsOf('corpus/titles.jsonl.gz');
  numbersOf(rows);
  genresOf(rows);
  documents('corpus/documents.jsonl.gz');
  documents('gold/documents.jsonl');
}
