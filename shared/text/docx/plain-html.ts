/** Lets through only the plain elements of an html fragment, rebuilt from its tree; everything else loses its tag or its content. */
import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5';

type Node = DefaultTreeAdapterTypes.ChildNode;
type Element = DefaultTreeAdapterTypes.Element;

const KEPT = new Set([
  ...['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'li', 'br', 'sup', 'sub'],
  ...['table', 'thead', 'tbody', 'tr', 'td', 'th', 'strong', 'em', 's', 'dl', 'dt', 'dd'],
]);

const DROPPED = new Set([
  ...['script', 'style', 'iframe', 'object', 'embed', 'template', 'noscript', 'svg', 'math'],
  ...['img', 'link', 'meta', 'base', 'form', 'textarea', 'select', 'button', 'title', 'head'],
]);

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

const escaped = (text: string): string =>
  text.replace(/[&<>"]/gu, (character) => ESCAPES[character] ?? '');

const attributeOf = (element: Element, name: string): string | undefined =>
  element.attrs.find((attribute) => attribute.name === name)?.value;

const spans = (element: Element): string =>
  ['colspan', 'rowspan']
    .map((name) => ({ name, value: attributeOf(element, name) ?? '' }))
    .filter(({ value }) => /^[1-9]\d{0,3}$/u.test(value))
    .map(({ name, value }) => ` ${name}="${value}"`)
    .join('');

const checkBox = (element: Element): string => {
  if (attributeOf(element, 'type') !== 'checkbox') return '';
  return attributeOf(element, 'checked') === undefined ? '☐' : '☑';
};

const isElement = (node: Node): node is Element => 'tagName' in node;

/** What stands before the content of a node, the content, and what stands after it. */
const written = (node: Node): { before: string; inside: readonly Node[]; after: string } => {
  if (node.nodeName === '#text' && 'value' in node)
    return { before: escaped(node.value), inside: [], after: '' };
  if (!isElement(node) || DROPPED.has(node.tagName)) return { before: '', inside: [], after: '' };
  const { tagName, childNodes } = node;
  if (tagName === 'input') return { before: checkBox(node), inside: [], after: '' };
  if (!KEPT.has(tagName)) return { before: '', inside: childNodes, after: '' };
  if (tagName === 'br') return { before: '<br>', inside: [], after: '' };
  return { before: `<${tagName}${spans(node)}>`, inside: childNodes, after: `</${tagName}>` };
};

/** Without recursion: what is still to be written waits on a stack, last first. */
export const plainHtml = (html: string): string => {
  const waiting: (Node | string)[] = [...parseFragment(html).childNodes].reverse();
  const out: string[] = [];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next === 'string') out.push(next);
    else if (next !== undefined) {
      const { before, inside, after } = written(next);
      out.push(before);
      waiting.push(after);
      for (const child of [...inside].reverse()) waiting.push(child);
    }
  }
  return out.join('');
};
