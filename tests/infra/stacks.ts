/** The stacks as templates, from settings as an operator gives them; the bundles are stand-ins: no code is built. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, type Stack, Tags } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Architecture } from 'aws-cdk-lib/aws-lambda';
import * as z from 'zod';
import { DataStack } from '../../infra/data-stack.ts';
import { IntakeStack } from '../../infra/intake-stack.ts';
import type { Machine } from '../../infra/native-words.ts';
import { readSettings } from '../../infra/settings.ts';

export interface Where {
  readonly region?: string;
  readonly architecture: Machine;
}

const resourceSchema = z.object({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  UpdateReplacePolicy: z.string().optional(),
  DeletionPolicy: z.string().optional(),
});
export type Resource = z.infer<typeof resourceSchema>;

export interface Deployed {
  readonly templates: readonly Record<string, unknown>[];
  /** Of both stacks, by logical id. */
  readonly resources: ReadonlyMap<string, Resource>;
}

const contextSchema = z.object({ context: z.record(z.string(), z.unknown()) });
const readContext = (): Record<string, unknown> =>
  contextSchema.parse(JSON.parse(readFileSync('cdk.json', 'utf8'))).context;

/** A folder of one file in place of a bundle. */
const standIn = (place: string): string => {
  const folder = join(place, 'bundle');
  mkdirSync(folder);
  writeFileSync(join(folder, 'handler.mjs'), 'export const handler = null;\n');
  return folder;
};

const resourcesOf = (template: Record<string, unknown>): [string, Resource][] =>
  Object.entries(z.record(z.string(), resourceSchema).parse(template['Resources']));

export const deployed = (where: Where): Deployed => {
  const given: Readonly<Record<string, unknown>> = { ...where };
  const place = mkdtempSync(join(tmpdir(), 'gongkai-synth-'));
  const app = new App({ context: readContext(), outdir: join(place, 'cdk.out') });
  const settings = readSettings((name) => given[name]);
  const { region } = where;
  const env = region === undefined ? {} : { env: { region } };
  const architecture =
    settings.architecture === 'arm64' ? Architecture.ARM_64 : Architecture.X86_64;
  const bundle = { bundle: standIn(place), architecture };
  const bundles = {
    extractText: bundle,
    classifyDocument: bundle,
    readScan: bundle,
    reviewApi: bundle,
    trainModel: bundle,
  };
  const data = new DataStack(app, 'GongkaiData', env);
  const intake = new IntakeStack(app, 'GongkaiIntake', { ...env, data, bundles, settings });
  Tags.of(app).add('product', 'gongkai');
  const stacks: readonly Stack[] = [data, intake];
  const templates = stacks.map((stack) => Template.fromStack(stack).toJSON());
  rmSync(place, { recursive: true, force: true });
  return { templates, resources: new Map(templates.flatMap(resourcesOf)) };
};

export const ofType = (
  { resources }: Deployed,
  type: string,
): readonly (Resource & { readonly id: string })[] =>
  [...resources]
    .filter(([, resource]) => resource.Type === type)
    .map(([id, resource]) => ({ id, ...resource }));
