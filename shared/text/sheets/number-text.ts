/** Shows the numbers of a spreadsheet as a Chinese Excel shows them, long numbers always with all their places. */
import { writeNumber } from '../docx/number-formats.ts';
import { formatted } from './spreadsheet-library.ts';

/** Built-in formats as they are in Chinese (ECMA-376 18.8.30, zh-cn). */
const BUILT_IN: ReadonlyMap<number, string> = new Map([
  [0, 'General'],
  [1, '0'],
  [2, '0.00'],
  [3, '#,##0'],
  [4, '#,##0.00'],
  [5, '"¥"#,##0;"¥"\\-#,##0'],
  [6, '"¥"#,##0;"¥"\\-#,##0'],
  [7, '"¥"#,##0.00;"¥"\\-#,##0.00'],
  [8, '"¥"#,##0.00;"¥"\\-#,##0.00'],
  [9, '0%'],
  [10, '0.00%'],
  [11, '0.00E+00'],
  [12, '# ?/?'],
  [13, '# ??/??'],
  [14, 'yyyy/m/d'],
  [15, 'd-mmm-yy'],
  [16, 'd-mmm'],
  [17, 'mmm-yy'],
  [18, 'h:mm AM/PM'],
  [19, 'h:mm:ss AM/PM'],
  [20, 'h:mm'],
  [21, 'h:mm:ss'],
  [22, 'yyyy/m/d h:mm'],
  [27, 'yyyy"年"m"月"'],
  [28, 'm"月"d"日"'],
  [29, 'm"月"d"日"'],
  [30, 'm-d-yy'],
  [31, 'yyyy"年"m"月"d"日"'],
  [32, 'h"时"mm"分"'],
  [33, 'h"时"mm"分"ss"秒"'],
  [34, '上午/下午h"时"mm"分"'],
  [35, '上午/下午h"时"mm"分"ss"秒"'],
  [36, 'yyyy"年"m"月"'],
  [37, '#,##0;\\-#,##0'],
  [38, '#,##0;\\-#,##0'],
  [39, '#,##0.00;\\-#,##0.00'],
  [40, '#,##0.00;\\-#,##0.00'],
  [41, '#,##0;\\-#,##0'],
  [42, '"¥"#,##0;"¥"\\-#,##0'],
  [43, '#,##0.00;\\-#,##0.00'],
  [44, '"¥"#,##0.00;"¥"\\-#,##0.00'],
  [45, 'mm:ss'],
  [46, '[h]:mm:ss'],
  [47, 'mmss.0'],
  [48, '##0.0E+0'],
  [49, '@'],
  [50, 'yyyy"年"m"月"'],
  [51, 'm"月"d"日"'],
  [52, 'yyyy"年"m"月"'],
  [53, 'm"月"d"日"'],
  [54, 'm"月"d"日"'],
  [55, '上午/下午h"时"mm"分"'],
  [56, '上午/下午h"时"mm"分"ss"秒"'],
  [57, 'yyyy"年"m"月"'],
  [58, 'm"月"d"日"'],
]);

export const builtInFormat = (id: number): string => BUILT_IN.get(id) ?? 'General';

/** How the library names built-in dates, which follow the country of the machine. */
const BY_COUNTRY: ReadonlyMap<string, string> = new Map([
  ['m/d/yy', 'yyyy/m/d'],
  ['m/d/yy h:mm', 'yyyy/m/d h:mm'],
]);

const LONGEST_FORMAT = 255;

/** Quotes what stands bare and is no sign of a format: 元, ¥, （. */
const quoteBare = (code: string): string =>
  code.replace(/"[^"]{0,255}"|\[[^\]]{0,99}\]|\\.|上午\/下午|[^\u0000-\u007f]+/gu, (part) =>
    /^[^\u0000-\u007f]/u.test(part) && part !== '上午/下午' ? `"${part}"` : part,
  );

const WEEKDAYS = '六日一二三四五';

const withWeekday = (code: string, value: number): string => {
  const day = WEEKDAYS.charAt(((Math.floor(value) % 7) + 7) % 7);
  return code.replace(/a{4}/giu, `"星期${day}"`).replace(/\ba{3}\b/giu, `"${day}"`);
};

interface Format {
  readonly code: string;
  readonly general: boolean;
  readonly weekday: boolean;
  /** Chinese figures: 一二三 or 壹贰叁. */
  readonly figures: 'chineseCountingThousand' | 'chineseLegalSimplified' | null;
}

const figuresOf = (code: string): Format['figures'] => {
  if (/\[DBNum1\]/iu.test(code)) return 'chineseCountingThousand';
  return /\[DBNum2\]/iu.test(code) ? 'chineseLegalSimplified' : null;
};

const readFormat = (raw: string): Format => {
  const known = BY_COUNTRY.get(raw) ?? raw;
  const systemDate = /\[\$-(?:x-sysdate|F800)\]/iu.test(known) ? 'yyyy"年"m"月"d"日"' : known;
  const plain = /\[\$-(?:x-systime|F400)\]/iu.test(systemDate) ? 'h:mm:ss' : systemDate;
  const code = quoteBare(plain.replace(/\[DBNum\d\]/giu, ''));
  return {
    code,
    general: /^(?:general|@|)$/iu.test(plain.replace(/;@$/u, '')) || raw.length > LONGEST_FORMAT,
    weekday: /\ba{3,4}\b/iu.test(plain),
    figures: figuresOf(plain),
  };
};

const PLACES = 15;
const SHOWN_DECIMALS = 10;

/** All places of a whole number; of others what a cell shows, without the noise of binary fractions. */
const plainNumber = (value: number): string => {
  if (Number.isInteger(value)) return String(value);
  const exact = Number(value.toPrecision(PLACES));
  const rounded = Math.abs(exact) < 1 ? exact : Number(exact.toFixed(SHOWN_DECIMALS));
  return String(rounded).toUpperCase();
};

const inFigures = (text: string, figures: Format['figures']): string =>
  figures === null
    ? text
    : text.replace(/\d+/gu, (run) =>
        run.length === 4 || run.length > 9
          ? [...run].map((digit) => writeNumber(Number(digit), 'ideographDigital')).join('')
          : writeNumber(Number(run), figures),
      );

const LONG = 1e11;
const LOST_PLACES = 1e15;

export interface NumberTexts {
  /** A number in a format code; never 1.23E+14 for a whole number. */
  text(value: number, code: string): string;
  /** Whole numbers met that are longer than a spreadsheet can hold exactly. */
  rounded(): number;
}

export const numberTexts = (date1904: boolean): NumberTexts => {
  const formats = new Map<string, Format>();
  let rounded = 0;
  const formatOf = (code: string): Format => {
    const known = formats.get(code);
    if (known !== undefined) return known;
    const format = readFormat(code);
    formats.set(code, format);
    return format;
  };
  const shown = (value: number, { code, weekday, figures }: Format): string => {
    const text =
      formatted(weekday ? withWeekday(code, value) : code, value, date1904)?.trim() ?? '';
    const isShort = Number.isInteger(value) && Math.abs(value) >= LONG && /E[+-]\d/u.test(text);
    return text === '' || isShort ? plainNumber(value) : inFigures(text, figures);
  };
  return {
    text: (value, code) => {
      if (Number.isInteger(value) && Math.abs(value) >= LOST_PLACES) rounded += 1;
      const format = formatOf(code);
      return format.general ? plainNumber(value) : shown(value, format);
    },
    rounded: () => rounded,
  };
};
