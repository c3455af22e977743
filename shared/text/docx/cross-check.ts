/** Compares two readings of one docx: how much of what the preview shows also stands, in order, in the canonical text. */
import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5';
import type { CanonicalText } from '../../domain/text.ts';
import { normaliseText } from '../canonical.ts';

export interface CrossCheck {
  /** Characters of the preview, blanks and note marks aside. */
  readonly characters: number;
  /** Those of them found in the canonical text in the same order. */
  readonly agreeing: number;
  /** null where the preview has no text. */
  readonly share: number | null;
}

type Node = DefaultTreeAdapterTypes.ChildNode;

const BLOCKS = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'li', 'td', 'th', 'dt', 'dd']);

const bare = (text: string): string => normaliseText(text).replace(/[\s\u3000]+/gu, '');

/** Every node of the html in document order, without recursion. */
const nodesOf = (html: string): Node[] => {
  const found: Node[] = [];
  const waiting: Node[] = [...parseFragment(html).childNodes].reverse();
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    found.push(node);
    if ('childNodes' in node)
      for (const child of [...node.childNodes].reverse()) waiting.push(child);
  }
  return found;
};

/** Texts of the blocks of the preview, in order, without blanks. */
const passages = (html: string): string[] => {
  const found: string[] = [''];
  for (const node of nodesOf(html)) {
    if (BLOCKS.has(node.nodeName)) found.push('');
    if (node.nodeName === '#text' && 'value' in node) found.push((found.pop() ?? '') + node.value);
  }
  return found.map((text) => bare(text.replace(/\[\d{1,4}\]|↑/gu, ''))).filter((text) => text);
};

/** How far ahead a passage is looked for: beyond it, the two are no longer at the same place. */
const WINDOW = 4_000;
const PIECE = 6;

const whole = (text: string, at: number, wanted: string): number => {
  const near = text.slice(at, at + WINDOW + wanted.length);
  const found = near.indexOf(wanted);
  return found < 0 ? -1 : at + found + wanted.length;
};

export const crossCheck = (html: string, canonical: CanonicalText): CrossCheck => {
  const text = bare(canonical.text);
  let at = 0;
  let agreeing = 0;
  let characters = 0;
  const match = (wanted: string): boolean => {
    const end = whole(text, at, wanted);
    if (end < 0) return false;
    at = end;
    agreeing += wanted.length;
    return true;
  };
  for (const passage of passages(html)) {
    characters += passage.length;
    if (match(passage)) continue;
    for (let from = 0; from < passage.length; from += PIECE)
      match(passage.slice(from, from + PIECE));
  }
  return { characters, agreeing, share: characters === 0 ? null : agreeing / characters };
};
