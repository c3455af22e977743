/** What every store of releases has to keep: one pointer that one mover at a time moves, its whole history, and the candidates. */
import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { releaseIdOf, type StandingRelease } from '../../shared/domain/release.ts';
import type { CatalogueStore, ReleaseStore } from '../../shared/ports.ts';
import { everyPage } from './every-page.ts';
import { refusedKind } from './refused-kind.ts';
import { sampleCatalogue } from './sample-catalogue.ts';
import { minute } from './sample-documents.ts';
import { sampleCandidate, sampleRelease, sampleReport, sampleStanding } from './sample-releases.ts';

export interface Released {
  readonly catalogues: CatalogueStore;
  readonly releases: ReleaseStore;
}

const ALL = { limit: 100, after: null };

/** Versions 1 and 2 of a catalogue are saved. */
type Make = () => Promise<Released>;

const moved = async (releases: ReleaseStore, next: StandingRelease): Promise<StandingRelease> => {
  expect(await releases.move(next, [])).toEqual({ ok: true, value: null });
  return next;
};

const pointerContract = (make: Make): void => {
  test('nothing stands until something is put in force; then the pointer is read back as it was moved', async () => {
    const { releases } = await make();
    expect(await releases.standing()).toBeNull();
    expect(await releases.moves(ALL)).toEqual({ rows: [], next: null });
    const first = await moved(releases, sampleStanding(1));
    expect(await releases.standing()).toEqual(first);
    const second = await moved(
      releases,
      sampleStanding(2, {
        active: sampleRelease({ version: 2, model: 'a'.repeat(64) }),
        shadow: sampleRelease({ model: 'b'.repeat(64) }),
        move: 'promote',
        why: '检验通过 𠮷',
      }),
    );
    expect(await releases.standing()).toEqual(second);
    expect((await releases.moves(ALL)).rows).toEqual([second, first]);
  });

  test('a catalogue that is not in the store is never put in force', async () => {
    const { releases } = await make();
    const unknown = [sampleRelease({ version: 3 }), sampleRelease({ catalogueId: 'nobody' })];
    for (const active of unknown)
      expect(refusedKind(await releases.move(sampleStanding(1, { active }), []))).toBe(
        'NO_SUCH_CATALOGUE',
      );
    expect(await releases.standing()).toBeNull();
    const first = await moved(releases, sampleStanding(1));
    const [active = sampleRelease()] = unknown;
    const refused = await releases.move(sampleStanding(2, { active }), []);
    expect(refusedKind(refused)).toBe('NO_SUCH_CATALOGUE');
    expect(await releases.standing()).toEqual(first);
    expect((await releases.moves(ALL)).rows).toEqual([first]);
  });

  test.each([1, 2, 4])(
    'a move to revision %i of a pointer at revision 2 is stale and leaves no trace',
    async (revision) => {
      const { releases } = await make();
      const candidate = sampleCandidate('m1');
      await releases.keepCandidate(candidate);
      await moved(releases, sampleStanding(1));
      const second = await moved(releases, sampleStanding(2));
      const late = sampleStanding(revision, { active: sampleRelease({ version: 2 }) });
      const { releaseId } = candidate;
      const outcome = await releases.move(late, [{ releaseId, state: 'active' }]);
      expect(refusedKind(outcome)).toBe('STALE_REVISION');
      expect(await releases.standing()).toEqual(second);
      expect((await releases.moves(ALL)).rows).toHaveLength(2);
      expect(await releases.candidate(releaseId)).toEqual(candidate);
    },
  );

  test('a stale move of an unknown catalogue is called stale', async () => {
    const { releases } = await make();
    await moved(releases, sampleStanding(1));
    const active = sampleRelease({ catalogueId: 'nobody' });
    const outcome = await releases.move(sampleStanding(1, { active }), []);
    expect(refusedKind(outcome)).toBe('STALE_REVISION');
  });

  test('of ten movers one wins each round, the others are stale, and the history has no gap', async () => {
    const { releases } = await make();
    const winners: string[] = [];
    for (const revision of [1, 2, 3]) {
      const outcomes = await Promise.all(
        Array.from({ length: 10 }, (_, n) =>
          releases.move(sampleStanding(revision, { actor: `by-${revision}-${n}` }), []),
        ),
      );
      const won = outcomes.flatMap(({ ok }, n) => (ok ? [`by-${revision}-${n}`] : []));
      expect(won).toHaveLength(1);
      expect(outcomes.map(refusedKind).filter((kind) => kind === 'STALE_REVISION')).toHaveLength(9);
      winners.push(...won);
    }
    const { rows } = await releases.moves(ALL);
    expect(rows.map(({ revision }) => revision)).toEqual([3, 2, 1]);
    expect(rows.map(({ actor }) => actor).reverse()).toEqual(winners);
    expect(await releases.standing()).toEqual(rows[0]);
  });

  test('moves are read newest first, page by page, while others come', async () => {
    const { releases } = await make();
    for (let revision = 1; revision <= 12; revision += 1)
      await moved(releases, sampleStanding(revision));
    const first = await releases.moves({ limit: 5, after: null });
    await moved(releases, sampleStanding(13));
    const rest = await everyPage((page) => releases.moves(page), 4);
    expect(first.rows.map(({ revision }) => revision)).toEqual([12, 11, 10, 9, 8]);
    const second = await releases.moves({ limit: 5, after: first.next });
    expect(second.rows.map(({ revision }) => revision)).toEqual([7, 6, 5, 4, 3]);
    expect(rest.map(({ revision }) => revision)).toEqual(
      Array.from({ length: 13 }, (_, n) => 13 - n),
    );
  });

  test('what is no whole release is thrown out', async () => {
    const { releases } = await make();
    const faulty = [sampleStanding(0), sampleStanding(1, { why: 'x'.repeat(2001) })];
    for (const each of faulty) await expect(releases.move(each, [])).rejects.toThrow();
    expect(await releases.standing()).toBeNull();
  });
};

const candidatesContract = (make: Make): void => {
  test('a candidate waits, gets its report, and keeps state and origin whatever it is kept as again', async () => {
    const { releases } = await make();
    const waiting = sampleCandidate('m1');
    const { releaseId } = waiting;
    expect(await releases.candidate(releaseId)).toBeNull();
    await releases.keepCandidate(waiting);
    expect(await releases.candidate(releaseId)).toEqual(waiting);
    await moved(releases, sampleStanding(1));
    await releases.move(sampleStanding(2), [{ releaseId, state: 'shadow' }]);
    const report = sampleReport(releaseId);
    const again = { origin: 'edited', state: 'candidate', madeAt: minute(9), madeBy: 'x' } as const;
    await releases.keepCandidate({ ...waiting, ...again, report });
    expect(await releases.candidate(releaseId)).toEqual({ ...waiting, state: 'shadow', report });
    await releases.keepCandidate(waiting);
    expect((await releases.candidate(releaseId))?.report).toEqual(report);
    const newer = sampleReport(releaseId, { verdict: 'keep', zh: '不够', en: 'not enough' });
    await releases.keepCandidate({ ...waiting, report: newer });
    expect((await releases.candidate(releaseId))?.report).toEqual(newer);
    expect((await releases.candidates('yx2026', ALL)).rows).toHaveLength(1);
  });

  test('a move sets the states it names; a release that never was a candidate is passed over', async () => {
    const { releases } = await make();
    const [one, two] = [sampleCandidate('m1'), sampleCandidate('m2')];
    for (const each of [one, two]) await releases.keepCandidate(each);
    const shipped = releaseIdOf(sampleRelease());
    const outcome = await releases.move(sampleStanding(1, { active: one.release }), [
      { releaseId: one.releaseId, state: 'active' },
      { releaseId: two.releaseId, state: 'retired' },
      { releaseId: shipped, state: 'retired' },
    ]);
    expect(outcome.ok).toBe(true);
    expect((await releases.candidate(one.releaseId))?.state).toBe('active');
    expect((await releases.candidate(two.releaseId))?.state).toBe('retired');
    expect(await releases.candidate(shipped)).toBeNull();
  });

  test('a refused move sets no state', async () => {
    const { releases } = await make();
    const one = sampleCandidate('m1');
    await releases.keepCandidate(one);
    const active = sampleRelease({ version: 3, model: 'm1' });
    const outcome = await releases.move(sampleStanding(1, { active }), [
      { releaseId: one.releaseId, state: 'active' },
    ]);
    expect(refusedKind(outcome)).toBe('NO_SUCH_CATALOGUE');
    expect((await releases.candidate(one.releaseId))?.state).toBe('candidate');
  });

  test('candidates of a catalogue are read newest first, page by page', async () => {
    const { releases } = await make();
    const minutes = [4, 9, 2, 9, 7];
    for (const [n, at] of minutes.entries())
      await releases.keepCandidate(
        sampleCandidate(`m${n}`, {
          madeAt: minute(at),
          report: n === 2 ? sampleReport('x') : null,
        }),
      );
    const release = sampleRelease({ catalogueId: 'other', model: 'm9' });
    await releases.keepCandidate(sampleCandidate('m9', { release }));
    const rows = await everyPage((page) => releases.candidates('yx2026', page), 2);
    expect(rows.map(({ release: { model } }) => model)).toEqual(['m3', 'm1', 'm4', 'm0', 'm2']);
    expect(rows.at(-1)?.report).toEqual(sampleReport('x'));
    expect((await releases.candidates('other', ALL)).rows).toHaveLength(1);
    expect(await releases.candidates('nobody', ALL)).toEqual({ rows: [], next: null });
  });

  test('two who keep one candidate at once leave one, with a whole report', async () => {
    const { releases } = await make();
    const { releaseId } = sampleCandidate('m1');
    const reports = ['一', '二', '三'].map((zh) => sampleReport(releaseId, { zh }));
    await Promise.all(
      reports.map((report) => releases.keepCandidate({ ...sampleCandidate('m1'), report })),
    );
    const { rows } = await releases.candidates('yx2026', ALL);
    expect(rows).toHaveLength(1);
    expect(reports).toContainEqual(rows[0]?.report);
  });

  test('a report longer than a row may be is read back whole, and so is a shorter one after it', async () => {
    const { releases } = await make();
    const { releaseId } = sampleCandidate('m1');
    const long = (n: number) => sampleReport(releaseId, { zh: randomBytes(n).toString('base64') });
    const kept = [long(700_000), long(500_000), long(10), long(700_000)];
    for (const report of kept) {
      await releases.keepCandidate({ ...sampleCandidate('m1'), report });
      expect((await releases.candidate(releaseId))?.report).toEqual(report);
    }
    expect((await releases.candidates('yx2026', ALL)).rows[0]?.report).toEqual(kept.at(-1));
  });
};

const notesContract = (make: Make): void => {
  test('shadow notes are read by document id, page by page; a second of one document replaces the first', async () => {
    const { releases } = await make();
    const note = (documentId: string, shadow: string[]) => ({
      documentId,
      at: minute(1),
      active: ['yx2026:T01'],
      shadow,
    });
    for (const id of ['doc-3', 'doc-1', 'doc-5', 'doc-2', 'doc-4'])
      await releases.noteShadow('r1', note(id, []));
    await releases.noteShadow('r2', note('doc-9', []));
    await releases.noteShadow('r1', note('doc-2', ['yx2026:T02', 'yx2026:T01']));
    const rows = await everyPage((page) => releases.shadowNotes('r1', page), 2);
    expect(rows.map(({ documentId }) => documentId)).toEqual(
      [1, 2, 3, 4, 5].map((n) => `doc-${n}`),
    );
    expect(rows[1]).toEqual(note('doc-2', ['yx2026:T02', 'yx2026:T01']));
    expect((await releases.shadowNotes('r2', ALL)).rows).toHaveLength(1);
    expect(await releases.shadowNotes('r', ALL)).toEqual({ rows: [], next: null });
  });
};

/** `empty` gives stores without anything each time. */
export const releasesContract = (name: string, empty: () => Promise<Released>): void => {
  const make: Make = async () => {
    const stores = await empty();
    for (const version of [1, 2]) await stores.catalogues.save(sampleCatalogue({ version }));
    return stores;
  };
  describe(`releases in ${name}`, () => {
    describe('the pointer', () => pointerContract(make));
    describe('candidates', () => candidatesContract(make));
    describe('shadow notes', () => notesContract(make));
  });
};
