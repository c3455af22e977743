/** Passes over the records of a binary workbook (MS-XLS) for what the library leaves out: passwords, headers, text boxes. */
import { wordAt } from '../doc/sprms.ts';

export interface BiffMarks {
  readonly encrypted: boolean;
  readonly comments: boolean;
  readonly pictures: number;
  readonly header: string;
  readonly footer: string;
  readonly boxes: readonly string[];
  readonly hiddenColumns: number;
}

const PASSWORD = 0x2f;
const HEADER = 0x14;
const FOOTER = 0x15;
const OBJECT = 0x5d;
const BOX = 0x1b6;
const CONTINUED = 0x3c;
const NOTE = 0x1c;
const COLUMNS = 0x7d;
const LAST_COLUMN = 255;
const PICTURE_OBJECT = 8;
const NOTE_OBJECT = 0x19;
const LONGEST = 4_000;

interface Record {
  readonly kind: number;
  readonly bytes: Uint8Array;
}

function* records(stream: Uint8Array): Generator<Record, void> {
  let at = 0;
  while (at + 4 <= stream.length) {
    const length = wordAt(stream, at + 2);
    yield { kind: wordAt(stream, at), bytes: stream.subarray(at + 4, at + 4 + length) };
    at += 4 + length;
  }
}

/** Characters behind a flag that says whether they take one byte or two. */
const flaggedText = (bytes: Uint8Array, count: number): string => {
  const wide = ((bytes[0] ?? 0) & 1) === 1;
  const text = bytes.subarray(1, 1 + Math.min(count, LONGEST) * (wide ? 2 : 1));
  return new TextDecoder(wide ? 'utf-16le' : 'latin1').decode(text);
};

/** &L, &"font", &P and the like are instructions. */
const withoutInstructions = (text: string): string =>
  text
    .replace(/&(?:"[^"]{0,200}"|\d{1,3}|[LCR])/gu, ' ')
    .replace(/&[A-Z]/giu, '')
    .replace(/[ \u3000]+/gu, ' ')
    .trim();

/** What lies right of the last used column is often hidden as one block: nothing is kept from anyone there. */
const hiddenIn = (bytes: Uint8Array): number => {
  const [first, last] = [wordAt(bytes, 0), wordAt(bytes, 2)];
  const isHidden = (wordAt(bytes, 8) & 1) === 1 && bytes.length >= 10;
  return isHidden && first <= last && last < LAST_COLUMN ? last - first + 1 : 0;
};

/** `old` workbooks (Excel 5.0 and 95) keep text in a code page; there only the password is looked for. */
export const readBiffMarks = (stream: Uint8Array, old: boolean): BiffMarks => {
  const lines = { header: new Set<string>(), footer: new Set<string>() };
  const boxes: string[] = [];
  let [encrypted, comments, pictures] = [false, false, 0];
  let hiddenColumns = 0;
  let object = 0;
  let wanted = 0;
  const box = (bytes: Uint8Array): void => {
    const text = flaggedText(bytes, wanted).trim();
    if (text !== '' && object !== NOTE_OBJECT) boxes.push(text);
    wanted = 0;
  };
  const margin = (kind: 'header' | 'footer', bytes: Uint8Array): void => {
    const text = withoutInstructions(flaggedText(bytes.subarray(2), wordAt(bytes, 0)));
    if (bytes.length > 2 && text !== '') lines[kind].add(text);
  };
  const seeObject = (bytes: Uint8Array): void => {
    object = wordAt(bytes, 4);
    if (object === PICTURE_OBJECT) pictures += 1;
  };
  const visitors = new Map<number, (bytes: Uint8Array) => void>([
    [HEADER, (bytes) => margin('header', bytes)],
    [FOOTER, (bytes) => margin('footer', bytes)],
    [OBJECT, seeObject],
    [
      COLUMNS,
      (bytes) => {
        hiddenColumns += hiddenIn(bytes);
      },
    ],
    [
      BOX,
      (bytes) => {
        wanted = wordAt(bytes, 10);
      },
    ],
    [CONTINUED, (bytes) => (wanted > 0 ? box(bytes) : undefined)],
    [
      NOTE,
      () => {
        comments = true;
      },
    ],
  ]);
  for (const { kind, bytes } of records(stream)) {
    if (kind === PASSWORD) encrypted = true;
    if (!old) visitors.get(kind)?.(bytes);
  }
  const joined = (kind: 'header' | 'footer'): string => [...lines[kind]].join('\n');
  return {
    encrypted,
    comments,
    pictures,
    boxes,
    hiddenColumns,
    header: joined('header'),
    footer: joined('footer'),
  };
};
