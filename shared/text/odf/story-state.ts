/** What is open while the text of an OpenDocument file is being read, and where its finished blocks go. */
import type { Refusal } from '../../domain/refusal.ts';
import { joinLabel } from '../docx/number-labels.ts';
import {
  type Container,
  containerOf,
  lineContainer,
  type StoryBlock,
} from '../docx/story-state.ts';
import { type Counts, type ListStyles, listStyles } from './list-styles.ts';
import type { OdfTable } from './odf-table.ts';
import { type StyleSheet, styleSheet } from './style-sheet.ts';

export interface OpenParagraph {
  readonly pieces: string[];
  readonly level: number | null;
  readonly label: string;
  readonly suffix: string;
  hidden: boolean;
  /** The last character was a blank that the file may only have put there to look tidy. */
  afterBlank: boolean;
  /** Text boxes anchored here come after it. */
  readonly floating: StoryBlock[];
}

export interface OpenList {
  readonly style: string;
  readonly level: number;
  readonly counts: Counts;
  /** The item has not had its first paragraph, which bears the number. */
  fresh: boolean;
  start: number | null;
}

/** A place with lists and paragraphs of its own: the body, a cell, a note, a text box, a header. */
export interface Frame {
  readonly container: Container;
  readonly paragraphs: OpenParagraph[];
  readonly lists: OpenList[];
  readonly end: () => void;
}

export interface OdfMarks {
  tracked: boolean;
  comments: boolean;
  hidden: boolean;
  pictures: number;
  readonly unread: Set<string>;
}

export interface OdfStory {
  readonly styles: StyleSheet;
  readonly lists: ListStyles;
  readonly frames: Frame[];
  readonly tables: { readonly table: OdfTable; headers: number }[];
  /** Whether each open span hides its text. */
  readonly spans: boolean[];
  readonly countsById: Map<string, Counts>;
  readonly countsByStyle: Map<string, Counts>;
  readonly outlineCounts: Counts;
  readonly notes: { readonly kind: 'footnote' | 'endnote'; text: string }[];
  readonly headers: string[];
  readonly footers: string[];
  readonly properties: Map<string, string>;
  readonly marks: OdfMarks;
  /** The file has a body of text or of sheets. */
  hasBody: boolean;
  characters: number;
  /** A table was over the bounds. */
  stop: Refusal | null;
}

export const newStory = (body: Container): OdfStory => ({
  styles: styleSheet(),
  lists: listStyles(),
  frames: [{ container: body, paragraphs: [], lists: [], end: () => {} }],
  tables: [],
  spans: [],
  countsById: new Map(),
  countsByStyle: new Map(),
  outlineCounts: [],
  notes: [],
  headers: [],
  footers: [],
  properties: new Map(),
  marks: { tracked: false, comments: false, hidden: false, pictures: 0, unread: new Set() },
  hasBody: false,
  characters: 0,
  stop: null,
});

export const pushFrame = (story: OdfStory, container: Container, end = (): void => {}): void => {
  story.frames.push({ container, paragraphs: [], lists: [], end });
};

export const pushLines = (story: OdfStory, lines: string[], end = (): void => {}): void =>
  pushFrame(story, lineContainer(lines), end);

/** The outermost frame is never closed. */
export const popFrame = (story: OdfStory): void => {
  if (story.frames.length > 1) story.frames.pop()?.end();
};

export const frameOf = (story: OdfStory): Frame | undefined => story.frames.at(-1);

export const paragraphOf = (story: OdfStory): OpenParagraph | undefined =>
  frameOf(story)?.paragraphs.at(-1);

/** Where a text box gives its blocks: after the paragraph it is anchored in. */
export const floatingContainer = (story: OdfStory): Container => {
  const frame = frameOf(story);
  const floating = frame?.paragraphs.at(-1)?.floating;
  return containerOf((block) => {
    if (floating === undefined) frame?.container.add(block);
    else floating.push(block);
  });
};

export const append = (story: OdfStory, text: string): void => {
  const paragraph = paragraphOf(story);
  if (paragraph === undefined || text === '') return;
  if (paragraph.hidden || story.spans.includes(true)) {
    story.marks.hidden = true;
    return;
  }
  paragraph.pieces.push(text);
  story.characters += text.length;
};

/** Blanks and line ends in a row are one blank, and none at the start (OpenDocument 1.3 part 3, 6.1.2). */
export const appendCollapsed = (story: OdfStory, raw: string): void => {
  const paragraph = paragraphOf(story);
  if (paragraph === undefined) return;
  const text = raw.replace(/[ \t\r\n]+/gu, ' ');
  append(story, paragraph.afterBlank && text.startsWith(' ') ? text.slice(1) : text);
  if (text !== '') paragraph.afterBlank = text.endsWith(' ');
};

/** Ends the open paragraph. One inside a drawing inside another comes after that. */
export const closeParagraph = (story: OdfStory): void => {
  const frame = frameOf(story);
  const paragraph = frame?.paragraphs.pop();
  if (frame === undefined || paragraph === undefined) return;
  const own = paragraph.pieces.join('');
  const { label, suffix, level } = paragraph;
  const text = label === '' ? own : joinLabel(label, suffix, own.replace(/^[\s\u3000]+/u, ''));
  story.characters += label.length;
  const into = floatingContainer(story);
  if (!paragraph.hidden) into.add({ kind: 'paragraph', text, level });
  for (const block of paragraph.floating) into.add(block);
};
