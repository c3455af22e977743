/** Collects what a person must know of how a table was read: warnings, and doubts that end in a refusal. */
import type { Warning } from '../../domain/text.ts';

export interface Notes {
  readonly warnings: readonly Warning[];
  readonly doubts: readonly string[];
  warn(code: WarningCode, detail?: string): void;
  doubt(detail: string): void;
}

/** What a task table can be read with and still be trusted, each shown beside the row it speaks of. */
export type WarningCode =
  /** The table prints no numbers: they were given in order. */
  | 'W_NUMBERS_ASSIGNED'
  /** Numbers start again in every section: they were given in order over the whole table. */
  | 'W_NUMBERS_RESTART'
  | 'W_NUMBER_ORDER'
  /** One row carries several numbers: each became a task with the same words. */
  | 'W_COMBINED_NUMBER'
  | 'W_TWO_LEVEL_REQUIREMENT'
  | 'W_TITLE_FROM_REQUIREMENT'
  | 'W_UNITS_UNSEPARATED'
  /** No unit is named in the row. */
  | 'W_NO_UNITS'
  | 'W_LEAD_BY_ORDER'
  /** A row one cell short was moved to its columns. */
  | 'W_SHORT_ROW'
  /** A row broken over two pages was joined. */
  | 'W_ROW_JOINED'
  | 'W_COLUMN_IGNORED'
  | 'W_TABLE_IGNORED'
  | 'W_PAGES_UNREAD'
  /** Tasks were read from running text by the bracket at the end of each. */
  | 'W_FROM_PARAGRAPHS';

const MOST_NOTES = 200;

export const openNotes = (): Notes => {
  const warnings: Warning[] = [];
  const doubts: string[] = [];
  return {
    warnings,
    doubts,
    warn: (code, detail = '') => {
      if (
        warnings.length < MOST_NOTES &&
        !warnings.some((w) => w.code === code && w.detail === detail)
      )
        warnings.push({ code, detail });
    },
    doubt: (detail) => {
      if (doubts.length < MOST_NOTES && !doubts.includes(detail)) doubts.push(detail);
    },
  };
};
