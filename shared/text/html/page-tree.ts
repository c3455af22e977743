/** Parses a page into a tree of bounded size and depth, and answers what its elements are. */
import {
  type DefaultTreeAdapterMap,
  type DefaultTreeAdapterTypes,
  defaultTreeAdapter,
  parse,
} from 'parse5';
import { LIMITS } from '../limits.ts';

export type Node = DefaultTreeAdapterTypes.ChildNode;
export type Element = DefaultTreeAdapterTypes.Element;
export type Document = DefaultTreeAdapterTypes.Document;

/** Thrown while the tree grows, so that a hostile page is stopped where it goes too far. */
export class PageLimit extends Error {
  override readonly name = 'PageLimit';
}

const boundedAdapter = () => {
  let elements = 0;
  let depth = 0;
  return {
    ...defaultTreeAdapter,
    createElement: (...given: Parameters<typeof defaultTreeAdapter.createElement>): Element => {
      elements += 1;
      if (elements > LIMITS.htmlElements) throw new PageLimit(`${LIMITS.htmlElements} elements`);
      return defaultTreeAdapter.createElement(...given);
    },
    onItemPush: (): void => {
      depth += 1;
      if (depth > LIMITS.htmlDepth) throw new PageLimit(`depth ${LIMITS.htmlDepth}`);
    },
    onItemPop: (): void => {
      depth -= 1;
    },
  };
};

/** Throws PageLimit where the page has more elements or is nested deeper than the limits. */
export const parsePage = (html: string): Document =>
  parse<DefaultTreeAdapterMap>(html, { treeAdapter: boundedAdapter() });

export const isElement = (node: Node): node is Element => 'tagName' in node;

export const textOfNode = (node: Node): string =>
  node.nodeName === '#text' && 'value' in node ? node.value : '';

export const attribute = (element: Element, name: string): string =>
  element.attrs.find((known) => known.name === name)?.value ?? '';

const MOST_MARKS = 500;

/** Id and classes in lower case, as one string with two blanks around each. */
export const marksOf = (element: Element): string =>
  `  ${attribute(element, 'id')} ${attribute(element, 'class')}  `
    .slice(0, MOST_MARKS)
    .toLowerCase()
    .replace(/\s/gu, '  ');

export const parentOf = (element: Element): Element | null => {
  const parent = element.parentNode;
  return parent !== null && 'tagName' in parent ? parent : null;
};

const DROPPED: ReadonlySet<string> = new Set([
  'script',
  'style',
  'noscript',
  'template',
  'iframe',
  'object',
  'embed',
  'svg',
  'math',
  'select',
  'textarea',
  'input',
  'button',
  'audio',
  'video',
  'canvas',
  'map',
  'head',
  'title',
  'meta',
  'link',
  'xml',
  'nav',
  'footer',
  'aside',
]);

const HIDING =
  /(?:display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden|mso-hide\s{0,9}:\s{0,9}all)/iu;

const isHidden = (element: Element): boolean =>
  element.attrs.some(
    ({ name, value }) =>
      name === 'hidden' ||
      (name === 'style' && value.length < 10_000 && HIDING.test(value)) ||
      (name === 'class' &&
        /(?:^|\s)(?:ng-hide|hidden|hide|sr-only)(?:\s|$)/u.test(value.slice(0, 2_000))),
  );

/** True for what a reader never sees or never reads as text: scripts, form fields, frames, hidden parts, navigation. */
export const isSkipped = (element: Element): boolean =>
  DROPPED.has(element.tagName) || isHidden(element);

const BLOCKS: ReadonlySet<string> = new Set([
  'address',
  'article',
  'blockquote',
  'body',
  'caption',
  'center',
  'dd',
  'details',
  'div',
  'dl',
  'dt',
  'fieldset',
  'figcaption',
  'figure',
  'form',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'header',
  'hr',
  'html',
  'legend',
  'li',
  'main',
  'ol',
  'p',
  'pre',
  'section',
  'summary',
  'table',
  'tbody',
  'td',
  'tfoot',
  'th',
  'thead',
  'tr',
  'ul',
]);

export const isBlock = (element: Element): boolean => BLOCKS.has(element.tagName);

/** Elements in document order, without what is skipped and what lies in it. */
export const elementsBelow = (root: Document | Element): Element[] => {
  const found: Element[] = [];
  const open: Element[] = root.childNodes.filter(isElement).reverse();
  for (let element = open.pop(); element !== undefined; element = open.pop()) {
    if (isSkipped(element)) continue;
    found.push(element);
    for (let at = element.childNodes.length - 1; at >= 0; at -= 1) {
      const child = element.childNodes[at];
      if (child !== undefined && isElement(child)) open.push(child);
    }
  }
  return found;
};

const TELLING_DEPTH = LIMITS.htmlDepth * 2;

/** All words of an element in one line, without what is skipped; `most` bounds the length. */
export const wordsOf = (element: Element, most = 10_000): string => {
  let text = '';
  const walk = (parent: Element, depth: number): void => {
    if (depth > TELLING_DEPTH) throw new PageLimit(`depth ${TELLING_DEPTH}`);
    for (const node of parent.childNodes) {
      if (text.length > most) return;
      text += textOfNode(node);
      if (isElement(node) && !isSkipped(node)) walk(node, depth + 1);
    }
  };
  walk(element, 0);
  return text.replace(/\s+/gu, ' ').trim().slice(0, most);
};
