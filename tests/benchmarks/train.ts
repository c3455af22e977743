/** node tests/benchmarks/train.ts [documents]: time, memory and size of training on that many reviewed documents, beside a bag-of-words model on the same ones. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { folderModels } from '../../shared/adapters/local/folder-models.ts';
import { folderTexts } from '../../shared/adapters/local/folder-texts.ts';
import { donghu2021 } from '../../shared/catalogue/donghu-2021.ts';
import { defaultArtefact } from '../../shared/classify/artefact.ts';
import { SETTINGS } from '../../shared/classify/train/settings.ts';
import { train } from '../../shared/classify/train/train.ts';
import { type Snapshot, type SnapshotRow, snapshotSchema } from '../../shared/domain/model.ts';
import { sha256Of } from '../../shared/usecases/document-identity.ts';
import { measureSnapshot } from '../../shared/usecases/measure-snapshot.ts';
import { writeModel } from '../../shared/usecases/write-model.ts';
import { documentOf, type Prepared } from '../evaluation/gold.ts';
import { preparePapers } from '../evaluation/office-papers.ts';

const SEED = 20_211_130;

const randomOf = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
};

/** A paper with its paragraphs drawn anew: some left out, a few from another paper put in, its numbers changed. */
const varied = (papers: readonly Prepared[], at: number, random: () => number): Prepared => {
  const pick = (): Prepared => {
    const one = papers[Math.floor(random() * papers.length)];
    if (one === undefined) throw new Error('No papers');
    return one;
  };
  const own = papers[at % papers.length] ?? pick();
  const lines = own.document.text.text.split('\n');
  const kept = lines.filter((_, line) => line < 3 || random() > 0.2);
  const foreign = pick()
    .document.text.text.split('\n')
    .filter(() => random() < 0.15);
  const text = [...kept, ...foreign, ...kept.slice(3)]
    .join('\n')
    .replace(/\d/gu, () => String(Math.floor(random() * 10)));
  return { ...own, gold: { ...own.gold, id: sha256Of(`${SEED} ${at}`).slice(0, 32), text } };
};

const full = (code: string): string => `${donghu2021.catalogueId}:${code}`;

/** Writes the texts as the product stores them, and the snapshot that names them. */
const store = async (folder: string, count: number): Promise<void> => {
  const papers = await preparePapers();
  const texts = folderTexts(join(folder, 'texts'));
  const random = randomOf(SEED);
  const rows: SnapshotRow[] = [];
  let characters = 0;
  for (let at = 0; at < count; at += 1) {
    const { gold } = varied(papers, at, random);
    const { text } = await documentOf(gold.text);
    const textSha256 = sha256Of(text.text);
    characters += text.text.length;
    await texts.write(gold.id, textSha256, text);
    rows.push({
      documentId: gold.id,
      textSha256,
      at: new Date(Date.UTC(2026, 0, 1, 0, at)).toISOString(),
      tasks: gold.tasks.map(full),
      categories: gold.categories_ok,
    });
  }
  rows.sort((a, b) => (a.documentId < b.documentId ? -1 : 1));
  const snapshot: Snapshot = { catalogueId: 'dh2021', catalogueVersion: 1, rows };
  writeFileSync(join(folder, 'snapshot.json'), JSON.stringify(snapshot));
  const mean = Math.round(characters / count);
  console.log(
    `${count} documents of ${mean} characters on average, from the fixtures, seed ${SEED}`,
  );
};

const snapshotIn = (folder: string): Snapshot =>
  snapshotSchema.parse(JSON.parse(readFileSync(join(folder, 'snapshot.json'), 'utf8')));

const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)} s`;
const cpu = (since: NodeJS.CpuUsage): string => {
  const { user, system } = process.cpuUsage(since);
  return `${((user + system) / 1e6).toFixed(1)} CPU-s`;
};
/** Highest resident memory of the process so far. */
const peak = (): string => `${Math.round(process.resourceUsage().maxRSS / 1024)} MiB peak`;

const ours = async (folder: string): Promise<void> => {
  const snapshot = snapshotIn(folder);
  const texts = folderTexts(join(folder, 'texts'));
  const start = defaultArtefact;
  let at = performance.now();
  let used = process.cpuUsage();
  for (const { documentId, textSha256 } of snapshot.rows) await texts.read(documentId, textSha256);
  console.log(`texts read alone            ${seconds(at)}  ${cpu(used)}`);
  const whole = performance.now();
  at = performance.now();
  used = process.cpuUsage();
  const rows = await measureSnapshot({ texts }, snapshot, { catalogue: donghu2021, start });
  console.log(`read, recognise and measure ${seconds(at)}  ${cpu(used)}  ${peak()}`);
  at = performance.now();
  used = process.cpuUsage();
  const modelId = sha256Of('benchmark');
  const trained = train({ rows, catalogue: donghu2021, start, settings: SETTINGS, modelId });
  console.log(`fit, fold, calibrate, judge ${seconds(at)}  ${cpu(used)}  ${peak()}`);
  const models = folderModels(join(folder, 'models'));
  const place = { catalogueId: 'dh2021', modelId };
  await writeModel({ models }, place, { snapshot, settings: SETTINGS, ...trained });
  const bytes = JSON.stringify(trained.artefact).length;
  console.log(`train in all                ${seconds(whole)}  ${peak()}  artefact ${bytes} bytes`);
  const { start: before, trained: after, residualShare, perCode } = trained.metrics;
  console.log(
    `out of fold: micro-F1 ${before.microF1} → ${after.microF1}, P@1 ${before.precisionAt1} → ${after.precisionAt1}, ECE ${before.ece} → ${after.ece}; ${perCode.filter(({ weights }) => weights > 0).length} tasks with words of their own, ${residualShare} of them believed`,
  );
};

const peer = async (folder: string): Promise<void> => {
  const snapshot = snapshotIn(folder);
  const { bagOfWords } = await import('../evaluation/baseline-methods.ts');
  const texts = folderTexts(join(folder, 'texts'));
  const prepared: Prepared[] = [];
  const [paper] = await preparePapers();
  if (paper === undefined) throw new Error('No papers');
  const at = performance.now();
  const used = process.cpuUsage();
  for (const { documentId, textSha256, tasks } of snapshot.rows) {
    const text = await texts.read(documentId, textSha256);
    if (text === null) throw new Error('A text is gone');
    const gold = { ...paper.gold, tasks: tasks.map((code) => code.slice(7)), tasks_optional: [] };
    prepared.push({ gold, document: { ...paper.document, text } });
  }
  bagOfWords.fits[0]?.(prepared, donghu2021);
  console.log(
    `bag of words, one fit, no folds and no calibration: ${seconds(at)}  ${cpu(used)}  ${peak()}`,
  );
};

/** Each part runs in a process of its own, so that each has a peak of its own. */
const PARTS: Readonly<Record<string, (folder: string, count: number) => Promise<void>>> = {
  store,
  ours,
  peer,
};

const main = (count: number): void => {
  const folder = mkdtempSync(join(tmpdir(), 'gongkai-train-'));
  try {
    for (const part of Object.keys(PARTS)) {
      const args = [import.meta.filename, part, folder, String(count)];
      const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
      if (status !== 0) throw new Error(`${part} ended with ${status}`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const [first = '10000', folder = '', count = ''] = process.argv.slice(2);
const part = PARTS[first];
if (part === undefined) main(Number(first));
else await part(folder, Number(count));
