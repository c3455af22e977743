/** Reads tables: rows, cell spans and merges, header rows, deleted and hidden rows. */

import type { ElementHandlers } from './element-handlers.ts';
import { isOn } from './on-off.ts';
import { addBlock, flushCarried, lineContainer, type Story } from './story-state.ts';
import { type CellShape, newShape, skippedColumns, spanOf, tableGrid } from './table-grid.ts';

const closeTable = (story: Story): void => {
  const table = story.tables.pop();
  if (table === undefined) return;
  flushCarried(story.containers.at(-1));
  addBlock(story, { kind: 'table', ...table.finish() });
};

const openCell = (story: Story): void => {
  const lines: string[] = [];
  story.shapes.push(newShape());
  story.cellLines.push(lines);
  story.containers.push(lineContainer(lines));
};

const closeCell = (story: Story): void => {
  flushCarried(story.containers.pop());
  const shape = story.shapes.pop();
  const lines = story.cellLines.pop();
  if (shape !== undefined && lines !== undefined)
    story.tables.at(-1)?.row().cells.push({ shape, lines });
};

const ofCell = (set: (shape: CellShape, value: string | undefined) => void): ElementHandlers => ({
  open: (story, { attributes, trail }) => {
    const shape = story.shapes.at(-1);
    if (shape !== undefined && trail.at(-1) === 'w:tcPr') set(shape, attributes('w:val'));
  },
});

/** Properties of the row being read; `w:del` and `w:ins` come here from the runs, which share their names. */
export const rowProperty = (story: Story, name: string, value: string | undefined): void => {
  const row = story.tables.at(-1)?.row();
  if (row === undefined) return;
  if (name === 'w:gridBefore') row.skipped = skippedColumns(value);
  else if (name === 'w:tblHeader') row.header = isOn(value);
  else if (name === 'w:hidden' && isOn(value)) {
    row.dropped = true;
    story.marks.hidden = true;
  } else if (name === 'w:del') {
    row.dropped = true;
    story.marks.tracked = true;
  } else if (name === 'w:ins') story.marks.tracked = true;
};

const ofRow: ElementHandlers = {
  open: (story, { name, attributes, trail }) => {
    if (trail.at(-1) === 'w:trPr') rowProperty(story, name, attributes('w:val'));
  },
};

export const TABLE_ELEMENTS: readonly (readonly [string, ElementHandlers])[] = [
  ['w:tbl', { open: (story) => void story.tables.push(tableGrid()), close: closeTable }],
  ['w:gridCol', { open: (story) => story.tables.at(-1)?.gridColumn() }],
  [
    'w:tr',
    {
      open: (story) => void story.tables.at(-1)?.row(),
      close: (story) => story.tables.at(-1)?.closeRow(),
    },
  ],
  ['w:tc', { open: openCell, close: closeCell }],
  ['w:gridBefore', ofRow],
  ['w:tblHeader', ofRow],
  ['w:hidden', ofRow],
  [
    'w:gridSpan',
    ofCell((shape, value) => {
      shape.span = spanOf(value);
    }),
  ],
  [
    'w:vMerge',
    ofCell((shape, value) => {
      shape.vertical = value === 'restart' ? 'restart' : 'continue';
    }),
  ],
  [
    'w:hMerge',
    ofCell((shape, value) => {
      shape.continuesLeft = value !== 'restart';
    }),
  ],
  [
    'w:cellDel',
    {
      open: (story, { trail }) => {
        const shape = story.shapes.at(-1);
        if (shape === undefined || trail.at(-1) !== 'w:tcPr') return;
        shape.deleted = true;
        story.marks.tracked = true;
      },
    },
  ],
];
