/** Things for the reviewer: clashes between form, tasks and categories, and notes on what kind of document it is. */
import type { Attribute, Tag } from '../domain/classification.ts';
import { holds } from './facts.ts';
import type { Pack } from './packs.ts';
import type { TaskView } from './tasks.ts';

/** If one of `categories` leads, one of `packs` should be among the tasks (taxonomy §6). */
const CHECKS: readonly {
  readonly id: string;
  readonly category: string;
  readonly packs: readonly string[];
  /** The other way round too: the task without the category is as odd. */
  readonly mutual: boolean;
}[] = [
  { id: 'X_P02_T03', category: 'P02', packs: ['proposals'], mutual: true },
  { id: 'X_P09_T16', category: 'P09', packs: ['press'], mutual: true },
  { id: 'X_P01_T13', category: 'P01', packs: ['interpretation'], mutual: false },
  { id: 'X_P04_T01', category: 'P04', packs: ['open-decision'], mutual: false },
  { id: 'X_P13_T23', category: 'P13', packs: ['normative', 'regulation-text'], mutual: false },
  { id: 'X_C07_T06', category: 'C07', packs: ['budget', 'debt'], mutual: false },
  { id: 'X_P03_T26', category: 'P03', packs: ['column'], mutual: false },
  {
    id: 'X_P07_T26',
    category: 'P07',
    packs: ['column', 'catalogue', 'open-execution'],
    mutual: false,
  },
  { id: 'X_C06_T27', category: 'C06', packs: ['catalogue'], mutual: false },
  { id: 'X_C09_T27', category: 'C09', packs: ['catalogue'], mutual: false },
];

/** Ids of the checks that fail: a leading category whose task is missing, or a mutual task whose category is. */
export const crossChecks = (
  tasks: readonly Tag[],
  categories: readonly Tag[],
  packs: ReadonlyMap<string, Pack>,
): readonly string[] => {
  const primary = categories[0]?.code;
  const present = new Set(tasks.map((tag) => packs.get(tag.code)?.pack ?? ''));
  const known = new Set([...packs.values()].map((pack) => pack.pack));
  return CHECKS.filter((check) => {
    if (!check.packs.some((pack) => known.has(pack))) return false;
    const has = check.packs.some((pack) => present.has(pack));
    if (check.category === primary) return !has;
    return check.mutual && has && !categories.some((tag) => tag.code === check.category);
  }).map((check) => check.id);
};

export const documentFlags = (
  view: TaskView,
  attribute: Attribute,
  elements: { readonly flags: readonly string[] },
): readonly string[] => {
  const flags: string[] = [];
  const { declared, recommended, grounds } = attribute;
  if (declared !== 'A0' && declared !== recommended) flags.push('W_ATTR');
  if ((recommended === 'A3' || declared === 'A2' || declared === 'A3') && grounds.length === 0)
    flags.push('W_NOREASON');
  if (holds(view.facts, 'forward')) flags.push('W_FORWARD');
  if (view.form.code === 'F03' && holds(view.facts, 'policyBody')) flags.push('W_MISMATCH');
  const bare = view.reading.length > 400 && !holds(view.facts, 'qualityMore');
  if (view.form.code === 'F03' && (bare || holds(view.facts, 'repeatsPolicy')))
    flags.push('W_ABSTRACT');
  return [...flags, ...elements.flags.filter((flag) => flag.startsWith('W_'))];
};
