/** Decodes the bytes of RTF text by the code page of the file and the character set of the font. */
import { signsOf } from '../docx/symbols.ts';

/** Windows character set (\fcharset) → label of the decoder. */
const BY_CHARSET: ReadonlyMap<number, string> = new Map([
  [77, 'macintosh'],
  [128, 'shift_jis'],
  [129, 'euc-kr'],
  [134, 'gb18030'],
  [136, 'big5'],
  [161, 'windows-1253'],
  [162, 'windows-1254'],
  [163, 'windows-1258'],
  [177, 'windows-1255'],
  [178, 'windows-1256'],
  [186, 'windows-1257'],
  [204, 'windows-1251'],
  [222, 'windows-874'],
  [238, 'windows-1250'],
]);

const BY_CODE_PAGE: ReadonlyMap<number, string> = new Map([
  [932, 'shift_jis'],
  [936, 'gb18030'],
  [949, 'euc-kr'],
  [950, 'big5'],
  [54936, 'gb18030'],
  [65001, 'utf-8'],
  [10000, 'macintosh'],
  [866, 'ibm866'],
  [874, 'windows-874'],
]);

const WESTERN = 'windows-1252';
const SYMBOL_CHARSET = 2;

export const labelOfCodePage = (page: number): string =>
  BY_CODE_PAGE.get(page) ?? (page >= 1250 && page <= 1258 ? `windows-${page}` : WESTERN);

export interface RtfFont {
  name: string;
  charset: number;
  codePage: number | null;
}

export const isSymbolFont = (font: RtfFont | undefined): boolean =>
  font?.charset === SYMBOL_CHARSET;

const MULTI_BYTE = new Set(['gb18030', 'big5', 'shift_jis', 'euc-kr', 'utf-8']);

/** The label of text in `font`; `far` is the font for East Asian text, asked where the other says nothing of its own. */
export const labelOf = (
  font: RtfFont | undefined,
  far: RtfFont | undefined,
  ofFile: string,
): string => {
  const own = (one: RtfFont | undefined): string | null => {
    if (one === undefined) return null;
    if (one.codePage !== null && one.codePage > 0) return labelOfCodePage(one.codePage);
    return BY_CHARSET.get(one.charset) ?? null;
  };
  const stated = own(font);
  if (stated !== null) return stated;
  const eastern = own(far);
  return !MULTI_BYTE.has(ofFile) && eastern !== null && MULTI_BYTE.has(eastern) ? eastern : ofFile;
};

const decoders = new Map<string, InstanceType<typeof TextDecoder>>();

/** Bytes that do not fit read as U+FFFD. */
export const decodeBytes = (latin: string, label: string): string => {
  if (/^[\u0000-\u007f]*$/u.test(latin)) return latin;
  const decoder = decoders.get(label) ?? new TextDecoder(label);
  decoders.set(label, decoder);
  return decoder.decode(Buffer.from(latin, 'latin1'));
};

/** Characters typed in a picture font such as Wingdings. */
export const decodeSymbols = (latin: string, font: RtfFont): string => signsOf(font.name, latin);
