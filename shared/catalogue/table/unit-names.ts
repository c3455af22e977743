/** Splits the words of a unit cell into units, and says who leads where the cell itself says it. */
import { isNone, linesOf } from './cell-words.ts';

export interface UnitReading {
  readonly lead: readonly string[];
  readonly responsible: readonly string[];
  /** Units of which the cell does not say what they do: what the column says holds. */
  readonly plain: readonly string[];
  /** Units stood side by side without a mark between them: split where that is sure, else left whole. */
  readonly unseparated: boolean;
}

const ENDING =
  /(?:局|办|委|部|处|室|科|股|院|所|站|中心|队|会|社|团|厅|署|行|校|公司|集团|政协|人大|政府|部门|单位|社区|联|专班|小组|机关|机构|企业|办公厅|街道|园区|管区)(?:[（(][^（()）]{1,30}[）)])?$/u;
const WIDE_ENDING = /(?:[镇乡村县区市州旗组]|学校|中学|小学|医院|银行|有关方面|负责人)$/u;
const TAIL_ALONE =
  /^(?:办公室|办公厅|委员会|工作委员会|领导小组|指挥部|工作组|组织部|宣传部|统战部|政法委|编办|网信办)(?=[（(]|$)/u;
const PARENT_ONLY = /^(?:[省市区县镇乡]|街道|镇街)?(?:委|党委|党工委|政府|人民政府|办事处)$/u;
const PREFIX =
  /^(?:市|区|县|省|街道|各|团[省市区县]委|镇(?=政府|党委|人大|人民)|乡(?=政府|党委|人大|人民))/u;
const NO_PREFIX =
  /^(?:市[容政民场中南北郊属区直]|区[域划位]|县域|省际|各(?:有关)?(?:部门|单位|科室|处室|直属|内设|站所|股室|机关|办|科))/u;
const BRANCH = /(?:分局|支局|支队|大队|中队|分中心|分公司|科|股|组|队)$/u;

const bracketFree = (text: string): string => text.replace(/[（(][^（()）]{0,80}[）)]/gu, '');

const isUnit = (text: string): boolean => ENDING.test(text) || WIDE_ENDING.test(text);

/** Broken lines: a line that stands as a unit, followed by one that does too, parts two units; anything else is one broken name. */
const joinBroken = (text: string): string => {
  let whole = '';
  let last = '';
  for (const line of linesOf(text)) {
    const parts = last !== '' && startsAnew(last, line);
    whole += (parts ? '\n' : '') + line;
    last = parts || last === '' ? line : last + line;
  }
  return whole;
};

const startsAnew = (before: string, line: string): boolean => {
  if (/^[（()）、，,；;。:：]/u.test(line) || /[（(、，,；;：:]$/u.test(before)) return false;
  if (before.lastIndexOf('（') > before.lastIndexOf('）')) return false;
  const opened = before.split(/[、，,；;\n]/u).at(-1) ?? before;
  const first = line.split(/[、，,；;\s]/u, 1)[0] ?? line;
  if (PARENT_ONLY.test(opened) && TAIL_ALONE.test(first)) return false;
  if (/^(?:办公室|办公厅|委员会)$/u.test(first)) return false;
  return isUnit(opened) && first.length >= 3 && (isUnit(first) || ROLE_END.test(first));
};

const ROLE_END =
  /(?:牵头|主办|配合|协助|协办|参与|参加|协同|负责|落实)(?:负责|落实|办理|组织|实施)?$/u;
const LEAD_END = /(?:牵头|主办|主责)(?:负责|落实|办理|组织实施|组织)?$/u;
const SHARED_END =
  /(?:(?:共同|积极|密切)?(?:配合|协助|协办|参与|参加|协同)|(?:按照?|根据)?(?:各自)?(?:职责|职能)?分工(?:分别|抓好)?(?:负责|落实)?|(?:按照?|根据)?(?:各自)?(?:职责|职能)(?:分别|抓好)?(?:负责|落实)|(?:分别|共同|具体|各自)?(?:负责(?:落实)?|落实))$/u;
const LABEL =
  /^((?:牵头|主办|责任|负责|配合|协办|协同|协助|落实|参与|参加|承办|实施)(?:单位|部门|处室|科室|机关)?)[:：]/u;
/** A label that names no duty: what follows it is no unit. */
const OTHER_LABEL = /^[\u4e00-\u9fff]{2,6}[:：]/u;

/** Splits at the marks that stand outside brackets. */
const pieces = (text: string): string[] => {
  const found: string[] = [];
  let depth = 0;
  let piece = '';
  for (const character of text) {
    if (character === '（' || character === '(') depth += 1;
    if (character === '）' || character === ')') depth = Math.max(0, depth - 1);
    if (depth === 0 && /[、，,；;。\n]/u.test(character)) {
      found.push(piece);
      piece = '';
    } else piece += character;
  }
  return [...found, piece].map((part) => part.trim()).filter((part) => !isNone(part));
};

/** A blank parts two units only where both stand as units. */
const atBlanks = (piece: string): string[] => {
  const words = piece.split(/[\s\u3000]+/u);
  const whole = words.every((word) => word.length >= 3 && (isUnit(word) || ROLE_END.test(word)));
  return words.length > 1 && whole ? words : [words.join('')];
};

interface Splitting {
  readonly units: readonly string[];
  readonly unseparated: boolean;
}

const PREFIX_STARTS = '市区县省街各团镇乡';

const cutAt = (text: string): number => {
  for (let at = 3; at <= text.length - 3; at += 1) {
    if (!PREFIX_STARTS.includes(text.charAt(at))) continue;
    const right = text.slice(at);
    if (!PREFIX.test(right) || NO_PREFIX.test(right)) continue;
    if (!ENDING.test(text.slice(Math.max(0, at - 45), at))) continue;
    if (ENDING.test(right) && !BRANCH.test(bracketFree(right))) return at;
  }
  return -1;
};

const INNER_ENDING = /(?:局|办|委|处|室|科|股|所|站|中心|政协|政府|厅)(?![（()）会员部公])/gu;

/** 街道人大工委街道政协 → two, because each part opens with its level and ends as a unit; a name that only might be two stays whole. */
const splitUnseparated = (text: string): Splitting => {
  if (text.length > 200) return { units: [text], unseparated: true };
  const units: string[] = [];
  let rest = text;
  for (let at = cutAt(rest); at > 0; at = cutAt(rest)) {
    units.push(rest.slice(0, at));
    rest = rest.slice(at);
  }
  units.push(rest);
  const endings = bracketFree(rest).match(INNER_ENDING)?.length ?? 0;
  return { units, unseparated: units.length > 1 || (endings > 2 && rest.length > 10) };
};

type Part = 'lead' | 'responsible' | 'plain';

const partOfLabel = (label: string): Part =>
  /^(?:牵头|主办)/u.test(label) ? 'lead' : 'responsible';

const stripRole = (piece: string): { part: Part | null; name: string } => {
  const name = piece.replace(/^(?:由|会同)/u, '');
  if (LEAD_END.test(name)) return { part: 'lead', name: name.replace(LEAD_END, '') };
  if (SHARED_END.test(name)) return { part: 'responsible', name: name.replace(SHARED_END, '') };
  return { part: null, name };
};

const parted = (text: string): string =>
  joinBroken(text).replace(
    /(牵头(?:负责|落实)?|配合|协助)(?=[^、，,；;。\n单部科处负落:：组和])/gu,
    '$1，',
  );

/** No cell of units is longer; what is longer is refused before it is split. */
export const LONGEST_UNIT_CELL = 2000;

/** Reads a unit cell: "A、B", "A牵头，B配合", "牵头单位：A；配合单位：B", ——, units on lines of their own or side by side. */
export const readUnits = (raw: string): UnitReading => {
  const reading: Record<Part, string[]> = { lead: [], responsible: [], plain: [] };
  const waiting: string[] = [];
  let labelled: Part | null = null;
  let unseparated = false;
  const settle = (part: Part): void => {
    for (const name of waiting.splice(0))
      if (!reading[part].includes(name)) reading[part].push(name);
  };
  const hold = (name: string): void => {
    const split = splitUnseparated(name.replace(/等$/u, ''));
    unseparated ||= split.unseparated;
    for (const unit of split.units) if (unit !== '') waiting.push(unit);
  };
  for (const piece of pieces(parted(raw)).flatMap(atBlanks)) {
    const label = LABEL.exec(piece);
    if (label?.[1] !== undefined) {
      settle(labelled ?? 'plain');
      labelled = partOfLabel(label[1]);
    }
    const { part, name } = stripRole(label === null ? piece : piece.slice(label[0].length));
    if (!isNone(name) && !OTHER_LABEL.test(name)) hold(name);
    if (part !== null) settle(part);
  }
  settle(labelled ?? 'plain');
  return { ...reading, unseparated };
};

/** True where every part of the text reads as a unit: used to tell a column that slipped from one that did not. */
export const looksLikeUnits = (raw: string): boolean => {
  if (raw.length > 300) return false;
  const parts = pieces(parted(raw)).flatMap(atBlanks);
  return (
    parts.length > 0 &&
    parts.every((part) => part.length <= 30 && (isUnit(part) || ROLE_END.test(part)))
  );
};
