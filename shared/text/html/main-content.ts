/** Finds the element that holds the article of a page: by the containers site systems use, else by where the text is. */
import {
  attribute,
  type Document,
  type Element,
  elementsBelow,
  isBlock,
  isElement,
  isSkipped,
  marksOf,
  type Node,
  PageLimit,
  parentOf,
  textOfNode,
} from './page-tree.ts';

/** Surest first; the last holds names so common that the article may be only a part of what they hold. */
const CONTAINERS: readonly RegExp[] = [
  / (?:zoom|ucap-content|js_content|wenzhang-content) /u,
  / (?:trs_editor|trs_ueditor|trs_paper_preview|article-content|articlecontent|article_content|pages_content|news_content|news_cont_d_wrap|newscontent|detail-content|xxgk_content|con_text|wzxq_content|contenttext) /u,
  / [\w-]{0,40}zoom[\w-]{0,40} /u,
  / (?:article|article-con|article_con|content|maincontent|main-content|view|text|bodytext|artibody|nr|conts) /u,
];

const LEAST_CHARACTERS = 40;
/** Containers that hold less than this share of the running text of the page are only a part of the article. */
const LEAST_SHARE = 0.3;
/** The smallest element with this share of the running text is taken where no container is known. */
const ARTICLE_SHARE = 0.8;
const KEPT_WHOLE: ReadonlySet<string> = new Set(['p', 'ul', 'ol', 'dl', 'pre', 'blockquote']);
const DEEPEST = 1_024;

interface Weights {
  /** Characters of running text: what is not in links and reads like a sentence; other text counts a tenth. */
  readonly running: ReadonlyMap<Element, number>;
  /** Links that have words. */
  readonly links: number;
}

const SENTENCE = /[。，；：！？]/u;

const runningLength = (text: string): number => {
  const plain = text.replace(/\s+/gu, '');
  const isRunning = plain.length >= 40 || (plain.length >= 12 && SENTENCE.test(plain));
  return isRunning ? plain.length : plain.length / 10;
};

/** An anchor that is only the target of links may wrap the whole article. */
const isLink = (element: Element): boolean =>
  element.tagName === 'a' && element.attrs.some(({ name }) => name !== 'name' && name !== 'id');

const AROUND = / (?:nav|menu|header|footer|foot|copyright)(?:[-_][\w-]{0,40})? /u;

/** Words of one line may be spread over many inline elements: they are weighed together, where the line ends. */
const endsLine = (element: Element): boolean =>
  isBlock(element) || element.tagName === 'br' || attribute(element, 'id') !== '';

const weigh = (root: Element): Weights => {
  const running = new Map<Element, number>();
  let links = 0;
  let line = '';
  const endLine = (): number => {
    const length = runningLength(line);
    line = '';
    return length;
  };
  const walk = (element: Element, depth: number): number => {
    if (depth > DEEPEST) throw new PageLimit(`depth ${DEEPEST}`);
    let sum = 0;
    for (const node of element.childNodes) sum += weightOf(node, depth);
    if (endsLine(element)) sum += endLine();
    running.set(element, sum);
    return sum;
  };
  const weightOf = (node: Node, depth: number): number => {
    if (!isElement(node)) {
      line += textOfNode(node);
      return 0;
    }
    if (isSkipped(node) || AROUND.test(marksOf(node))) return 0;
    if (!isLink(node)) return (endsLine(node) ? endLine() : 0) + walk(node, depth + 1);
    links += 1;
    return 0;
  };
  walk(root, 0);
  return { running, links };
};

const heaviest = (elements: readonly Element[], { running }: Weights): Element | null =>
  elements.reduce<Element | null>(
    (best, element) =>
      best === null || (running.get(element) ?? 0) > (running.get(best) ?? 0) ? element : best,
    null,
  );

const holdsMostOf = (nodes: readonly Node[], least: number, { running }: Weights): Element | null =>
  nodes.filter(isElement).find((child) => (running.get(child) ?? 0) >= least) ?? null;

const byDensity = (body: Element, weights: Weights): Element => {
  const least = (weights.running.get(body) ?? 0) * ARTICLE_SHARE;
  let current = body;
  for (;;) {
    const child = holdsMostOf(current.childNodes, least, weights);
    if (child === null || KEPT_WHOLE.has(child.tagName)) return current;
    current = child;
  }
};

/** A page saved from a word processor, or a bare piece of one, has nothing around the article and hardly a link. */
const FEW_LINKS = 5;

const narrowed = (root: Element, weights: Weights): Element =>
  weights.links <= FEW_LINKS ? root : byDensity(root, weights);

const isBelow = (element: Element, others: ReadonlySet<Element>): boolean => {
  for (let at = parentOf(element); at !== null; at = parentOf(at)) if (others.has(at)) return true;
  return false;
};

/** The heaviest container of the surest kind that holds enough; a page may carry its article twice, for print. */
const byContainer = (body: Element, weights: Weights): Element | null => {
  const weightOf = (element: Element): number => weights.running.get(element) ?? 0;
  const all = elementsBelow(body).map((element) => ({ element, marks: marksOf(element) }));
  for (const pattern of CONTAINERS) {
    const matching = all.filter(({ marks }) => pattern.test(marks)).map(({ element }) => element);
    const known = new Set(matching);
    const held = matching
      .filter((element) => !isBelow(element, known))
      .reduce((sum, element) => sum + weightOf(element), 0);
    const best = heaviest(matching, weights);
    const isEnough = held >= LEAST_CHARACTERS && held >= weightOf(body) * LEAST_SHARE;
    if (best === null || !isEnough || weightOf(best) < held * LEAST_SHARE) continue;
    return pattern === CONTAINERS.at(-1) ? narrowed(best, weights) : best;
  }
  return null;
};

export const bodyOf = (page: Document): Element | null =>
  page.childNodes
    .filter(isElement)
    .flatMap((root) => root.childNodes.filter(isElement))
    .find((element) => element.tagName === 'body') ?? null;

export const mainContent = (body: Element): Element => {
  const weights = weigh(body);
  const known = byContainer(body, weights);
  if (known !== null) return known;
  return narrowed(body, weights);
};
