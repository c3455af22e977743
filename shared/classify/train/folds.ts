/** Divides documents into folds, near-duplicates together. */

/** Titles that differ in numbers, years and places only give the same group; "" for a title without words. */
export const titleGroup = (title: string): string =>
  title.replace(/[^一-龥]|第|号|年|月|季度/gu, '').slice(-12);

/** Folds by group, so that near-duplicates never stand on both sides; the same seed gives the same folds. */
export const foldsOf = (
  groups: readonly string[],
  folds: number,
  seed: number,
): readonly number[] => {
  const names = [...new Set(groups)].sort();
  let state = seed >>> 0;
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const place = new Map(
    names
      .map((name) => ({ name, order: random() }))
      .sort((a, b) => a.order - b.order)
      .map(({ name }, at) => [name, at % folds] as const),
  );
  return groups.map((group) => place.get(group) ?? 0);
};
