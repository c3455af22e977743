/** Looks at a text line by line: where a web page's navigation ends, and which first lines look like a title. */

export interface Line {
  readonly start: number;
  readonly end: number;
  /** Without blanks around, at most 200 characters. */
  readonly text: string;
}

const NAVIGATION =
  /^(?:当前位置|首页|您的位置|字号|字体|【?字[体号]|来源|文章来源|发布时间|发布日期|发布机构|浏览次数|点击数|打印|关闭|收藏|登录|注册|无障碍|English|Languages|RSS|繁体|简体|手机版|设为首页|加入收藏|搜索|网站|信息公开$|在线办事|互动交流|公共服务|索引号|信息索引|信息名称|主题分类|主题词|成文日期|生成日期|发文机构|发文日期|文号|内容概述|信息类别|责任编辑|日期|https?:|www\.|\[|---|===|>|\/|\||'$|【|附件[：:\d一二三四五六七八九十 ]*$|GZ\d+$)/u;
const ENDING =
  /(?:办法|规定|细则|条例|意见|措施|通知|通告|公告|决定|通报|方案|规划|纲要|计划|要点|批复|复函|函|报告|解读|公报|预案|答复|目录|清单|纪要|说明|指南|标准|规则|年报|预算|决算|公示|请示|令|法|表|问答|答记者问)(?:[（(〔][^）)〕\n]{1,24}[)）〕])?[》”]?$/u;
const NOT_TITLE =
  /[。；！？]|[：:]$|^(?:第[一二三四五六七八九十]{1,3}[章条]|[一二三四五六七八九十]、|根据|为了?|按照|各|经|现将)/u;
const LOOK = 80;

/** Of `part` of the text, or of all of it. */
export const linesOf = (
  text: string,
  part: { readonly start: number; readonly end: number } = { start: 0, end: text.length },
): { readonly all: readonly Line[]; readonly contentStart: number } => {
  const all: Line[] = [];
  let at = part.start;
  const bound = Math.min(part.end, part.start + 400_000);
  while (at < bound && all.length < 20_000) {
    const newline = text.indexOf('\n', at);
    const end = newline < 0 ? text.length : newline;
    const raw = text.slice(at, Math.min(end, at + 220));
    const shown = raw.trim();
    if (shown !== '')
      all.push({ start: at + raw.indexOf(shown.charAt(0)), end, text: shown.slice(0, 200) });
    at = end + 1;
  }
  const content = all.slice(0, LOOK).find((line) => !isNavigation(line) && isContent(line.text));
  return { all, contentStart: content?.start ?? all[0]?.start ?? part.start };
};

const isContent = (text: string): boolean => text.length >= 8 || /^(?:[（(#]|第|\d{4})/u.test(text);

/** 首页 | 政策法规 | 工作动态 | …: short words between bars, or the trail to the page. */
const MENU =
  /^[^|｜。；]{1,12}(?:[|｜][^|｜。；]{1,14}){3,}|^(?:您?(?:的|现在的|现在所在的)?位置|请输入|浏览字体)/u;

export const isNavigation = (line: Line): boolean =>
  NAVIGATION.test(line.text) || MENU.test(line.text);

const titleLike = (line: Line): boolean =>
  !isNavigation(line) && line.text.length <= 60 && !NOT_TITLE.test(line.text);

/** Up to four lines in a row from the top that together end in a word titles end in; a single first line without punctuation also counts. */
export const inferTitle = (
  lines: readonly Line[],
): { readonly start: number; readonly end: number } | null => {
  const top = lines.slice(0, LOOK);
  for (let first = 0; first < Math.min(top.length, 30); first += 1) {
    const found = titleFrom(top, first);
    if (found !== null) return found;
    if ((top[first]?.text ?? '').length > 90) break;
  }
  const only = top.find((line) => !isNavigation(line));
  if (only === undefined || NOT_TITLE.test(only.text) || only.text.length > 60) return null;
  return only.text.length >= 4 ? { start: only.start, end: only.end } : null;
};

const titleFrom = (
  top: readonly Line[],
  first: number,
): { readonly start: number; readonly end: number } | null => {
  const start = top[first];
  if (start === undefined) return null;
  let joined = '';
  for (let at = first; at < Math.min(top.length, first + 4); at += 1) {
    const line = top[at];
    if (line === undefined || !titleLike(line)) return null;
    joined += line.text.replace(/\s/gu, '');
    if (joined.length >= 6 && ENDING.test(joined)) return { start: start.start, end: line.end };
  }
  return null;
};
