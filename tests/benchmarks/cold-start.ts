/** Import of each shipped handler in fresh processes on one core, beside the SDK clients that it uses, bundled alone. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildSync } from 'esbuild';
import { BUNDLING, bundleFunctions } from '../../infra/bundle-functions.ts';

const RUNS = 9;
const ROOT = resolve(import.meta.dirname, '../..');
const PLACE = join(ROOT, 'dist', 'cold-start');

const DYNAMO = ['@aws-sdk/client-dynamodb', 'DynamoDBClient'] as const;
const MARSHALLING = "export { marshall, unmarshall } from '@aws-sdk/util-dynamodb';";
const S3 = ['@aws-sdk/client-s3', 'S3Client'] as const;
const SQS = ['@aws-sdk/client-sqs', 'SQSClient'] as const;
type Client = readonly [from: string, name: string];

/** The commands that the adapters send are part of what the clients cost. */
const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  [DYNAMO[0]]: ['BatchGetItemCommand', 'QueryCommand', 'TransactWriteItemsCommand'],
  [S3[0]]: ['GetObjectCommand', 'HeadObjectCommand', 'PutObjectCommand'],
  [SQS[0]]: ['SendMessageCommand'],
};

const sdkAlone = (name: string, clients: readonly Client[]): string => {
  const source = join(PLACE, `${name}.ts`);
  const folder = join(PLACE, name);
  const lines = clients.flatMap(([from, client]) => {
    const commands = COMMANDS[from] ?? [];
    const names = [client, ...commands].join(', ');
    return [
      `import { ${names} } from '${from}';`,
      `export const made${client} = [new ${client}({}), ${commands.join(', ')}];`,
    ];
  });
  writeFileSync(source, [...lines, MARSHALLING].join('\n'));
  buildSync({ ...BUNDLING, entryPoints: { handler: source }, outdir: folder });
  return folder;
};

const ENVIRONMENT = {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'x',
  AWS_SECRET_ACCESS_KEY: 'x',
  TABLE_NAME: 'table',
  TEXT_BUCKET: 'texts',
  UPLOAD_BUCKET: 'uploads',
  CLASSIFY_QUEUE_URL: 'http://127.0.0.1:9/q',
  SCAN_QUEUE_URL: 'http://127.0.0.1:9/q',
  LEARNING_QUEUE_URL: 'http://127.0.0.1:9/q',
  OIDC_ISSUER: 'http://127.0.0.1:9',
  OIDC_AUDIENCE: 'gongkai',
  OIDC_JWKS: 'http://127.0.0.1:9/keys',
  ROLES_CLAIM: 'roles',
  PAGE_TOKEN_KEY: 'x'.repeat(32),
};

const oneCore = spawnSync('taskset', ['-c', '0', 'true']).status === 0;

interface Cost {
  readonly wall: number;
  /** Time on the processor: hardly moved by what else the machine does. */
  readonly cpu: number;
}

const importCost = (folder: string): Cost => {
  const handler = JSON.stringify(pathToFileURL(join(folder, 'handler.mjs')).href);
  const script =
    'const [start, before] = [performance.now(), process.cpuUsage()];' +
    `await import(${handler});` +
    'const { user, system } = process.cpuUsage(before);' +
    'console.log(performance.now() - start, (user + system) / 1000); process.exit(0);';
  const command = [process.execPath, '--input-type=module', '-e', script];
  const [program = '', ...args] = oneCore ? ['taskset', '-c', '0', ...command] : command;
  const { stdout, stderr, status } = spawnSync(program, args, {
    env: ENVIRONMENT,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  const [wall = Number.NaN, cpu = Number.NaN] = stdout.split(' ').map(Number);
  return { wall, cpu };
};

const sizeOf = (path: string): number =>
  statSync(path).isFile()
    ? statSync(path).size
    : readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);

rmSync(PLACE, { recursive: true, force: true });
mkdirSync(PLACE, { recursive: true });
const machine = process.arch === 'arm64' ? 'arm64' : 'x86_64';
const { extractText, classifyDocument, reviewApi } = bundleFunctions(machine);
const pairs = [
  { name: 'classify-document', ours: classifyDocument.bundle, sdk: [DYNAMO, S3] },
  { name: 'extract-text', ours: extractText.bundle, sdk: [DYNAMO, S3, SQS] },
  { name: 'review-api', ours: reviewApi.bundle, sdk: [DYNAMO, S3, SQS] },
].map(({ name, ours, sdk }) => ({ name, folders: [ours, sdkAlone(`sdk-of-${name}`, sdk)] }));

/** Turn about, so that a busy machine slows all of them. */
const costs = new Map<string, Cost[]>();
for (let run = 0; run < RUNS; run += 1)
  for (const { folders } of pairs)
    for (const folder of folders)
      costs.set(folder, [...(costs.get(folder) ?? []), importCost(folder)]);

const figures = (folder: string, kind: keyof Cost) => {
  const sorted = (costs.get(folder) ?? []).map((cost) => cost[kind]).sort((a, b) => a - b);
  return { least: sorted[0] ?? 0, median: sorted[Math.floor(sorted.length / 2)] ?? 0 };
};
const kilobytes = (bytes: number): string => `${Math.round(bytes / 1024)} KB`;

console.log(
  `Node ${process.version}, ${oneCore ? 'one core' : 'all cores'}, ${RUNS} fresh processes each`,
);
for (const { name, folders } of pairs) {
  const [ours = '', alone = ''] = folders;
  const size = `handler.mjs ${kilobytes(sizeOf(join(ours, 'handler.mjs')))}, folder ${kilobytes(sizeOf(ours))}`;
  console.log(`${name} (${size}), beside its SDK clients alone:`);
  for (const kind of ['wall', 'cpu'] as const) {
    const [us, sdk] = [figures(ours, kind), figures(alone, kind)];
    const line = (of: keyof typeof us): string =>
      `${of} ${us[of].toFixed(0)} ms : ${sdk[of].toFixed(0)} ms = ${(us[of] / sdk[of]).toFixed(2)}`;
    console.log(`  ${kind}  ${line('least')}   ${line('median')}`);
  }
}
