/** 附注 and metadata on disclosure: 此件主动公开, 公开方式：依申请公开; refusals are tried before 公开. */
import type { z } from 'zod';
import type { attributeNoteSchema } from '../domain/elements.ts';
import { lineAround } from '../domain/lines.ts';
import { type CanonicalText, type Quote, quoteOf } from '../domain/text.ts';
import { fieldsOf } from './fields.ts';

export type AttributeNote = z.infer<typeof attributeNoteSchema>;

export interface FoundNote {
  readonly value: AttributeNote;
  readonly sure: boolean;
  readonly quote: Quote;
}

const FIELD_WINDOW = 6000;

/** Order matters: 此件不予公开 holds 公开 (domain.md §3 ⑥). */
const READINGS: readonly (readonly [RegExp, AttributeNote])[] = [
  [
    /(?:删减|部分|区分处理|脱密|脱敏|去标识化|隐去[^，。]{0,10}|遮盖[^，。]{0,10}|处理)[后地予以]{0,3}公开/u,
    'A1R',
  ],
  [/(?:不予|免予|免于|不宜|不得|暂不|不对外|不向社会|不主动|非|不|未|禁止)公开|不公布/u, 'A3'],
  [/依\s?申请公开|申请公开/u, 'A2'],
  [/主动公开|公开发布|公开发行|予以公开|全文公开|对外公开|向社会公开|可以公开|公开$/u, 'A1'],
];

/** What one note or field says; null where it says nothing or ticks several. */
export const readAttribute = (raw: string): AttributeNote | null => {
  const words = raw.replace(/\s/gu, '').slice(0, 60);
  const ticked = /[☑√■✓✔☒]([^□☐○]{0,12})/u.exec(words)?.[1];
  const said = ticked ?? (/[□☐]/u.test(words) ? '' : words);
  const kinds = READINGS.filter(([pattern]) => pattern.test(said)).map(([, kind]) => kind);
  const [first] = kinds;
  if (first === undefined) return null;
  const several = /[、，,/和或]/u.test(said) && new Set(kinds).size > 1;
  return several ? null : first;
};

/** 此件… or 本件… alone on a line, or bracketed at the end of one. */
const NOTE =
  /[（(【[]?[ \u3000]{0,4}(?:此|本|该)[ \u3000]{0,3}件[ \u3000]{0,3}[^\n（()）。；;，]{0,24}?[ \u3000]{0,3}公[ \u3000\n]{0,3}[开布](?:[ \u3000\n]{0,3}发[ \u3000]{0,3}[布行])?[ \u3000]{0,4}[）)】\]]?[。.]?/gu;

const standsAlone = (text: string, start: number, end: number): boolean => {
  const line = lineAround(text, start);
  const before = text.slice(Math.max(line.start, start - 80), start).trim();
  const after = text.slice(end, Math.min(lineAround(text, end).end, end + 40)).trim();
  const bracketed = /^[（(【[]/u.test(text.slice(start, end));
  const closes = after === '' || /^(?:附件|抄送|联系人|主题词|信息公开)/u.test(after);
  if (before === '' || /^附注[：:]?$/u.test(before)) return closes;
  return bracketed && closes && !/[“"‘注明标]$/u.test(before);
};

const notesOf = (text: string): FoundNote[] => {
  const found: FoundNote[] = [];
  for (const match of text.matchAll(NOTE)) {
    const lead = match[0].length - match[0].trimStart().length;
    const start = match.index + lead;
    const end = match.index + match[0].trimEnd().length;
    const value = standsAlone(text, start, end)
      ? readAttribute(text.slice(start, end).replace(/[）)】\].。]/gu, ''))
      : null;
    if (value !== null) found.push({ value, sure: true, quote: quoteOf(text, start, end) });
    if (found.length >= 20) break;
  }
  return found;
};

const fieldNotes = (text: string): FoundNote[] => {
  const windows: [number, number][] = [[0, Math.min(text.length, FIELD_WINDOW)]];
  if (text.length > FIELD_WINDOW)
    windows.push([Math.max(FIELD_WINDOW, text.length - FIELD_WINDOW), text.length]);
  return windows.flatMap(([from, to]) =>
    fieldsOf(text, from, to).flatMap((field) => {
      if (field.name !== 'attribute' || field.value.text.length > 40) return [];
      const value = readAttribute(field.value.text);
      return value === null
        ? []
        : [{ value, sure: true, quote: quoteOf(text, field.value.start, field.value.end) }];
    }),
  );
};

const STRICTEST: readonly AttributeNote[] = ['A3', 'A2', 'A1R', 'A1'];

/** What metadata beside the text says, as flag W_METADATA_ATTR_A1 …; it has no words in the text to quote. */
const besideText = ({ metadata }: CanonicalText): string[] =>
  Object.entries(metadata).flatMap(([name, value]) => {
    const said = /公开(?:方式|形式|属性|选项|类型)/u.test(name) ? readAttribute(value) : null;
    return said === null ? [] : [`W_METADATA_ATTR_${said}`];
  });

/** Where notes contradict each other the strictest is given as a candidate, with W_ATTR_NOTES_DIFFER. */
export const findAttributeNote = (
  source: CanonicalText,
): { note: FoundNote | null; flags: string[] } => {
  const { text } = source;
  const found = [...notesOf(text), ...fieldNotes(text)];
  const kinds = new Set(found.map((note) => note.value));
  if (found.length === 0) return { note: null, flags: besideText(source) };
  const strictest = STRICTEST.find((kind) => kinds.has(kind));
  const note = found.find((one) => one.value === strictest) ?? null;
  if (kinds.size <= 1 || note === null) return { note, flags: [] };
  return { note: { ...note, sure: false }, flags: ['W_ATTR_NOTES_DIFFER'] };
};
