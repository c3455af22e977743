/** Lays a catalogue out as rows for a person to read: one a task, every cell plain words. */
import type { Catalogue } from '../domain/catalogue.ts';
import { shortCode } from '../domain/catalogue.ts';

/** One row; lists are joined with 、 and the section path with ＞; "" where the table says nothing. */
export interface CatalogueRow {
  readonly number: string;
  readonly code: string;
  readonly section: string;
  readonly title: string;
  readonly leadUnits: string;
  readonly responsibleUnits: string;
  readonly requirement: string;
  readonly deadline: string;
}

/** The tasks in the order of the catalogue. A sub-numbered task keeps its part: 3.2. */
export const catalogueRows = (catalogue: Catalogue): CatalogueRow[] =>
  catalogue.tasks.map((task) => ({
    number: `${task.number}${/\.\d+$/u.exec(task.code)?.[0] ?? ''}`,
    code: shortCode(task.code),
    section: task.sectionPath.join('＞'),
    title: task.title,
    leadUnits: task.leadUnits.join('、'),
    responsibleUnits: task.responsibleUnits.join('、'),
    requirement: task.requirement,
    deadline: task.deadline ?? '',
  }));
