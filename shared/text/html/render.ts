/** Walks an article in reading order and adds its headings, paragraphs, list entries and tables to a canonical text. */
import type { CanonicalBuilder } from '../canonical.ts';
import {
  attribute,
  type Element,
  elementsBelow,
  isBlock,
  isElement,
  isSkipped,
  marksOf,
  PageLimit,
  textOfNode,
  wordsOf,
} from './page-tree.ts';
import { filledCells, gridOf, type TableGrid } from './table-grid.ts';

type Sink = Pick<CanonicalBuilder, 'heading' | 'paragraph' | 'table'>;

const DEEPEST = 1_024;
const WIDE = '[\\u2e80-\\u9fff\\uf900-\\ufaff\\uff00-\\uffef\\u3000-\\u303f“”‘’—…]';
const BREAK_IN_CHINESE = new RegExp(
  `(?<=${WIDE})[ \\t]*\\n[ \\t\\n]*|[ \\t]*\\n[ \\t\\n]*(?=${WIDE})`,
  'gu',
);
/** Stands for <br> while the line ends of the source are folded. */
const LINE_BREAK = '\u2028';

/** Folds white space as a browser does; a line end of the source next to a 汉字 joins instead of parting words. */
const fold = (raw: string): string =>
  raw
    .replace(/\r\n?|\f/gu, '\n')
    .replace(BREAK_IN_CHINESE, '')
    .replace(/[ \t\n]+/gu, ' ');

/** A blank line or an indented line begins a new paragraph also where only <br> parts them. */
const paragraphsIn = (folded: string): string[] =>
  folded
    .split(/\u2028[ \u00a0\u3000]*\u2028|\u2028(?=[ \u00a0]?[\u00a0\u3000]{2})/u)
    .map((part) =>
      part
        .replaceAll(LINE_BREAK, '\n')
        .replace(/\n[ \u00a0\u3000]+/gu, '\n')
        .replace(/^[\s\u3000]+/u, ''),
    )
    .filter((part) => part.trim() !== '');

const FURNITURE =
  /(?:^|[-_ ])(?:share|bdshare\w{0,20}|bdsharebuttonbox|social-share|qrcode|ewm|breadcrumb|crumbs?|dqwz|copyright|sidebar|pagination|pager)(?:$|[-_ ])/u;
const LONGEST_FURNITURE = 200;

/** Buttons to share, print or page through, standing inside the article. */
const isFurniture = (element: Element): boolean =>
  FURNITURE.test(marksOf(element)) &&
  wordsOf(element, LONGEST_FURNITURE + 1).length <= LONGEST_FURNITURE;

const HEADING = /^h([1-6])$/u;

const ROMAN = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x'] as const;

const ordinal = (type: string, number: number): string => {
  if (type === 'a' || type === 'A') {
    const letter = String.fromCharCode(96 + ((number - 1) % 26) + 1);
    return type === 'A' ? letter.toUpperCase() : letter;
  }
  const roman = ROMAN[number - 1] ?? String(number);
  if (type === 'i') return roman;
  return type === 'I' ? roman.toUpperCase() : String(number);
};

/** The numbers that a browser shows before the entries of an ordered list; none where the page switches them off. */
const numberEntries = (list: Element, markers: Map<Element, string>): void => {
  if (list.tagName !== 'ol') return;
  const style = attribute(list, 'style').slice(0, 2_000);
  if (/list-style(?:-type)?\s{0,9}:\s{0,9}none/iu.test(style)) return;
  let number = Number.parseInt(attribute(list, 'start'), 10) || 1;
  for (const entry of list.childNodes) {
    if (!isElement(entry) || entry.tagName !== 'li') continue;
    markers.set(entry, `${ordinal(attribute(list, 'type'), number)}. `);
    number += 1;
  }
};

const LAYOUT_CHARACTERS = 1_500;
const LAYOUT_BLOCKS = 6;

const holdsArticle = (cell: Element): boolean =>
  wordsOf(cell, LAYOUT_CHARACTERS + 1).length > LAYOUT_CHARACTERS &&
  elementsBelow(cell).filter((element) => isBlock(element) || element.tagName === 'br').length >=
    LAYOUT_BLOCKS;

/** A table that only places things on the page: one column, other tables in it, or an article in one cell. */
const isLayout = (table: Element, grid: TableGrid): boolean => {
  if (grid.columns <= 1 || attribute(table, 'role') === 'presentation') return true;
  if (elementsBelow(table).some(({ tagName }) => tagName === 'table')) return true;
  return grid.rows <= 4 && grid.cells.some(({ element }) => holdsArticle(element));
};

const cellText = (cell: Element): string => {
  const lines: string[] = [];
  renderInto(cell, {
    heading: (text) => lines.push(text),
    paragraph: (text) => lines.push(text),
    table: (cells) => lines.push(...cells.map(({ text }) => text)),
  });
  return lines.join('\n');
};

const renderTable = (table: Element, sink: Sink, walk: (element: Element) => void): void => {
  const grid = gridOf(table);
  if (isLayout(table, grid)) {
    walk(table);
    return;
  }
  for (const caption of grid.captions) sink.paragraph(wordsOf(caption));
  sink.table(filledCells(grid, cellText), grid.headerRows);
};

interface Walker {
  children(element: Element): void;
  element(element: Element): void;
  flush(): void;
}

const preformattedText = (element: Element): string =>
  element.childNodes
    .map((node) => (isElement(node) ? wordsOf(node) : textOfNode(node)))
    .join('')
    .replace(/\r\n?|\n/gu, LINE_BREAK);

/** Gathers inline text until a block begins or ends, then gives it to the sink. */
const walkerInto = (sink: Sink): Walker => {
  const markers = new Map<Element, string>();
  let line = '';
  let level: number | null = null;
  let depth = 0;
  const flush = (): void => {
    const folded = fold(line);
    line = '';
    for (const part of paragraphsIn(folded)) {
      if (level === null) sink.paragraph(part);
      else sink.heading(part, level);
    }
  };
  const children = (parent: Element): void => {
    depth += 1;
    if (depth > DEEPEST) throw new PageLimit(`depth ${DEEPEST}`);
    for (const node of parent.childNodes) {
      line += textOfNode(node).replaceAll(LINE_BREAK, '\n');
      if (isElement(node) && !isSkipped(node) && !isFurniture(node)) element(node);
    }
    depth -= 1;
  };
  const element = (node: Element): void => {
    if (node.tagName === 'br') line += LINE_BREAK;
    else if (isBlock(node)) block(node);
    else children(node);
  };
  const block = (node: Element): void => {
    flush();
    const outer = level;
    const stated = HEADING.exec(node.tagName)?.[1];
    if (stated !== undefined) level = Number(stated);
    numberEntries(node, markers);
    line += markers.get(node) ?? '';
    if (node.tagName === 'table') renderTable(node, sink, children);
    else if (node.tagName === 'pre') line += preformattedText(node);
    else children(node);
    flush();
    level = outer;
  };
  return { children, element, flush };
};

/** Throws PageLimit where the page goes beyond the bounds of reading. */
export const renderInto = (root: Element, sink: Sink): void => {
  const walker = walkerInto(sink);
  if (root.tagName === 'table') walker.element(root);
  else walker.children(root);
  walker.flush();
};
