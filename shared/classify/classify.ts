/** Proposes form, tasks, categories and attribute for one document: pure, the same answer for the same input. */
import type { Catalogue } from '../domain/catalogue.ts';
import type { Attribute, Classification, Tag } from '../domain/classification.ts';
import type { Elements } from '../domain/elements.ts';
import type { PersonalHit } from '../domain/screening.ts';
import type { CanonicalText, Span } from '../domain/text.ts';
import type { Artefact, Equipped } from './artefact.ts';
import { attributeOf, type Recommended, recommendAttribute } from './attribute.ts';
import { proposeCategories, type ScoredCategory, scoreCategories } from './categories.ts';
import { collect } from './collection.ts';
import { type Fact, factOf, factsOf } from './facts.ts';
import { crossChecks, documentFlags } from './flags.ts';
import { formOf } from './form.ts';
import { partsOf } from './parts.ts';
import { type PolicyOverlap, policyOverlap } from './policy-overlap.ts';
import { readingOf } from './reading.ts';
import {
  candidatesOf,
  packsOf,
  proposeTasks,
  type TaskView,
  type WeighedTasks,
  weighTasks,
} from './tasks.ts';

export interface DocumentToClassify {
  readonly text: CanonicalText;
  readonly elements: Elements;
  readonly personal?: readonly PersonalHit[];
  /** Of an interpretation the text of the policy that it interprets, where the caller knows it: what only repeats it explains nothing. */
  readonly policyText?: string;
}

/** Shorter than this there is only a title to go by. */
const TITLE_ONLY = 160;
const POOR = 12;

/** Of the characters of a text at least this share are Han; below it, it is a sheet of numbers or a scan misread. */
const LEAST_HAN = 0.25;
const LOOKED_AT = 3_000;

const isPoor = (body: string): boolean => {
  const look = body.slice(0, LOOKED_AT);
  const han = look.match(/\p{Script=Han}/gu)?.length ?? 0;
  return han < POOR || han < LEAST_HAN * look.replace(/\s/gu, '').length;
};

const marker = (when: boolean): Fact => ({ strength: when ? 1 : 0, hits: [] });

/** Title, zones, facts and form of a document, or of one part of it: what every later step looks at. */
export const viewOf = (document: DocumentToClassify, part: Span | null = null): TaskView => {
  const reading = readingOf(document.text, document.elements, part);
  const rules = factsOf(reading);
  const closed = rules.get('closedList')?.strength ?? 0;
  const number = part === null ? document.elements.documentNumber : null;
  const facts = new Map(rules).set('titleOnly', marker(reading.length < TITLE_ONLY));
  facts.set('closedStrong', {
    strength: closed >= 2 ? 1 : 0,
    hits: rules.get('closedList')?.hits ?? [],
  });
  facts.set('poorText', marker(isPoor(reading.zones.body.chars)));
  if (number?.sure === true && number.value.issuerMark.endsWith('规'))
    facts.set('normativeBody', {
      strength: (rules.get('normativeBody')?.strength ?? 0) + 1.4,
      hits: [
        ...(rules.get('normativeBody')?.hits ?? []),
        { rule: 'normative.number', weight: 1.4, zone: 'head', quote: number.quote },
      ],
    });
  const form = formOf(reading);
  if (document.policyText !== undefined && form.code === 'F03')
    measureQuality(facts, policyOverlap(reading.zones.body, document.policyText));
  return { reading, facts, form };
};

/** From this share on an interpretation is an abstract of its policy. */
const ABSTRACT = 0.8;

/** An increment is what the policy does not say itself (taxonomy T17). */
const measureQuality = (facts: Map<string, Fact>, overlap: PolicyOverlap): void => {
  const hits = factOf(facts, 'qualityMore').hits.filter(overlap.goesBeyond);
  const abstract = overlap.share >= ABSTRACT;
  facts.set('qualityMore', {
    strength: abstract ? 0 : hits.reduce((sum, hit) => sum + hit.weight, 0),
    hits: abstract ? [] : hits,
  });
  facts.set('repeatsPolicy', marker(abstract));
};

/** The answer with every number it was made of. */
export interface Assessment {
  readonly catalogue: Catalogue;
  readonly view: TaskView;
  readonly weighed: WeighedTasks;
  readonly categories: readonly ScoredCategory[];
  readonly recommended: Recommended;
  readonly classification: Classification;
  /** Of a collection each part by itself; none otherwise. */
  readonly parts: readonly Assessment[];
}

/** A collection is answered part by part, and then as a whole. */
export const assess = (
  document: DocumentToClassify,
  catalogue: Catalogue,
  artefact: Equipped,
): Assessment => {
  const spans = partsOf(document.text);
  const whole = assessPart(document, null, { catalogue, artefact });
  if (spans.length < 2) return whole;
  return collect(
    whole,
    spans.map((span) => assessPart(document, span, { catalogue, artefact })),
  );
};

const assessPart = (
  document: DocumentToClassify,
  part: Span | null,
  { catalogue, artefact }: { readonly catalogue: Catalogue; readonly artefact: Equipped },
): Assessment => {
  const view = viewOf(document, part);
  const weighed = weighTasks(view, catalogue, artefact);
  const categories = scoreCategories(view, catalogue);
  const recommended = recommendAttribute(view, document.elements, document.personal ?? []);
  const proposed = {
    tasks: proposeTasks(view, weighed.scored, { catalogue, artefact }),
    categories: proposeCategories(view, categories, { catalogue, artefact }),
    attribute: attributeOf(view, document.elements, recommended),
  };
  const classification = conclude({ document, view, scored: weighed.scored }, proposed, {
    catalogue,
    artefact,
  });
  return { catalogue, view, weighed, categories, recommended, classification, parts: [] };
};

export const classify = (
  document: DocumentToClassify,
  catalogue: Catalogue,
  artefact: Equipped,
): Classification => assess(document, catalogue, artefact).classification;

/** Holds the proposals against each other and adds what the reviewer should know of the document. */
const conclude = (
  seen: {
    readonly document: DocumentToClassify;
    readonly view: TaskView;
    readonly scored: WeighedTasks['scored'];
  },
  proposed: { readonly tasks: Tag[]; readonly categories: Tag[]; readonly attribute: Attribute },
  { catalogue, artefact }: { readonly catalogue: Catalogue; readonly artefact: Artefact },
): Classification => {
  const { document, view, scored } = seen;
  const { tasks, categories, attribute } = proposed;
  const packs = packsOf(catalogue);
  const clashes = crossChecks(tasks, categories, packs);
  const { code, score, hits } = view.form;
  return {
    form: { code, score, rules: hits.map((hit) => ({ id: hit.rule, quote: hit.quote })) },
    tasks:
      clashes.length === 0
        ? tasks
        : tasks.map((tag) => ({ ...tag, reasons: [...tag.reasons, 'CROSS_CHECK'] })),
    candidates: candidatesOf(scored),
    categories,
    attribute,
    flags: [...documentFlags(view, attribute, document.elements), ...clashes],
    versions: { catalogue: `${catalogue.catalogueId}@${catalogue.version}`, model: artefact.id },
  };
};
