/** `gongkai explain`: why a file gets its tags, and why a task that is named is not among them; stores nothing. */
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import type { Equipped } from '../../shared/classify/artefact.ts';
import { explain } from '../../shared/classify/explain.ts';
import type { Catalogue } from '../../shared/domain/catalogue.ts';
import type { Explanation } from '../../shared/domain/explanation.ts';
import { reasonOf } from '../../shared/domain/refusal.ts';
import { SOFTWARE_VERSION } from '../../shared/domain/software.ts';
import type { Analysis } from '../../shared/usecases/analyse-file.ts';
import { sha256Of } from '../../shared/usecases/document-identity.ts';
import { taskNamed } from '../../shared/usecases/explain-document.ts';
import { maskedExplanation } from '../../shared/usecases/mask-explanation.ts';
import { analysePath, exitOf } from './classify-command.ts';
import { type ExitCode, UsageError } from './exit-codes.ts';
import { explanationText, reasonText } from './print-explanation.ts';
import { readCatalogue } from './read-catalogue.ts';
import { readPath } from './read-path.ts';
import { equippedArtefact } from './read-vectors.ts';
import { readerOfAll } from './text-reader.ts';

const askedOf = (catalogue: Catalogue, named: string | undefined): readonly string[] => {
  if (named === undefined) return [];
  const code = taskNamed(catalogue, named);
  if (code === null)
    throw new UsageError(
      `任务表中没有这项任务 / the catalogue has no such task: ${named.slice(0, 40)}`,
    );
  return [code];
};

interface Asked {
  readonly catalogue: Catalogue;
  readonly artefact: Equipped;
  readonly tasks: readonly string[];
  /** Text of the policy that an interpretation is measured against; null where none is named. */
  readonly policy: string | null;
}

type Read = Extract<Analysis, { kind: 'read' }>;

const explained = (read: Read, { catalogue, artefact, tasks, policy }: Asked): Explanation => {
  const known = policy === null ? {} : { policyText: policy };
  const document = { ...read, ...known, asked: tasks };
  return maskedExplanation(explain(document, catalogue, artefact), read.personal);
};

/** What --json prints: one object, in one line. */
const reportOf = (file: string, analysis: Analysis, asked: Asked) =>
  analysis.kind === 'aside'
    ? {
        file,
        state: analysis.state,
        reason: reasonOf(analysis.refusal),
        versions: null,
        explanation: null,
      }
    : {
        file,
        state: 'proposed' as const,
        reason: null,
        versions: {
          ...analysis.classification.versions,
          text: sha256Of(analysis.text.text),
          software: SOFTWARE_VERSION,
        },
        explanation: explained(analysis, asked),
      };

const read = async (path: string, { catalogue, artefact }: Asked): Promise<Analysis> => {
  const reader = readerOfAll(1);
  try {
    return await analysePath({ reader, catalogue, artefact }, path);
  } finally {
    await reader.close();
  }
};

/** The words of the policy that the command names. */
const policyIn = async (path: string | undefined): Promise<string | null> => {
  if (path === undefined) return null;
  const reader = readerOfAll(1);
  try {
    const bytes = await readPath(path);
    const found = bytes.ok ? await reader.extract(bytes.value, basename(path)) : bytes;
    if (found.ok) return found.value.text;
    const { zh, en } = reasonOf(found.error);
    throw new UsageError(`${path}: ${zh} / ${en}`);
  } finally {
    await reader.close();
  }
};

export const explainCommand = async (args: readonly string[]): Promise<ExitCode> => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      task: { type: 'string' },
      json: { type: 'boolean', default: false },
      english: { type: 'boolean', default: false },
      catalogue: { type: 'string' },
      vectors: { type: 'string' },
      policy: { type: 'string' },
    },
  });
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0) throw new UsageError('请给出一份文件 / name one file');
  const catalogue = await readCatalogue(values.catalogue);
  const artefact = await equippedArtefact(values.vectors);
  const policy = await policyIn(values.policy);
  const asked = { catalogue, artefact, policy, tasks: askedOf(catalogue, values.task) };
  const report = reportOf(path, await read(path, asked), asked);
  if (values.json) process.stdout.write(`${JSON.stringify(report)}\n`);
  else {
    const { explanation, reason } = report;
    const text =
      explanation === null
        ? reasonText(reason, values.english)
        : explanationText(explanation, values.english);
    process.stdout.write(`${path}\n${text}\n`);
  }
  return exitOf([report]);
};
