/** Says the answers of two catalogues in the same codes, so that only what both can answer is held against each other. */
import type { Catalogue } from '../../domain/catalogue.ts';
import { packsOf } from '../tasks.ts';
import type { Answered, Scored } from './judged.ts';

/** All codes are those of the candidate's catalogue. */
export interface SharedCodes {
  /** Tasks that both catalogues have. */
  readonly shared: ReadonlySet<string>;
  /** Tasks of the candidate that the other lacks, or that it lacks itself: neither rewarded nor punished. */
  readonly apart: readonly string[];
  /** Shared tasks that no rule pack knows: what ships with the product cannot say whether they are right. */
  readonly unknown: readonly string[];
  /** Task of each rule pack, where it is a shared one. */
  readonly ofPack: ReadonlyMap<string, string>;
  /** An answer of the release in force, said in the candidate's codes; what it has no code for is left out. */
  fromActive(said: Answered): Answered;
}

const byPack = (catalogue: Catalogue): ReadonlyMap<string, string> =>
  new Map([...packsOf(catalogue)].map(([code, { pack }]) => [pack, code]));

const codesOf = ({ tasks }: Catalogue): readonly string[] => tasks.map(({ code }) => code);

/**
 * Two versions of one catalogue share the codes that both have: a task keeps its meaning there, and an edit after which
 * its rules no longer find it shows as a loss.
 */
const ofVersions = (candidate: Catalogue, active: Catalogue): SharedCodes => {
  const here = codesOf(candidate);
  const there = codesOf(active);
  const shared = new Set(here.filter((code) => there.includes(code)));
  const before = byPack(active);
  const ofPack = new Map([...byPack(candidate), ...before].filter(([, code]) => shared.has(code)));
  const known = new Set(ofPack.values());
  return {
    shared,
    apart: [...new Set([...here, ...there])].filter((code) => !shared.has(code)),
    unknown: [...shared].filter((code) => !known.has(code)),
    ofPack,
    fromActive: (said) => said,
  };
};

/** Different tables share what the same rule pack is bound to in both: their numbers mean nothing to each other. */
const ofTables = (candidate: Catalogue, active: Catalogue): SharedCodes => {
  const here = byPack(candidate);
  const there = byPack(active);
  const ofPack = new Map([...here].filter(([pack]) => there.has(pack)));
  const renamed = new Map(
    [...ofPack].map(([pack, code]) => [there.get(pack) ?? '', code] as const),
  );
  const rename = (scored: readonly Scored[]): readonly Scored[] =>
    scored.flatMap(({ code, score }) => {
      const own = renamed.get(code);
      return own === undefined ? [] : [{ code: own, score }];
    });
  const shared = new Set(ofPack.values());
  return {
    shared,
    apart: codesOf(candidate).filter((code) => !shared.has(code)),
    unknown: [],
    ofPack,
    fromActive: ({ tags, scores, category }) => ({
      tags: rename(tags),
      scores: rename(scores),
      category,
    }),
  };
};

export const sharedCodes = (candidate: Catalogue, active: Catalogue): SharedCodes =>
  candidate.catalogueId === active.catalogueId
    ? ofVersions(candidate, active)
    : ofTables(candidate, active);
