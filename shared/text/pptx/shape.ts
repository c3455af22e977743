/** What stands on a slide: shapes with text, tables, pictures, each with its place. */
import type { CellInput } from '../canonical.ts';

/** In English Metric Units, as the file states it. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Placeholder {
  /** title, ctrTitle, subTitle, body, dt, ftr, sldNum …; obj where nothing is stated. */
  readonly type: string;
  readonly index: string;
}

export interface Shape {
  placeholder: Placeholder | null;
  box: Box | null;
  readonly paragraphs: string[];
  /** null for a shape that is no table. */
  table: { readonly cells: CellInput[]; readonly headerRows: number } | null;
}

export interface ShapeMarks {
  pictures: number;
  hidden: boolean;
  comments: boolean;
  readonly unread: Set<string>;
  characters: number;
  cells: number;
}

export const newMarks = (): ShapeMarks => ({
  pictures: 0,
  hidden: false,
  comments: false,
  unread: new Set(),
  characters: 0,
  cells: 0,
});

const TITLES = new Set(['title', 'ctrTitle']);

export const isTitle = ({ placeholder }: Shape): boolean => TITLES.has(placeholder?.type ?? '');
