/** Cuts a document into the parts that weigh differently: title, head, purpose, headings, body, tail. */
import type { Elements } from '../domain/elements.ts';
import type { CanonicalText, Span } from '../domain/text.ts';
import { type Flow, flowOf } from './flow.ts';
import { inferTitle, isNavigation, type Line, linesOf } from './lines.ts';

export const ZONES = [
  'crumb',
  'title',
  'subject',
  'head',
  'purpose',
  'headings',
  'body',
  'tail',
] as const;
export type Zone = (typeof ZONES)[number];

export interface Reading {
  readonly text: string;
  readonly zones: Readonly<Record<Zone, Flow>>;
  /** Characters of the whole text. */
  readonly length: number;
}

const HEAD = 700;
const BODY = 16_000;
const TAIL = 420;
const HEADINGS = 4_000;
const LEAD_IN = 300;

/** Where the colophon and the footer of a web page begin: nothing after it says what the document does. */
const COLOPHON =
  /^(?:抄送|主送|印送|分送|责任编辑|版权所有|主办单位|承办单位|网站标识码|网站地图|扫一扫|分享到|打印|关闭|Copyright|相关链接|上一篇|下一篇|京ICP|[^\n]{0,12}ICP备)/u;
const HEADING =
  /^(?:#{1,6} ?|第[一二三四五六七八九十百]{1,4}[章节]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）])/u;
const PURPOSE =
  /(?:为了?|旨在)(?:[^。；，、\n：为]{2,16}，)?(?:了|进一步|深入|切实|加快|加强|规范|健全|完善|促进|推进|推动|保障|保证|贯彻|落实|积极|充分|有效|全面|更好|建立|做好|实施|合理|维护|妥善|吸引|提高|明确|支持|预防|指导)[^。；\n]{4,120}/u;

const endOfContent = (lines: readonly Line[], end: number): number => {
  const from = Math.max(0, lines.length - 30);
  for (let at = from; at < lines.length; at += 1) {
    const line = lines[at];
    if (line !== undefined && at > 2 && COLOPHON.test(line.text)) return line.start;
  }
  return end;
};

const headingLines = (document: CanonicalText, lines: readonly Line[]): readonly Line[] => {
  const marked = document.blocks
    .filter((block) => block.kind === 'heading')
    .slice(0, 200)
    .map((block) => ({
      start: block.start,
      end: Math.min(block.end, block.start + 60),
      text: document.text.slice(block.start, Math.min(block.end, block.start + 60)),
    }));
  if (marked.length > 2) return marked;
  return lines.filter((line) => HEADING.test(line.text)).slice(0, 200);
};

/** Headings joined into one flow, each at most up to its first full stop. */
const headingsFlow = (text: string, lines: readonly Line[]): Flow => {
  const chars: string[] = [];
  const places: number[] = [];
  for (const line of lines) {
    const stop = line.text.slice(0, 60).indexOf('。');
    const to = line.start + (stop < 0 ? Math.min(60, line.end - line.start) : stop);
    const flow = flowOf(text, { from: line.start, to, cap: 60, joined: true });
    if (places.length + flow.chars.length + 1 > HEADINGS) break;
    for (let at = 0; at < flow.chars.length; at += 1) {
      chars.push(flow.chars.charAt(at));
      places.push(flow.places[at] ?? 0);
    }
    chars.push('\n');
    places.push(Math.max(line.start, to - 1));
  }
  return { chars: chars.join(''), places: Int32Array.from(places) };
};

const NO_FLOW: Flow = { chars: '', places: new Int32Array() };

const sliceFlow = (flow: Flow, start: number, end: number): Flow => ({
  chars: flow.chars.slice(start, end),
  places: flow.places.subarray(start, end),
});

/** 各区人民政府，市直各单位： */
const ADDRESSEES = /^[^。；：:]{2,240}[：:]/u;
const OPENING = 90;
/** A sentence that ends sooner is a heading: the next one says more. */
const SHORT_OPENING = 24;

/** Without a title the first sentence after the addressees tells what the text is about. */
const openingOf = (body: Flow): Flow => {
  const from = ADDRESSEES.exec(body.chars.slice(0, 260))?.[0].length ?? 0;
  const stop = body.chars.slice(0, from + OPENING).indexOf('。', from + SHORT_OPENING);
  return sliceFlow(body, from, stop < 0 ? from + OPENING : stop);
};

/** What the text says it is for; without a title its opening stands in. */
const purposeOf = (body: Flow, untitled: boolean): Flow => {
  const found = PURPOSE.exec(body.chars.slice(0, 1_500));
  if (found !== null) return sliceFlow(body, found.index, found.index + found[0].length);
  return untitled ? openingOf(body) : sliceFlow(body, 0, 0);
};

/** A title this deep, after other content, is the title of something quoted. */
const DEEPEST_TITLE = 1_500;
const NO_TITLE = /[：:]$|^尊敬|内容纠错|_x000D_/u;

/** 《…》 that a notice says it issues, forwards or announces: its title in all but place. */
const ISSUED =
  /(?:现将|^|\n)《([^《》\n]{4,80}(?:〈[^〈〉]{2,60}〉[^《》\n]{0,20})?)》(?:[（(][^）)\n]{1,40}[）)])?(?:已经|业经|经|全文|印发|转发|予以|发布|自|，现)/u;

type Range = { readonly start: number; readonly end: number };

/** The title of a web page goes on with the names of its column and site (… - 政务公开 - …局), and then with the menu. */
const SITE_SUFFIX = /\s[-_|]\s/u;
const SHORTEST_TITLE = 8;

const withoutSite = (text: string, title: Range): Range => {
  const end = Math.min(title.end, title.start + 300);
  const cut = text.slice(title.start, end).search(SITE_SUFFIX);
  return { start: title.start, end: cut < SHORTEST_TITLE ? end : title.start + cut };
};

/** The title the elements give, else the first lines that look like one, else the 《…》 being issued; null if there is none. */
const titleRange = (
  document: CanonicalText,
  elements: Elements,
  lines: readonly Line[],
): Range | null => {
  const known = elements.title?.quote;
  const usable =
    known !== undefined &&
    known.end > known.start &&
    known.end <= document.text.length &&
    known.start <= DEEPEST_TITLE &&
    substantialBefore(lines, known.start) < 4 &&
    !NO_TITLE.test(known.quote.trim());
  if (usable) return withoutSite(document.text, known);
  return inferTitle(lines) ?? issuedTitle(document.text);
};

/** Lines of real content above a place: under a true title there are hardly any. */
const substantialBefore = (lines: readonly Line[], place: number): number =>
  lines
    .slice(0, 120)
    .filter((line) => line.end <= place && line.text.length >= 18 && !isNavigation(line)).length;

const issuedTitle = (text: string): Range | null => {
  const found = ISSUED.exec(text.slice(0, 600));
  const title = found?.[1];
  if (found === null || title === undefined) return null;
  const start = found.index + found[0].indexOf(title);
  return { start, end: start + title.length };
};

/** A short lead-in above the title belongs to the document; a long one is the page around it. */
const startOf = (title: Range | null, contentStart: number): number => {
  if (title === null) return contentStart;
  return title.start - contentStart < LEAD_IN ? Math.min(title.start, contentStart) : title.start;
};

const ISSUER =
  /^[^《“]{2,40}?(?:人民政府办公厅|人民政府|政府办公厅|政府|委员会|局|厅|办公室|部|署|国务院)(?=《|“|印发|发布|公告|公布|转发|批转)/u;
const SHORTEST_SUBJECT = 6;

/** What the title is about, without who writes: an education bureau writes of more than schools. */
const subjectOf = (title: Flow): Flow => {
  const about = title.chars.lastIndexOf('关于');
  if (about >= 0 && title.chars.length - about - 2 >= SHORTEST_SUBJECT)
    return sliceFlow(title, about + 2, title.chars.length);
  const issuer = ISSUER.exec(title.chars)?.[0].length ?? 0;
  return sliceFlow(title, issuer, title.chars.length);
};

/** The trail of a web page above the title (首页 > 政策 > 解读): it tells what the page is. */
const crumbOf = (text: string, start: number): Flow => {
  const from = Math.max(0, start - LEAD_IN);
  const has = text.slice(from, start).includes('>');
  return flowOf(text, { from, to: has ? start : from, cap: LEAD_IN, joined: true });
};

/** A forwarding notice whose title does not name what it forwards is read under that title too: it is judged by what it forwards. */
const withForwarded = (title: Flow, text: string): Flow => {
  if (!/转发|批转/u.test(title.chars) || title.chars.includes('关于')) return title;
  const named = issuedTitle(text);
  if (named === null) return title;
  const inner = flowOf(text, { from: named.start, to: named.end, cap: 300, joined: true });
  if (inner.chars === '' || title.chars.includes(inner.chars)) return title;
  return {
    chars: `${title.chars}\n${inner.chars}`,
    places: Int32Array.from([...title.places, named.start, ...inner.places]),
  };
};

/** Under its own notice an annex says how, not what; what a cover issues or forwards is the document itself. */
const ANNEX = /^附\s*件\s*[一二三四五六七八九十\d]{0,3}\s*[：:]?$/u;
const CARRIES = /印发|转发|批转|公布|发布|下发|制定|汇编/u;
/** With less of its own before the annex a text is a cover. */
const OWN_TEXT = 300;

const annexOf = (lines: readonly Line[], start: number, title: string): number | null => {
  if (CARRIES.test(title)) return null;
  const annex = lines.find((line) => line.start - start >= OWN_TEXT && ANNEX.test(line.text));
  return annex?.start ?? null;
};

/** The part of a text that is read as one document. */
const within = (lines: readonly Line[], { start, end }: Span): readonly Line[] =>
  lines.filter((line) => line.start >= start && line.end <= end);

/** `part` says which stretch of the text is the document; without it, all of it is. Every place points into the whole text. */
export const readingOf = (
  document: CanonicalText,
  elements: Elements,
  part: Span | null = null,
): Reading => {
  const { text } = document;
  const whole = part ?? { start: 0, end: text.length };
  const found = linesOf(text, whole);
  const lines = part === null ? found.all : within(found.all, part);
  const title = part === null ? titleRange(document, elements, lines) : inferTitle(lines);
  const start = startOf(title, found.contentStart);
  const ownTitle =
    title === null
      ? NO_FLOW
      : flowOf(text, { from: title.start, to: title.end, cap: 300, joined: true });
  const titleFlow = part === null ? withForwarded(ownTitle, text) : ownTitle;
  const last = endOfContent(lines, whole.end);
  const end = Math.max(start, annexOf(lines, start, titleFlow.chars) ?? last);
  const body = flowOf(text, { from: start, to: end, cap: BODY });
  const headings = headingLines(document, lines).filter(
    (line) => line.start >= whole.start && line.start < end,
  );
  return {
    text,
    length: whole.end - whole.start,
    zones: {
      crumb: crumbOf(text, start),
      title: titleFlow,
      subject: subjectOf(titleFlow),
      head: flowOf(text, { from: start, to: end, cap: HEAD, joined: true }),
      purpose: purposeOf(body, title === null),
      headings: headingsFlow(text, headings),
      body,
      tail: flowOf(text, { from: Math.max(start, end - TAIL), to: end, cap: TAIL }),
    },
  };
};
