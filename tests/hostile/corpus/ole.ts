/** OLE files whose sectors run in rings, lie, or point nowhere: the container of .doc, .xls and .msg. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeMsg } from '../../making/make-containers.ts';
import { entriesOf, type HostileEntry, utf8 } from './entry.ts';

const TESTS = join(import.meta.dirname, '..', '..', 'text');

const SOURCES: Readonly<Record<string, () => Uint8Array>> = {
  doc: () => readFileSync(join(TESTS, 'doc', 'samples', 'notice.doc')),
  xls: () => readFileSync(join(TESTS, 'sheets', 'samples', 'subsidy.xls')),
  msg: () =>
    makeMsg({
      subject: '关于公开有关事项的通知',
      body: '现将有关事项通知如下。',
      attachments: { '附件.txt': utf8('附件正文'.repeat(3_000)), 'b.txt': utf8('小附件') },
    }),
};

const FREE = 0xffffffff;
const ENTRY = 128;

interface Ole {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly size: number;
}

const sectorAt = ({ size }: Ole, sector: number): number => (sector + 1) * size;

const tables = (ole: Ole): number[] =>
  Array.from({ length: 109 }, (_, slot) => ole.view.getUint32(76 + slot * 4, true)).filter(
    (sector) => sectorAt(ole, sector + 1) <= ole.bytes.length,
  );

/** Every link of the allocation table that leads on. */
const links = (ole: Ole): number[] =>
  tables(ole).flatMap((sector) =>
    Array.from({ length: ole.size / 4 }, (_, slot) => sectorAt(ole, sector) + slot * 4).filter(
      (at) => ole.view.getUint32(at, true) < 0xfffffffa,
    ),
  );

const directoryAt = (ole: Ole): number => sectorAt(ole, ole.view.getUint32(48, true));

/** Places of the entries in the first sector of the directory. */
const entries = (ole: Ole): number[] =>
  Array.from({ length: ole.size / ENTRY }, (_, at) => directoryAt(ole) + at * ENTRY);

type Change = (ole: Ole) => void;

export const changed = (source: Uint8Array, change: Change): Uint8Array => {
  const bytes = Uint8Array.from(source);
  const view = new DataView(bytes.buffer);
  change({ bytes, view, size: 2 ** view.getUint16(30, true) });
  return bytes;
};

export const OLE_CHANGES: Readonly<Record<string, { attacks: string; change: Change }>> = {
  'every sector follows itself': {
    attacks: 'a walk along the allocation table',
    change: (ole) => {
      for (const at of links(ole)) {
        const table = Math.floor((at - ole.size) / ole.size);
        const place = tables(ole).indexOf(table) * (ole.size / 4);
        ole.view.setUint32(at, place + ((at % ole.size) >> 2), true);
      }
    },
  },
  'every sector leads to the first of the directory': {
    attacks: 'a walk along the allocation table',
    change: (ole) => {
      const first = ole.view.getUint32(48, true);
      for (const at of links(ole)) ole.view.setUint32(at, first, true);
    },
  },
  'the ends of chains lead back': {
    attacks: 'chains that never end',
    change: (ole) => {
      for (const sector of tables(ole))
        for (let at = sectorAt(ole, sector); at < sectorAt(ole, sector + 1); at += 4)
          if (ole.view.getUint32(at, true) === 0xfffffffe) ole.view.setUint32(at, 1, true);
    },
  },
  'every entry is its own brother and child': {
    attacks: 'a walk through the directory',
    change: (ole) =>
      entries(ole).forEach((at, index) => {
        for (const link of [68, 72, 76]) ole.view.setUint32(at + link, index, true);
      }),
  },
  'two entries are each other’s brothers': {
    attacks: 'a walk through the directory',
    change: (ole) =>
      entries(ole).forEach((at, index) => {
        ole.view.setUint32(at + 68, index ^ 1, true);
        ole.view.setUint32(at + 72, index ^ 1, true);
      }),
  },
  'every entry is a child of the root again': {
    attacks: 'a tree that is a ring',
    change: (ole) => {
      for (const at of entries(ole).slice(1)) ole.view.setUint32(at + 76, 1, true);
    },
  },
  'the small sectors run in a ring': {
    attacks: 'a walk along the table of small sectors',
    change: (ole) => {
      const table = sectorAt(ole, ole.view.getUint32(60, true));
      if (table + ole.size > ole.bytes.length) return;
      for (let at = table; at < table + ole.size; at += 4) ole.view.setUint32(at, 0, true);
    },
  },
  'streams of 4 GB': {
    attacks: 'allocation by a stated size',
    change: (ole) => {
      for (const at of entries(ole)) ole.view.setUint32(at + 120, 0xfffffff0, true);
    },
  },
  'streams of 2^63 bytes': {
    attacks: 'allocation by a stated size',
    change: (ole) => {
      for (const at of entries(ole)) ole.view.setBigUint64(at + 120, 2n ** 63n, true);
    },
  },
  'streams of nothing': {
    attacks: 'readers that take a header for granted',
    change: (ole) => {
      for (const at of entries(ole)) ole.view.setUint32(at + 120, 0, true);
    },
  },
  'the list of tables is a ring': {
    attacks: 'a walk along the list of allocation tables (DIFAT)',
    change: (ole) => {
      ole.view.setUint32(68, 0, true);
      ole.view.setUint32(72, 0xffffffff, true);
      ole.view.setUint32(sectorAt(ole, 1) - 4, 0, true);
    },
  },
  'a hundred tables that are all the first': {
    attacks: 'a walk along the list of allocation tables',
    change: (ole) => {
      const first = ole.view.getUint32(76, true);
      for (let slot = 0; slot < 109; slot += 1) ole.view.setUint32(76 + slot * 4, first, true);
      ole.view.setUint32(44, 0xffffffff, true);
    },
  },
  'sectors of 2^31 bytes': {
    attacks: 'sizes by a stated shift',
    change: ({ view }) => view.setUint16(30, 31, true),
  },
  'small sectors of 2^31 bytes': {
    attacks: 'sizes by a stated shift',
    change: ({ view }) => view.setUint16(32, 31, true),
  },
  'small sectors of one byte': {
    attacks: 'loops that step by nothing',
    change: ({ view }) => view.setUint16(32, 0, true),
  },
  'no directory': {
    attacks: 'reading past the end',
    change: ({ view }) => view.setUint32(48, FREE, true),
  },
  'everything is small': {
    attacks: 'large streams sought among small sectors',
    change: ({ view }) => view.setUint32(56, 0xffffffff, true),
  },
};

const ENDS = ['text', 'opened', 'DAMAGED', 'UNKNOWN_FORMAT', 'NO_TEXT', 'ENCRYPTED'];

export const OLE: readonly HostileEntry[] = Object.entries(SOURCES).flatMap(([ending, source]) =>
  entriesOf(
    ending,
    Object.fromEntries(
      Object.entries(OLE_CHANGES).map(([name, { attacks, change }]) => [
        name,
        {
          attacks,
          make: () => changed(source(), change),
          ends: [...ENDS, 'STRUCTURE_LIMIT', 'ARCHIVE_LIMIT'],
          inside: ['text', 'NO_TEXT', 'UNKNOWN_FORMAT', 'EMPTY_FILE', 'UNKNOWN_CHARSET'],
        },
      ]),
    ),
  ),
);
