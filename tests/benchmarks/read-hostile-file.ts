/** Reads one file in a process of its own, so that its memory can be measured: node read-hostile-file.ts <path> <scan|text>. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { localScanReader, localTextReader } from '../../functions/local/text-reader.ts';
import { readEntry } from '../hostile/read-corpus.ts';

const [, , path = '', which = 'text'] = process.argv;
const reader = which === 'scan' ? localScanReader(1) : localTextReader(1);
const file = { name: basename(path), bytes: new Uint8Array(readFileSync(path)) };
process.stdout.write(JSON.stringify(await readEntry(reader, file)));
await reader.close();
