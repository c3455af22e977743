import { afterAll, expect, test } from 'vitest';
import { donghu2021 } from '../../shared/catalogue/donghu-2021.ts';
import { defaultArtefact } from '../../shared/classify/artefact.ts';
import { releaseIdOf } from '../../shared/domain/release.ts';
import { activateCatalogue } from '../../shared/usecases/activate-catalogue.ts';
import { activeCatalogue } from '../../shared/usecases/active-catalogue.ts';
import { SHIPPED_RELEASE } from '../../shared/usecases/release-in-force.ts';
import { scratchFolders } from '../adapters/local/scratch-folder.ts';
import { refusedKind } from '../contracts/refused-kind.ts';
import { sampleCatalogue } from '../contracts/sample-catalogue.ts';
import { type LearningHome, learningHome, trainedModel, waiting } from '../making/learning-home.ts';

const folder = scratchFolders();
const homes: LearningHome[] = [];
const aHome = async (): Promise<LearningHome> => {
  const home = learningHome(await folder());
  homes.push(home);
  for (const version of [1, 2]) await home.catalogues.save(sampleCatalogue({ version }));
  return home;
};
afterAll(() => {
  for (const home of homes) home.close();
});

const ALL = { limit: 10, after: null };
const asked = (catalogueId: string, version: number) => ({ catalogueId, version, actor: 'lead-1' });

test('another table is put in force with the model that ships, and the log says so', async () => {
  const home = await aHome();
  const active = { catalogueId: 'yx2026', version: 1, model: defaultArtefact.id };
  expect(await activateCatalogue(home, asked('yx2026', 1))).toEqual({ ok: true, value: active });
  expect(await home.releases.standing()).toMatchObject({
    revision: 1,
    active,
    shadow: null,
    actor: 'lead-1',
    move: 'activate',
  });
  expect(await activeCatalogue(home)).toEqual(sampleCatalogue());
  expect(home.lines).toEqual([
    {
      code: 'RELEASE_MOVED',
      fields: { move: 'activate', releaseId: releaseIdOf(active), revision: 1 },
    },
  ]);
});

test('a table in force is not activated again: a model learnt for it stays', async () => {
  const home = await aHome();
  const model = await trainedModel(home, 'first');
  await home.catalogues.save(donghu2021);
  await home.releases.move(
    {
      revision: 1,
      active: model,
      shadow: null,
      at: home.clock.now(),
      actor: 'lead-1',
      move: 'promote',
      why: 'x',
    },
    [],
  );
  const outcome = await activateCatalogue(home, asked('dh2021', 1));
  expect(outcome).toEqual({ ok: true, value: model });
  expect((await home.releases.moves(ALL)).rows).toHaveLength(1);
});

test('another version of the table in force goes through the gate instead', async () => {
  const home = await aHome();
  await activateCatalogue(home, asked('yx2026', 1));
  expect(refusedKind(await activateCatalogue(home, asked('yx2026', 2)))).toBe('GATE_CLOSED');
  expect((await home.releases.standing())?.revision).toBe(1);
});

test('a table that is not in the store is refused, and the one that ships can be come back to', async () => {
  const home = await aHome();
  expect(refusedKind(await activateCatalogue(home, asked('yx2026', 9)))).toBe('NO_SUCH_CATALOGUE');
  expect(await home.releases.standing()).toBeNull();
  expect(await activeCatalogue(home)).toEqual(donghu2021);
  await activateCatalogue(home, asked('yx2026', 1));
  expect((await activateCatalogue(home, asked('dh2021', 1))).ok).toBe(true);
  expect((await home.releases.standing())?.active).toEqual(SHIPPED_RELEASE);
  expect(await home.catalogues.get('dh2021', 1)).toEqual(donghu2021);
});

test('what was in force is retired, and what ran in shadow beside it waits again', async () => {
  const home = await aHome();
  const [first, second] = [await trainedModel(home, 'a'), await trainedModel(home, 'b')];
  const [active, shadow] = [await waiting(home, first), await waiting(home, second)];
  await home.catalogues.save(donghu2021);
  await home.releases.move(
    {
      revision: 1,
      active: first,
      shadow: second,
      at: home.clock.now(),
      actor: 'lead-1',
      move: 'shadow',
      why: 'x',
    },
    [
      { releaseId: active, state: 'active' },
      { releaseId: shadow, state: 'shadow' },
    ],
  );
  expect((await activateCatalogue(home, asked('yx2026', 1))).ok).toBe(true);
  expect((await home.releases.candidate(active))?.state).toBe('retired');
  expect((await home.releases.candidate(shadow))?.state).toBe('candidate');
  expect((await home.releases.standing())?.shadow).toBeNull();
});

test('of leads who activate different tables at once, all but one are told that the pointer moved', async () => {
  const home = await aHome();
  const others = ['yx2027', 'yx2028', 'yx2029'];
  for (const catalogueId of others) await home.catalogues.save(sampleCatalogue({ catalogueId }));
  const outcomes = await Promise.all(
    others.map((catalogueId) => activateCatalogue(home, asked(catalogueId, 1))),
  );
  expect(outcomes.map(refusedKind).sort()).toEqual(
    ['STALE_REVISION', 'STALE_REVISION', null].sort(),
  );
  expect((await home.releases.moves(ALL)).rows).toHaveLength(1);
});

test('a table that is come back to is in force as it was: with the version and the model that it had', async () => {
  const home = await aHome();
  const model = await trainedModel(home, 'learnt');
  await home.catalogues.save(donghu2021);
  await home.catalogues.save({ ...donghu2021, version: 2, title: '改过词的表' });
  const next = {
    revision: 1,
    active: model,
    shadow: null,
    at: home.clock.now(),
    actor: 'lead-1',
    move: 'promote',
    why: 'x',
  } as const;
  await home.releases.move(next, []);
  expect((await activateCatalogue(home, asked('yx2026', 1))).ok).toBe(true);
  const past = await activateCatalogue(home, asked('dh2021', 2));
  expect(refusedKind(past)).toBe('GATE_CLOSED');
  const waits = `dh2021.2.${defaultArtefact.id}`;
  expect((await home.releases.candidate(waits))?.state).toBe('candidate');
  expect(home.jobs).toEqual([{ kind: 'judge', releaseId: waits }]);
  expect(await activateCatalogue(home, asked('dh2021', 1))).toEqual({ ok: true, value: model });
  expect((await home.releases.standing())?.active).toEqual(model);
});
