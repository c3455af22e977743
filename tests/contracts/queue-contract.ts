/** What every queue towards classification has to keep. */
import { describe, expect, test } from 'vitest';
import type { ClassifyQueue } from '../../shared/ports.ts';

export interface Queue {
  readonly queue: ClassifyQueue;
  /** The ids that came out until now, in any order; waits until all that was sent is out. */
  readonly received: () => Promise<readonly string[]>;
}

export const queueContract = (name: string, make: () => Promise<Queue>): void => {
  describe(`classify queue over ${name}`, () => {
    test('every document that is sent comes out', async () => {
      const { queue, received } = await make();
      const ids = Array.from({ length: 25 }, (_, n) => `doc-${n}`);
      await Promise.all(ids.map((id) => queue.send(id)));
      expect([...new Set(await received())].sort()).toEqual([...ids].sort());
    });

    test('a document sent twice comes out at least once, as it was named', async () => {
      const { queue, received } = await make();
      const id = '"quoted" 文件\\';
      await queue.send(id);
      await queue.send(id);
      expect([...new Set(await received())]).toEqual([id]);
    });
  });
};
