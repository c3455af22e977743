/** node tests/benchmarks/hostile-corpus.ts [--only pdf] [--seed 1]: time and peak memory of each entry, in a process of its own. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bytesOf, CORPUS } from '../hostile/corpus.ts';
import { runProgram } from '../making/run-process.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    seed: { type: 'string', default: '1' },
    /** Entries under both are counted and not listed. */
    seconds: { type: 'string', default: '5' },
    megabytes: { type: 'string', default: '500' },
  },
});
const seed = Number(values.seed);
const [seconds, megabytes] = [Number(values.seconds), Number(values.megabytes)];
const reading = join(import.meta.dirname, 'read-hostile-file.ts');
const folder = mkdtempSync(join(tmpdir(), 'gongkai-hostile-'));
const entries = CORPUS.filter(({ name }) => name.includes(values.only));
console.log(`${entries.length} entries from seed ${seed}`);
let within = 0;
let largest = 0;
for (const entry of entries) {
  const path = join(folder, entry.fileName);
  writeFileSync(path, bytesOf(entry, seed));
  const which = entry.reader ?? 'text';
  const { code, stdout, ms, peakMb } = await runProgram(
    process.execPath,
    [reading, path, which],
    folder,
  );
  const peak = peakMb ?? 0;
  largest = Math.max(largest, peak);
  if (code === 0 && ms <= seconds * 1000 && peak <= megabytes) within += 1;
  else
    console.log(
      `${entry.name}: ${stdout || `exit ${code}`} ${Math.round(ms)} ms, ${Math.round(peak)} MB`,
    );
}
rmSync(folder, { recursive: true });
console.log(
  `${within} within ${seconds} s and ${megabytes} MB; most memory ${Math.round(largest)} MB`,
);
