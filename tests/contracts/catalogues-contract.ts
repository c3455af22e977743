/** What every store of catalogues has to keep. */
import { describe, expect, test } from 'vitest';
import type { Catalogue } from '../../shared/domain/catalogue.ts';
import type { CatalogueStore } from '../../shared/ports.ts';
import { refusedKind } from './refused-kind.ts';
import { sampleCatalogue as sample, sampleTask as task } from './sample-catalogue.ts';

const largest = (): Catalogue =>
  sample({
    tasks: Array.from({ length: 900 }, (_, n) =>
      task(
        'yx2026',
        n + 1,
        Array.from({ length: 400 }, (_, k) => (n * 7919 + k * 104729) % 65_521).join(' '),
      ),
    ),
  });

/** `store` gives an empty one each time. */
export const cataloguesContract = (name: string, store: () => Promise<CatalogueStore>): void => {
  describe(`catalogues in ${name}`, () => {
    test('a version is read back as it was saved, and the list names all versions', async () => {
      const catalogues = await store();
      expect(await catalogues.list()).toEqual([]);
      expect(await catalogues.get('yx2026', 1)).toBeNull();
      const saved = [
        sample({ catalogueId: 'yx2027', title: '次年' }),
        sample({ version: 10, title: '修订' }),
        sample({ version: 2 }),
        sample(),
      ];
      for (const each of saved) expect((await catalogues.save(each)).ok).toBe(true);
      expect(await catalogues.get('yx2026', 10)).toEqual(saved[1]);
      expect(await catalogues.get('yx2026', 3)).toBeNull();
      expect(await catalogues.list()).toEqual([
        { catalogueId: 'yx2026', version: 1, title: '云溪街道任务分解表' },
        { catalogueId: 'yx2026', version: 2, title: '云溪街道任务分解表' },
        { catalogueId: 'yx2026', version: 10, title: '修订' },
        { catalogueId: 'yx2027', version: 1, title: '次年' },
      ]);
    });

    test('a version saved again is accepted where it says the same and refused where it does not', async () => {
      const catalogues = await store();
      await catalogues.save(sample());
      expect((await catalogues.save(sample())).ok).toBe(true);
      const other = await catalogues.save(sample({ title: '另一张表' }));
      expect(refusedKind(other)).toBe('STALE_REVISION');
      expect((await catalogues.get('yx2026', 1))?.title).toBe('云溪街道任务分解表');
      expect(await catalogues.list()).toHaveLength(1);
    });

    test('of ten tables saved at once as the same version one is kept and the others are refused', async () => {
      const catalogues = await store();
      const tables = Array.from({ length: 10 }, (_, n) => sample({ title: `表 ${n}` }));
      const outcomes = await Promise.all(tables.map((each) => catalogues.save(each)));
      const kept = outcomes.flatMap(({ ok }, n) => (ok ? [n] : []));
      expect(kept).toHaveLength(1);
      expect(await catalogues.get('yx2026', 1)).toEqual(tables[kept[0] ?? -1]);
      expect((await catalogues.list()).map(({ title }) => title)).toEqual([`表 ${kept[0]}`]);
    });

    test('a table of nine hundred long tasks is read back whole', async () => {
      const catalogues = await store();
      const large = largest();
      expect(JSON.stringify(large).length).toBeGreaterThan(1_500_000);
      await catalogues.save(large);
      expect(await catalogues.get('yx2026', 1)).toEqual(large);
    });
  });
};
