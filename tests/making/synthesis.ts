/** Runs `cdk synth` as an operator does, in a copy of the repository, so that nothing of another run is in the way. */
import { spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import * as z from 'zod';

const ROOT = resolve(import.meta.dirname, '../..');
const PARTS = ['infra', 'functions', 'shared', 'cdk.json', 'package.json'];

/** The Node that Lambda runs, whatever runs the tests. */
export const node24 = (): string =>
  join(dirname(createRequire(import.meta.url).resolve('node/package.json')), 'bin', 'node');

export interface Checkout {
  readonly folder: string;
  /** An empty home: no profile and no region of the machine is used. */
  readonly home: string;
  remove(): void;
}

export const freshCheckout = (): Checkout => {
  const place = mkdtempSync(join(tmpdir(), 'gongkai-checkout-'));
  const folder = join(place, 'gongkai');
  const home = join(place, 'home');
  for (const made of [folder, home]) mkdirSync(made);
  for (const part of PARTS) cpSync(join(ROOT, part), join(folder, part), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  return { folder, home, remove: () => rmSync(place, { recursive: true, force: true }) };
};

/** A network of nothing, where the kernel gives one to this user. */
export const canCutNetwork = (): boolean =>
  spawnSync('unshare', ['-rn', 'true'], { stdio: 'ignore' }).status === 0;

export interface Synthesis {
  readonly code: number | null;
  readonly output: string;
}

/** `npx cdk synth --quiet -c name=value …`, without a network where `canCutNetwork`, and with dead proxies anyway. */
export const synthesise = (
  { folder, home }: Checkout,
  context: Readonly<Record<string, string>>,
): Promise<Synthesis> => {
  const dead = 'http://127.0.0.1:9';
  const command = [join(folder, 'node_modules', '.bin', 'cdk'), 'synth', '--quiet'];
  for (const [name, value] of Object.entries(context)) command.push('-c', `${name}=${value}`);
  const [program = '', ...args] = canCutNetwork() ? ['unshare', '-rn', ...command] : command;
  const child = spawn(program, args, {
    cwd: folder,
    env: {
      PATH: `${join(folder, 'node_modules', '.bin')}:/usr/local/bin:/usr/bin:/bin`,
      HOME: home,
      HTTP_PROXY: dead,
      HTTPS_PROXY: dead,
    },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
  return new Promise((done, failed) => {
    child.once('error', failed).once('close', (code) => done({ code, output }));
  });
};

const templateSchema = z.object({
  Resources: z.record(
    z.string(),
    z.object({ Type: z.string(), Metadata: z.record(z.string(), z.unknown()).optional() }),
  ),
});

/** Folders of the functions as they are shipped, by the beginning of the logical id. */
export const shippedFolder = ({ folder }: Checkout, name: string): string => {
  const out = join(folder, 'cdk.out');
  const template: unknown = JSON.parse(
    readFileSync(join(out, 'GongkaiIntake.template.json'), 'utf8'),
  );
  const { Resources } = templateSchema.parse(template);
  const [found] = Object.entries(Resources).filter(
    ([id, { Type }]) => Type === 'AWS::Lambda::Function' && id.startsWith(name),
  );
  const asset = z.string().parse(found?.[1].Metadata?.['aws:asset:path']);
  const shipped = join(out, asset);
  if (!existsSync(shipped)) throw new Error(`${name} has no bundle`);
  return shipped;
};
