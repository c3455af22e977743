/** Runs work side by side and gives the results in the order of the input. */

export async function* inOrder<T, R>(
  rows: readonly T[],
  width: number,
  work: (row: T) => Promise<R>,
): AsyncGenerator<R, void, undefined> {
  const running: Promise<R>[] = [];
  let next = 0;
  const fill = (): void => {
    for (const row of rows.slice(next, next + Math.max(0, width - running.length))) {
      const result = work(row);
      result.catch(() => undefined);
      running.push(result);
      next += 1;
    }
  };
  fill();
  while (running.length > 0) {
    const first = running.shift();
    if (first !== undefined) yield await first;
    fill();
  }
}
