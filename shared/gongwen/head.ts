/** The head of a document, line by line: which line is number, issuer mark, field, navigation, addressee, body. */
import { type Line, linesOf, trimmed } from '../domain/lines.ts';
import { type FoundDate, findDates, findFieldDates, isBrokenDate } from './dates.ts';
import { type FoundNumber, findBrokenNumbers, findNumbers } from './document-number.ts';
import { type Field, fieldsOf } from './fields.ts';
import { endsAsTitle } from './genre.ts';

export type LineKind =
  | 'navigation'
  | 'field'
  | 'number'
  | 'mark'
  | 'stamp'
  | 'date'
  | 'remark'
  | 'addressee'
  | 'body'
  | 'other';

export interface HeadLine extends Line {
  readonly kind: LineKind;
}

export interface Head {
  readonly lines: readonly HeadLine[];
  readonly fields: readonly Field[];
  /** Numbers of the head, well formed or, where a whole line or a field is one, broken. */
  readonly numbers: readonly FoundNumber[];
  /** Where the body starts: after the addressee line, or at the first body line. */
  readonly bodyStart: number;
}

const HEAD_CHARACTERS = 8000;
const HEAD_LINES = 80;

const NAVIGATION =
  /^[>＞]|\]\(|首\s*页|当前位置|您的位置|所在位置|登录|注册|无障碍|繁體|繁体|English|》公开|打\s?印|关\s?闭|分享到|扫一扫|收藏|网站地图|>>|»|字体[：:]|【[大中小]|微信|微博|javascript|https?:\/\/|版权所有|备案号|纠错|访问次数|浏览次数|^<[!/A-Za-z]|^\//u;
const BODY =
  /^(?:《[^》]{2,120}》(?:业?经|已)|第[一1]\s?[条章编]|第一部分|一、|（一）|\(一\)|[1１][.．、][^\d]|目\s*[录次]$|为了?[^：:]{6,}|为?贯彻|根据[^：:]{8,}|按照[^：:]{8,}|近年来|现将|为认真|经[^：:]{2,30}(?:同意|批准|研究))/u;
const STAMP =
  /^(?:[★☆*\d\s年月]{0,12})(?:特\s*急|加\s*急|急\s*件|特\s*提|平\s*急|绝\s*密|机\s*密|秘\s*密)[★☆*\d\s年月长期]{0,14}$/u;
const MARK_LINE = /^[^，。；：:《》]{4,60}文\s{0,6}件$/u;
const DATED_REMARK =
  /^[（(]?(?:19|20)\d{2}年\d{1,2}月\d{1,2}日.{0,120}(?:通过|批准|发布|公布|修订|修正|施行)/u;
const SIGNER = /^[\s\u3000]*(?:签发人|签发)[：:]?[^，。；]{0,20}$/u;
const ADDRESSEE_WORDS =
  /[各局委办府厅处院校部会室队站所镇乡街县区市省州盟旗团厂矿行]|单位|公司|部门|社区|同志|代表|先生|女士|中心|集团/u;
const NOT_ADDRESSEE =
  /如下|以下|下列|包括|联系人|电话|附件|日期|时间|地址|问|答|目标|原则|其中|例如|名称|字号|来源|主任|通过/u;

/** True for 主送机关: it ends in a colon, names bodies and says nothing else. */
export const isAddressee = (words: string): boolean =>
  /[：:]$/u.test(words) &&
  words.length >= 3 &&
  words.length <= 400 &&
  !/[。；;]/u.test(words) &&
  ADDRESSEE_WORDS.test(words) &&
  !NOT_ADDRESSEE.test(words) &&
  !/^[（(]?[一二三四五六七八九十\d]+[）)、.．]/u.test(words);

const isNumberLine = (line: Line, numbers: readonly FoundNumber[]): boolean => {
  const number = numbers.find((one) => one.start < line.end && one.end > line.start);
  if (number === undefined) return false;
  const before = line.text
    .slice(0, Math.max(0, number.start - line.start))
    .replace(/^[（(\s]+/u, '');
  const after = line.text.slice(Math.max(0, number.end - line.start)).replace(/^[）)\s]+/u, '');
  return before.length === 0 && (after === '' || after === '文件' || SIGNER.test(after));
};

const isDateLine = (text: string): boolean => {
  if (text.length > 40) return false;
  const found: FoundDate | undefined = findFieldDates(text)[0] ?? findDates(text)[0];
  return (
    (found !== undefined && found.start <= 1 && text.length - found.end <= 12) || isBrokenDate(text)
  );
};

/** What the words alone say, tried in order. */
const BY_WORDS: readonly (readonly [LineKind, (text: string) => boolean])[] = [
  ['navigation', (text) => NAVIGATION.test(text.slice(0, 400)) && !/[。；]$/u.test(text)],
  ['stamp', (text) => text.length <= 60 && STAMP.test(text)],
  ['mark', (text) => text.length <= 80 && MARK_LINE.test(text)],
  ['remark', (text) => DATED_REMARK.test(text)],
  ['date', isDateLine],
  ['addressee', isAddressee],
  ['remark', (text) => /^[（(]/u.test(text) && /[）)。]$/u.test(text)],
  [
    'body',
    (text) =>
      BODY.test(text) ||
      (text.length >= 50 && /[。；]/u.test(text)) ||
      (text.length >= 25 && /。$/u.test(text)),
  ],
];

const kindOf = (
  line: Line,
  numbers: readonly FoundNumber[],
  fields: readonly Field[],
): LineKind => {
  const labelled = fields.some(
    (field) => field.labelStart <= line.end && field.value.end >= line.start,
  );
  if (labelled) return 'field';
  if (isNumberLine(line, numbers)) return 'number';
  return BY_WORDS.find(([, says]) => says(line.text))?.[0] ?? 'other';
};

/** Markdown and list decoration around the words of a line. */
const undecorated = (text: string, line: Line): Line => {
  const lead = /^[#|*=>■●◆▲□\s-]*/u.exec(line.text)?.[0].length ?? 0;
  const rest = line.text.slice(lead);
  const tail = rest.length - rest.replace(/[|*=\s]{1,40}$/u, '').length;
  return trimmed(text, line.start + lead, Math.max(line.start + lead, line.end - tail));
};

/** A sentence or a cited 《title》 before a number does not make the number the document's own. */
const NO_TITLE = /^[《\d（(]|[。；，]|^(?:根据|按照|依据|依照|为|参照|经|见)/u;
const MAX_TITLE_LINE = 240;

/** …的决定 国发〔2008〕17号: title and number on one line are taken apart. */
const split = (text: string, line: Line, numbers: readonly FoundNumber[]): Line[] => {
  const number = numbers.find((one) => one.start >= line.start && one.end <= line.end);
  if (number === undefined || line.text.length > MAX_TITLE_LINE) return [line];
  const [before, own, after] = [
    trimmed(text, line.start, number.start),
    trimmed(text, number.start, number.end),
    trimmed(text, number.end, line.end),
  ];
  const lead = trimmed(
    text,
    line.start,
    before.end - (/[（(\s]*$/u.exec(before.text)?.[0].length ?? 0),
  );
  const titled = lead.text.length >= 6 && endsAsTitle(lead.text) && !NO_TITLE.test(lead.text);
  if (/^[）)]?$/u.test(after.text) && titled) return [lead, own];
  if (before.text === '' && after.text.length >= 6 && endsAsTitle(after.text)) return [own, after];
  return [line];
};

const firstLines = (text: string, numbers: readonly FoundNumber[]): Line[] => {
  const lines: Line[] = [];
  for (const line of linesOf(text, 0, Math.min(text.length, HEAD_CHARACTERS))) {
    const plain = undecorated(text, line);
    if (plain.text !== '') lines.push(...split(text, plain, numbers));
    if (lines.length >= HEAD_LINES) break;
  }
  return lines;
};

/** Numbers that lost a piece count only where the line or field is nothing else. */
const brokenIn = (text: string, spans: readonly Line[]): FoundNumber[] =>
  spans.flatMap((span) => {
    if (span.text.length > 40 || findNumbers(span.text).length > 0) return [];
    const found = findBrokenNumbers(text.slice(span.start, span.end))[0];
    const whole = found !== undefined && found.start <= 1 && found.end >= span.text.length - 1;
    return whole
      ? [{ ...found, start: span.start + found.start, end: span.start + found.end }]
      : [];
  });

/** Bounded to the first 8000 characters and 80 lines. */
export const readHead = (text: string): Head => {
  const window = text.slice(0, HEAD_CHARACTERS);
  const fields = fieldsOf(text, 0, window.length);
  const good = findNumbers(window);
  const lines = firstLines(text, good);
  const apart = (one: FoundNumber): boolean =>
    !good.some((other) => one.start < other.end && one.end > other.start);
  const numbers = [
    ...good,
    ...brokenIn(text, [
      ...lines,
      ...fields.filter((field) => field.name === 'number').map((field) => field.value),
    ]).filter(apart),
  ];
  const known = lines.map((line): HeadLine => ({ ...line, kind: kindOf(line, numbers, fields) }));
  const first = known.findIndex((line) => line.kind === 'body' || line.kind === 'addressee');
  const stop = known[first];
  const bodyStart =
    stop === undefined ? window.length : stop.kind === 'body' ? stop.start : stop.end;
  return { lines: first < 0 ? known : known.slice(0, first + 1), fields, numbers, bodyStart };
};
