/** What the elements of OpenDocument text do: paragraphs, lists, tables, notes, text boxes, headers. */
import { wholeNumber } from '../docx/on-off.ts';
import type { Attributes } from '../xml-pass.ts';
import type { OdfElement, OdfElements } from './element.ts';
import { type Counts, type Label, OUTLINE } from './list-styles.ts';
import { odfTable } from './odf-table.ts';
import {
  append,
  closeParagraph,
  floatingContainer,
  frameOf,
  type OdfStory,
  type OpenList,
  paragraphOf,
  popFrame,
  pushFrame,
  pushLines,
} from './story-state.ts';
import { STYLE_ELEMENTS } from './style-elements.ts';

const NO_LABEL: Label = { label: '', suffix: '' };
const MOST_BLANKS = 1_000;
const START = { least: 0, most: 1_000_000 };

/** The first paragraph of a list item bears its number; a heading outside of lists that of the outline. */
const labelFor = (story: OdfStory, headingLevel: number | null): Label => {
  const list = frameOf(story)?.lists.at(-1);
  if (list?.fresh === true) {
    const { style, level, start } = list;
    list.fresh = false;
    return story.lists.next({ style, level, start }, list.counts);
  }
  if (headingLevel === null || list !== undefined) return NO_LABEL;
  return story.lists.next(
    { style: OUTLINE, level: headingLevel, start: null },
    story.outlineCounts,
  );
};

const openParagraph = (story: OdfStory, attributes: Attributes, heading: boolean): void => {
  const style = attributes('text:style-name') ?? '';
  const stated = wholeNumber(attributes('text:outline-level'), { least: 1, most: 9 });
  const level = heading ? (stated ?? 1) : story.styles.outline(style);
  frameOf(story)?.paragraphs.push({
    pieces: [],
    level,
    ...labelFor(story, heading && attributes('text:is-list-header') !== 'true' ? level : null),
    hidden: story.styles.hides('paragraph', style),
    afterBlank: true,
    floating: [],
  });
};

const blanks = (story: OdfStory, attributes: Attributes): void => {
  const count = wholeNumber(attributes('text:c'), { least: 0, most: MOST_BLANKS }) ?? 1;
  append(story, ' '.repeat(count));
};

const sign = (text: string): OdfElement => ({
  open: (story) => {
    append(story, text);
    const paragraph = paragraphOf(story);
    if (paragraph !== undefined) paragraph.afterBlank = false;
  },
});

const PARAGRAPHS: OdfElements = [
  ['text:p', { open: (story, at) => openParagraph(story, at, false), close: closeParagraph }],
  ['text:h', { open: (story, at) => openParagraph(story, at, true), close: closeParagraph }],
  [
    'text:span',
    {
      open: (story, at) =>
        void story.spans.push(story.styles.hides('text', at('text:style-name') ?? '')),
      close: (story) => void story.spans.pop(),
    },
  ],
  ['text:s', { open: blanks }],
  ['text:tab', sign('\t')],
  ['text:line-break', sign('\n')],
  [
    'text:hidden-paragraph',
    {
      open: (story, at) => {
        const paragraph = paragraphOf(story);
        if (paragraph === undefined || at('text:is-hidden') !== 'true') return;
        paragraph.hidden = true;
        story.marks.hidden = true;
      },
    },
  ],
];

/** A list goes on with another one, with the last of its style, or begins anew. */
const countsFor = (story: OdfStory, attributes: Attributes, style: string): Counts => {
  const other = attributes('text:continue-list');
  const last = story.countsByStyle.get(style);
  const goesOn = other !== undefined || attributes('text:continue-numbering') === 'true';
  return (
    (other === undefined ? undefined : story.countsById.get(other)) ??
    (goesOn ? last : undefined) ??
    []
  );
};

const openList = (story: OdfStory, attributes: Attributes): void => {
  const lists = frameOf(story)?.lists ?? [];
  const outer = lists.at(-1);
  const style = attributes('text:style-name') ?? outer?.style ?? '';
  const sameStyle = outer !== undefined && outer.style === style;
  const counts = sameStyle ? outer.counts : countsFor(story, attributes, style);
  story.countsByStyle.set(style, counts);
  const id = attributes('xml:id') ?? attributes('text:id');
  if (id !== undefined) story.countsById.set(id, counts);
  lists.push({ style, level: (outer?.level ?? 0) + 1, counts, fresh: false, start: null });
};

const openItem = (story: OdfStory, attributes: Attributes): void => {
  const list: OpenList | undefined = frameOf(story)?.lists.at(-1);
  if (list === undefined) return;
  list.fresh = true;
  list.start = wholeNumber(attributes('text:start-value'), START);
};

const LISTS: OdfElements = [
  ['text:list', { open: openList, close: (story) => void frameOf(story)?.lists.pop() }],
  [
    'text:list-item',
    {
      open: openItem,
      close: (story) => {
        const list = frameOf(story)?.lists.at(-1);
        if (list !== undefined) list.fresh = false;
      },
    },
  ],
];

const closeTable = (story: OdfStory): void => {
  const open = story.tables.pop();
  if (open === undefined) return;
  story.stop ??= open.table.over();
  floatingContainer(story).add({ kind: 'table', ...open.table.finish() });
};

const headerRows = (by: number) => (story: OdfStory) => {
  const open = story.tables.at(-1);
  if (open !== undefined) open.headers += by;
};

const openCell = (story: OdfStory, attributes: Attributes): void => {
  const cell = story.tables.at(-1)?.table.openCell(attributes);
  pushLines(story, cell?.lines ?? []);
};

const closeCell = (story: OdfStory): void => {
  popFrame(story);
  story.tables.at(-1)?.table.closeCell();
};

const TABLES: OdfElements = [
  [
    'table:table',
    {
      open: (story) => void story.tables.push({ table: odfTable(), headers: 0 }),
      close: closeTable,
    },
  ],
  ['table:table-header-rows', { open: headerRows(1), close: headerRows(-1) }],
  [
    'table:table-row',
    {
      open: (story, at) => story.tables.at(-1)?.table.openRow(at),
      close: (story) => {
        const open = story.tables.at(-1);
        open?.table.closeRow(open.headers > 0);
      },
    },
  ],
  ['table:table-cell', { open: openCell, close: closeCell }],
  ['table:covered-table-cell', { open: (story, at) => story.tables.at(-1)?.table.covered(at) }],
];

const openNote = (story: OdfStory, attributes: Attributes): void => {
  const kind = attributes('text:note-class') === 'endnote' ? 'endnote' : 'footnote';
  const paragraph = paragraphOf(story);
  const unseen = paragraph?.hidden === true || story.spans.includes(true);
  const note: OdfStory['notes'][number] = { kind, text: '' };
  const lines: string[] = [];
  pushLines(story, lines, () => {
    note.text = lines.join('\n');
    if (!unseen) story.notes.push(note);
  });
};

const margin = (side: 'headers' | 'footers'): OdfElement => ({
  open: (story) => pushLines(story, story[side]),
  close: popFrame,
});

const unread = (kind: string): OdfElement => ({
  open: (story) => void story.marks.unread.add(kind),
});

const tracked: OdfElement = {
  open: (story) => {
    story.marks.tracked = true;
  },
};

const body: OdfElement = {
  open: (story) => {
    story.hasBody = true;
  },
};

const OTHERS: OdfElements = [
  ['text:note', { open: openNote, close: popFrame }],
  [
    'draw:text-box',
    { open: (story) => pushFrame(story, floatingContainer(story)), close: popFrame },
  ],
  ['style:header', margin('headers')],
  ['style:header-left', margin('headers')],
  ['style:header-first', margin('headers')],
  ['loext:header-first', margin('headers')],
  ['style:footer', margin('footers')],
  ['style:footer-left', margin('footers')],
  ['style:footer-first', margin('footers')],
  ['loext:footer-first', margin('footers')],
  [
    'draw:image',
    {
      open: (story) => {
        story.marks.pictures += 1;
      },
    },
  ],
  ['draw:object', unread('object')],
  ['draw:object-ole', unread('object')],
  ['text:change', tracked],
  ['text:change-start', tracked],
  ['office:text', body],
  ['office:spreadsheet', body],
  ['office:presentation', body],
  ['office:drawing', body],
];

export const ODF_ELEMENTS: ReadonlyMap<string, OdfElement> = new Map([
  ...PARAGRAPHS,
  ...LISTS,
  ...TABLES,
  ...OTHERS,
  ...STYLE_ELEMENTS,
]);
