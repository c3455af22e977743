/** The word segmenter is native code: finds or builds it for the machine that a function runs on. */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export type Machine = 'arm64' | 'x86_64';

export interface NativeWords {
  /** A folder that holds the package with the binding for `machine`. */
  readonly folder: string;
  readonly machine: Machine;
}

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const require = createRequire(import.meta.url);
const packageFolder = (name: string): string => dirname(require.resolve(`${name}/package.json`));
const BINDING = join('build', 'Release', 'nodejieba.node');
const host: Machine = arch() === 'arm64' ? 'arm64' : 'x86_64';
const COMPILERS = { arm64: 'aarch64-linux-gnu-g++', x86_64: 'x86_64-linux-gnu-g++' } as const;

/** The machine an ELF file was built for; null for any other file. */
export const machineOf = (file: string): Machine | null => {
  const head = readFileSync(file).subarray(0, 20);
  if (head.toString('latin1', 0, 4) !== '\u007fELF') return null;
  const code = head.readUInt16LE(18);
  return code === 0xb7 ? 'arm64' : code === 0x3e ? 'x86_64' : null;
};

const hasCompiler = (compiler: string): boolean => {
  try {
    execFileSync(compiler, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

/** What a function needs of the package: loader, binding, dictionaries. */
const PARTS = ['package.json', 'index.js', join('submodules', 'cppjieba', 'dict')];

const copyParts = (target: string): void => {
  const source = packageFolder('nodejieba');
  for (const part of PARTS) cpSync(join(source, part), join(target, part), { recursive: true });
};

const crossBuild = (machine: Machine, target: string): void => {
  const source = packageFolder('nodejieba');
  const includes = [
    join(packageFolder('node-api-headers'), 'include'),
    packageFolder('node-addon-api'),
    join(source, 'submodules', 'cppjieba', 'include'),
    join(source, 'submodules', 'cppjieba', 'deps', 'limonp', 'include'),
  ];
  const defines = [
    'NODE_GYP_MODULE_NAME=nodejieba',
    'BUILDING_NODE_EXTENSION',
    'LOGGING_LEVEL=LL_WARNING',
  ];
  mkdirSync(dirname(join(target, BINDING)), { recursive: true });
  execFileSync(COMPILERS[machine], [
    ...['-O2', '-fPIC', '-shared', '-std=c++17', '-s'],
    ...defines.map((name) => `-D${name}`),
    ...includes.map((folder) => `-I${folder}`),
    ...['index.cpp', 'nodejieba.cpp'].map((file) => join(source, 'lib', file)),
    ...['-o', join(target, BINDING)],
  ]);
};

/**
 * Never gives a binding of another machine: where the wanted one can be neither found nor built, the functions that cut
 * words run on the machine of this host, and that is said.
 */
export const nativeWords = (wanted: Machine): NativeWords => {
  const target = join(ROOT, 'dist', wanted, 'nodejieba');
  const cross = wanted !== host;
  if (cross && !hasCompiler(COMPILERS[wanted])) {
    process.stderr.write(
      `nodejieba 无法为 ${wanted} 编译：请安装 ${COMPILERS[wanted]}；目前用到分词的函数按 ${host} 部署。\n` +
        `nodejieba cannot be built for ${wanted}: install ${COMPILERS[wanted]}; functions that cut words are deployed on ${host}.\n`,
    );
    return nativeWords(host);
  }
  mkdirSync(target, { recursive: true });
  copyParts(target);
  if (!cross)
    cpSync(join(packageFolder('nodejieba'), BINDING), join(target, BINDING), { recursive: true });
  else if (!existsSync(join(target, BINDING))) crossBuild(wanted, target);
  if (machineOf(join(target, BINDING)) !== wanted)
    throw new Error(`The binding in ${target} is not for ${wanted}`);
  return { folder: target, machine: wanted };
};
