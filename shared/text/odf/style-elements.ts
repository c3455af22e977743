/** What the elements of styles and list styles do: they come before the text that uses them. */
import type { OdfElements } from './element.ts';
import { OUTLINE } from './list-styles.ts';

export const STYLE_ELEMENTS: OdfElements = [
  [
    'style:style',
    { open: (story, at) => story.styles.add(at), close: (story) => story.styles.end() },
  ],
  [
    'style:text-properties',
    {
      open: (story, at) => {
        story.styles.textProperties(at);
        story.lists.inLevel(at);
      },
    },
  ],
  ['style:table-properties', { open: (story, at) => story.styles.tableProperties(at) }],
  [
    'text:list-style',
    {
      open: (story, at) => story.lists.begin(at('style:name') ?? ''),
      close: (story) => story.lists.end(),
    },
  ],
  [
    'text:outline-style',
    { open: (story) => story.lists.begin(OUTLINE), close: (story) => story.lists.end() },
  ],
  ['text:list-level-style-number', { open: (story, at) => story.lists.level(at, false) }],
  ['text:list-level-style-bullet', { open: (story, at) => story.lists.level(at, true) }],
  ['text:list-level-style-image', { open: (story, at) => story.lists.level(at, true) }],
  ['text:outline-level-style', { open: (story, at) => story.lists.level(at, false) }],
  ['style:list-level-label-alignment', { open: (story, at) => story.lists.inLevel(at) }],
];
