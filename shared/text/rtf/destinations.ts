/** What the groups of an RTF are for: tables of fonts and styles, properties, notes, text boxes, pictures. */
import { type Container, lineContainer, type StoryBlock } from '../docx/story-state.ts';
import { newFlow } from './flow.ts';
import type { RtfReader } from './reader.ts';
import { type Destination, newRow } from './state.ts';

type Begin = (reader: RtfReader) => void;

const goTo =
  (destination: Destination): Begin =>
  ({ state }) => {
    state().destination = destination;
  };

const skip = goTo('skip');
const pass: Begin = () => {};

/** A story of its own in this group: its blocks go to `container`, and `end` is called when it is whole. */
const story = (
  reader: RtfReader,
  add: (block: StoryBlock) => void,
  end: () => void = () => {},
): void => {
  const { document } = reader;
  document.blocks += 1;
  const state = reader.state();
  const around = { ...document.row };
  const flow = newFlow(add);
  Object.assign(state, { flow, inTable: false, tableDepth: 0, style: 0, outline: null });
  Object.assign(document.row, newRow(), { begun: false });
  state.atEnd = () => {
    flow.finish();
    Object.assign(document.row, around);
    end();
  };
};

const margin =
  (side: 'headers' | 'footers'): Begin =>
  (reader) => {
    const container: Container = lineContainer(reader.document[side]);
    story(reader, container.add);
  };

const note: Begin = (reader) => {
  const lines: string[] = [];
  const own: { kind: 'footnote' | 'endnote'; text: string } = { kind: 'footnote', text: '' };
  const { deleted, hidden } = reader.state();
  if (!deleted && !hidden) reader.document.notes.push(own);
  story(reader, lineContainer(lines).add, () => {
    own.text = lines.join('\n');
  });
};

const textBox: Begin = (reader) => {
  const { flow } = reader.state();
  story(reader, (block) => flow.float(block));
};

const label: Begin = (reader) => {
  const state = reader.state();
  const { flow, hidden, deleted } = state;
  state.destination = 'label';
  reader.takeCollected();
  state.atEnd = () => {
    const text = reader.takeCollected().trim();
    if (!hidden && !deleted) flow.label(text);
  };
};

const property =
  (name: string): Begin =>
  (reader) => {
    const state = reader.state();
    if (state.destination !== 'properties') return;
    state.destination = 'property';
    reader.takeCollected();
    state.atEnd = () => {
      reader.document.properties.set(name, reader.takeCollected());
    };
  };

/** The date stands in control words, which are collected as year-month-day. */
const date = property;

const picture: Begin = (reader) => {
  reader.document.marks.pictures += 1;
  skip(reader);
};

const comment: Begin = (reader) => {
  reader.document.marks.comments = true;
  skip(reader);
};

const embedded: Begin = (reader) => {
  reader.document.marks.unread.add('object');
};

const upright: Begin = (reader) => {
  reader.state().skipChild = true;
};

const innerRow: Begin = (reader) => {
  reader.state().innerRow = true;
};

const SKIPPED = [
  'colortbl',
  'listtable',
  'listoverridetable',
  'fldinst',
  'nonshppict',
  'shprslt',
  'sp',
  'xe',
  'tc',
  'tcn',
  'bkmkstart',
  'bkmkend',
  'atnid',
  'atnauthor',
  'template',
  'ftnsep',
  'ftnsepc',
  'ftncn',
  'aftnsep',
  'aftnsepc',
  'aftncn',
  'pnseclvl',
  'filetbl',
  'private',
  'nonesttables',
  'objdata',
  'datafield',
  'formfield',
];

/** By the first word of a group; after `\*` any other word means that the group is left out. */
export const DESTINATIONS: ReadonlyMap<string, Begin> = new Map<string, Begin>([
  ...SKIPPED.map((name) => [name, skip] as const),
  ['fonttbl', goTo('fonts')],
  ['stylesheet', goTo('styles')],
  ['info', goTo('properties')],
  ['title', property('title')],
  ['subject', property('subject')],
  ['keywords', property('keywords')],
  ['creatim', date('created')],
  ['revtim', date('modified')],
  ['header', margin('headers')],
  ['headerl', margin('headers')],
  ['headerr', margin('headers')],
  ['headerf', margin('headers')],
  ['footer', margin('footers')],
  ['footerl', margin('footers')],
  ['footerr', margin('footers')],
  ['footerf', margin('footers')],
  ['footnote', note],
  ['annotation', comment],
  ['listtext', label],
  ['pntext', label],
  ['pict', picture],
  ['shptxt', textBox],
  ['dptxbxtext', textBox],
  ['object', embedded],
  ['upr', upright],
  ['nesttableprops', innerRow],
  ['ud', pass],
  ['shppict', pass],
  ['shpinst', pass],
  ['do', pass],
  ['moMath', pass],
  ['moMathPara', pass],
]);
