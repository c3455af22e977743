/** Homes below street level: 路12号3幢502室, 村3组12号, where the words around tie them to a person, not to an office. */
import { lineAround } from '../domain/lines.ts';
import type { PersonalHit } from '../domain/screening.ts';
import type { CanonicalText } from '../domain/text.ts';
import { maskAddress } from './mask.ts';
import { tableHeader } from './table-header.ts';

const N = '[0-9０-９]';
const C = '[0-9０-９一二三四五六七八九十]';
const ROOM = `(?:${N}{1,3}(?:幢|栋|座|号楼|#楼?))?(?:[A-Za-z]座?|${C}{1,3}(?:单元|梯|门))?(?:${C}{1,3}[层楼])?(?:${N}{1,5}(?:室|房|户|号房|号))?`;
const DOOR = new RegExp(
  `(?<!第)(?:${N}{1,5}(?:[-－之]${N}{1,4})?号(?:之${C}{1,3})?(?:院|大院|楼)?[\\p{Script=Han}]{0,8}?${ROOM}|${N}{1,3}(?:幢|栋|座|号楼)${ROOM})(?![0-9０-９令文])`,
  'gu',
);
const RUN = /[\p{Script=Han}A-Za-z0-9０-９（）()·-]{2,60}$/u;
const PLACE =
  /(?:路|街|巷|弄|里|村|社区|小区|花园|苑|大道|组|庄|坊|公寓|城|园|镇|乡|胡同|屯|队|宿舍|家属院|楼|厝)[\p{Script=Han}A-Za-z]{0,8}$/u;
const HOME =
  /家庭住址|家庭地址|户籍所在地|户籍地址|户籍地|户口所在地|居住地址|居住地|居住在|居住于|现住址|现住|家住|住址|身份证地址|暂住|住在|住于|(?<![居常])住(?![房建宅院所城户总])/u;
const OFFICE =
  /(?:办公|联系|单位|公司|受理|经营|注册|通讯|通信|邮寄|报名|收件|现场|办事|机构|企业|项目|建设|会议|提交|递交|开标|投标|领取|咨询|服务)(?:地址|地点|场所)|经营场所|住所地|地点[：:]|坐落|座落|位于/u;
const PERSON = /[，,、\s|](?:男|女)(?:性)?[，,、\s|]|身份证|公民身份号码|身份号码|户主/u;
const PERSON_TABLE = /住址|家庭地址|户籍|居住地址|(?:姓名|户主)[^\n]{0,80}地址/u;
const LEAD =
  /^.*(?:住址|地址|所在地|户籍地|居住地|居住在|居住于|现住|家住|暂住|住在|住于|住(?![房建宅院所城户总])|位于|坐落)(?:为|是|在|于)?/u;
/** A body's own seat, even where the words around speak of persons. */
const SEAT =
  /(?:局|小学|中学|学校|大学|学院|医院|幼儿园|政府|委员会|办事处|派出所|中心|大厅|法院|检察院|公司|银行|厂|部)[（(]?/u;
/** 乙区教育局（湖心街12号 */
const BRACKETED_SEAT = /(?:局|学|院|园|府|会|处|所|心|厅|司|行|厂|部)[（(][^（()）]{0,40}$/u;
const HOUSING = /宿舍|家属|小区|公寓|花园|[室房]$/u;

interface Place {
  readonly start: number;
  readonly end: number;
  /** Words from the line up to the address, the address run included. */
  readonly before: string;
}

const placeOf = (text: string, match: RegExpExecArray): Place | null => {
  const line = lineAround(text, match.index);
  const before = text.slice(Math.max(line.start, match.index - 120), match.index);
  const run = RUN.exec(before.slice(-60))?.[0] ?? '';
  if (!PLACE.test(run)) return null;
  const lead = LEAD.exec(run)?.[0].length ?? 0;
  const named = run.slice(lead);
  return named.length < 2
    ? null
    : { start: match.index - named.length, end: match.index + match[0].length, before };
};

/** The nearest label decides; without one, a person on the same line or a table of persons. */
const isHome = (source: CanonicalText, { start, end, before }: Place): boolean => {
  const { text } = source;
  const near = text.slice(Math.max(lineAround(text, start).start, start - 16), start);
  if (BRACKETED_SEAT.test(before.slice(-60))) return false;
  if (HOME.test(near)) return true;
  const words = text.slice(start, end);
  if (SEAT.test(before.slice(-40)) && !HOUSING.test(words)) return false;
  if (OFFICE.test(near) || OFFICE.test(before.slice(-40))) return false;
  const line = lineAround(text, start);
  const around = text.slice(Math.max(line.start, start - 60), Math.min(line.end, end + 60));
  return PERSON.test(around) || PERSON_TABLE.test(tableHeader(source, start));
};

export function* homeAddresses(source: CanonicalText): Generator<PersonalHit, void> {
  const { text } = source;
  for (const match of text.matchAll(DOOR)) {
    const place = placeOf(text, match);
    if (place === null || !isHome(source, place)) continue;
    const { start, end } = place;
    yield { code: 'P_ADDR', masked: maskAddress(text.slice(start, end)), start, end };
  }
}
