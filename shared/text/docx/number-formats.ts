/** Writes a list number in the number formats of WordprocessingML (ISO/IEC 29500-1 17.18.59). */

const DIGITS = [...'〇一二三四五六七八九'];
const ROUND_DIGITS = [...'○一二三四五六七八九'];
const LEGAL_SIMPLIFIED = [...'零壹贰叁肆伍陆柒捌玖'];
const LEGAL_TRADITIONAL = [...'零壹貳參肆伍陸柒捌玖'];
const STEMS = [...'甲乙丙丁戊己庚辛壬癸'];
const BRANCHES = [...'子丑寅卯辰巳午未申酉戌亥'];
const FULL_WIDTH = [...'０１２３４５６７８９'];

const decimal = (n: number): string => String(n);

const digitByDigit =
  (digits: readonly string[]) =>
  (n: number): string =>
    [...String(n)].map((digit) => digits[Number(digit)] ?? digit).join('');

/** 十 as the tens word up to 99, digit by digit above: 一〇〇. */
const shortCounting =
  (digits: readonly string[]) =>
  (n: number): string => {
    if (n < 10 || n > 99) return digitByDigit(digits)(n);
    const tens = Math.floor(n / 10);
    return `${tens === 1 ? '' : digits[tens]}十${n % 10 === 0 ? '' : digits[n % 10]}`;
  };

interface Counting {
  readonly digits: readonly string[];
  /** Ones, tens, hundreds, thousands. */
  readonly places: readonly string[];
  readonly zero: string;
  readonly myriad: string;
  /** 十 instead of 一十 at the start. */
  readonly barTen: boolean;
  /** 百 instead of 一百. */
  readonly barAll: boolean;
}

/** Four digits: 一千零一十. */
const fourDigits = (n: number, counting: Counting): string => {
  let written = '';
  let gap = false;
  for (let place = 3; place >= 0; place -= 1) {
    const digit = Math.floor(n / 10 ** place) % 10;
    if (digit === 0) {
      gap = written !== '';
      continue;
    }
    if (gap) written += counting.zero;
    gap = false;
    const bare = digit === 1 && place > 0 && counting.barAll;
    written += `${bare ? '' : counting.digits[digit]}${counting.places[place]}`;
  }
  return written;
};

const inMyriads = (n: number, counting: Counting): string => {
  const high = Math.floor(n / 10_000);
  const low = n % 10_000;
  const tail = low === 0 ? '' : fourDigits(low, counting);
  if (high === 0) return tail;
  const gap = low > 0 && low < 1_000 ? counting.zero : '';
  return `${fourDigits(high, counting)}${counting.myriad}${gap}${tail}`;
};

const fullCounting =
  (counting: Counting) =>
  (n: number): string => {
    if (n === 0) return counting.digits[0] ?? '0';
    const written = inMyriads(n, counting);
    return counting.barTen && n >= 10 && n < 20 ? written.slice(1) : written;
  };

const PLAIN_PLACES = ['', '十', '百', '千'];
const LEGAL_PLACES = ['', '拾', '佰', '仟'];

const chineseThousand = fullCounting({
  digits: [...'零一二三四五六七八九'],
  places: PLAIN_PLACES,
  zero: '零',
  myriad: '万',
  barTen: true,
  barAll: false,
});

const japanese = fullCounting({
  digits: DIGITS,
  places: PLAIN_PLACES,
  zero: '',
  myriad: '万',
  barTen: false,
  barAll: true,
});

const legal = (digits: readonly string[], myriad: string) =>
  fullCounting({ digits, places: LEGAL_PLACES, zero: '零', myriad, barTen: false, barAll: false });

/** Letters repeat: a … z, aa, bb; past five rounds no honest list goes on. */
const letters =
  (first: string) =>
  (n: number): string => {
    if (n < 1 || n > 130) return decimal(n);
    const letter = String.fromCodePoint((first.codePointAt(0) ?? 0) + ((n - 1) % 26));
    return letter.repeat(Math.ceil(n / 26));
  };

const ROMAN: readonly (readonly [number, string])[] = [
  [1000, 'M'],
  [900, 'CM'],
  [500, 'D'],
  [400, 'CD'],
  [100, 'C'],
  [90, 'XC'],
  [50, 'L'],
  [40, 'XL'],
  [10, 'X'],
  [9, 'IX'],
  [5, 'V'],
  [4, 'IV'],
  [1, 'I'],
];

const roman = (n: number): string => {
  if (n < 1 || n > 3_999) return decimal(n);
  let rest = n;
  let written = '';
  for (const [value, sign] of ROMAN) {
    written += sign.repeat(Math.floor(rest / value));
    rest %= value;
  }
  return written;
};

/** A set of signs in a row of Unicode; past its end the decimal number (17.18.59). */
const enclosed =
  (first: number, count: number) =>
  (n: number): string =>
    n >= 1 && n <= count ? String.fromCodePoint(first + n - 1) : decimal(n);

const cycle =
  (signs: readonly string[]) =>
  (n: number): string =>
    n >= 1 && n <= signs.length ? (signs[n - 1] ?? decimal(n)) : decimal(n);

const zodiacPair = (n: number): string =>
  n < 1 ? decimal(n) : `${STEMS[(n - 1) % 10]}${BRANCHES[(n - 1) % 12]}`;

const ordinal = (n: number): string => {
  const teen = n % 100 >= 11 && n % 100 <= 13;
  return `${n}${teen ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th')}`;
};

const circled = enclosed(0x2460, 20);

const FORMATS: ReadonlyMap<string, (n: number) => string> = new Map([
  ['decimal', decimal],
  ['decimalHalfWidth', decimal],
  ['decimalZero', (n) => String(n).padStart(2, '0')],
  ['decimalFullWidth', digitByDigit(FULL_WIDTH)],
  ['decimalFullWidth2', digitByDigit(FULL_WIDTH)],
  ['decimalEnclosedCircle', circled],
  ['decimalEnclosedCircleChinese', circled],
  ['decimalEnclosedFullstop', enclosed(0x2488, 20)],
  ['decimalEnclosedParen', enclosed(0x2474, 20)],
  ['ideographEnclosedCircle', enclosed(0x3280, 10)],
  ['numberInDash', (n) => `- ${n} -`],
  ['hex', (n) => n.toString(16).toUpperCase()],
  ['ordinal', ordinal],
  ['upperLetter', letters('A')],
  ['lowerLetter', letters('a')],
  ['upperRoman', roman],
  ['lowerRoman', (n) => roman(n).toLowerCase()],
  ['ideographDigital', digitByDigit(DIGITS)],
  ['japaneseDigitalTenThousand', digitByDigit(DIGITS)],
  ['taiwaneseDigital', digitByDigit(ROUND_DIGITS)],
  ['chineseCounting', shortCounting(DIGITS)],
  ['taiwaneseCounting', shortCounting(ROUND_DIGITS)],
  ['chineseCountingThousand', chineseThousand],
  ['taiwaneseCountingThousand', chineseThousand],
  ['japaneseCounting', japanese],
  ['chineseLegalSimplified', legal(LEGAL_SIMPLIFIED, '万')],
  ['ideographLegalTraditional', legal(LEGAL_TRADITIONAL, '萬')],
  ['ideographTraditional', cycle(STEMS)],
  ['ideographZodiac', cycle(BRANCHES)],
  ['ideographZodiacTraditional', zodiacPair],
  ['none', () => ''],
]);

/** A pattern of Word 2010 such as `001, 002, 003, ...`: decimal with at least as many places. */
const customPlaces = (format: string): number => /^0{0,9}[01]/u.exec(format)?.[0].length ?? 1;

export const knowsNumberFormat = (format: string): boolean =>
  FORMATS.has(format) || format === 'bullet' || format.startsWith('custom:');

/** `custom:` carries the pattern. An unknown format is written as a decimal number. */
export const writeNumber = (n: number, format: string): string =>
  format.startsWith('custom:')
    ? String(n).padStart(customPlaces(format.slice(7)), '0')
    : (FORMATS.get(format) ?? decimal)(n);
