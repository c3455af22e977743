/** The command line: `npx gongkai …`. */
import { SOFTWARE_VERSION } from '../../shared/domain/software.ts';
import { catalogueCommand } from './catalogue-command.ts';
import { classifyCommand } from './classify-command.ts';
import { EXIT, type ExitCode, UsageError } from './exit-codes.ts';
import { explainCommand } from './explain-command.ts';

const USAGE = `用法 / usage:
  gongkai classify FILE|FOLDER… [--json|--csv] [--jobs N] [--catalogue FILE] [--vectors FILE]
      读取并分类，不保存任何内容 / read and classify, store nothing
  gongkai explain FILE [--task T06] [--policy FILE] [--json] [--english] [--catalogue FILE] [--vectors FILE]
      说明每个标签为什么提出、某项任务为什么没有提出 / say why each tag was proposed, and why a task was not
  gongkai catalogue import FILE [--json] [--id ID]
      读取任务分解表供核对 / read a task table for a person to confirm
  gongkai catalogue show [--json]
      显示随产品提供的任务表 / show the catalogue that ships
  gongkai catalogue words [--home FOLDER]
      导出现行任务表的范围、典型材料、不属于，供修改 / the words of the active catalogue as a sheet to edit
  gongkai catalogue edit FILE [--home FOLDER] [--json]
      按改好的表格生成新版本并检验 / make a new version from an edited sheet and judge it
  gongkai train [--home FOLDER] [--catalogue ID] [--json]
      按审核记录学习，检验后等待启用 / learn from the reviews; the result is judged and waits
  gongkai release list | show ID | judge ID | shadow ID | end-shadow | promote ID | roll-back
      [--why 理由] [--waive-shadow] [--home FOLDER] [--json]
      查看、试运行、启用、退回版本 / what is in force; shadow, promote, roll back
  gongkai vectors train FILE|FOLDER… --out FILE [--words FILE|--own-words] [--seed N] [--json]
      用本单位文件训练词向量，供 --vectors 选用 / train word vectors on your own files, for --vectors
  gongkai start
      本机运行：收件、分类、提供审核接口 / run whole on this machine

退出码 / exit codes: 0 完成 done · 1 故障 fault · 2 用法 usage · 10 有文件被退回 refused
  11 有扫描件待识别 scans wait for OCR · 12 有文件带密级标志 secrecy mark · 20 任务表不可信 table refused
`;

const commands: Readonly<Record<string, (args: readonly string[]) => Promise<ExitCode>>> = {
  classify: classifyCommand,
  explain: explainCommand,
  catalogue: catalogueCommand,
  train: async (args) => (await import('./train-command.ts')).trainCommand(args),
  release: async (args) => (await import('./release-command.ts')).releaseCommand(args),
  vectors: async (args) => (await import('./vectors-command.ts')).vectorsCommand(args),
  start: async () => {
    await import('./run.ts');
    return EXIT.fine;
  },
};

const isUsage = (error: unknown): error is Error =>
  error instanceof UsageError ||
  (error instanceof TypeError &&
    'code' in error &&
    String(error.code).startsWith('ERR_PARSE_ARGS'));

const main = async ([name = '', ...args]: readonly string[]): Promise<ExitCode> => {
  if (name === '--version') {
    process.stdout.write(`${SOFTWARE_VERSION}\n`);
    return EXIT.fine;
  }
  const command = commands[name];
  if (command === undefined || args.includes('--help')) {
    const asked = args.includes('--help') || ['--help', '-h', 'help'].includes(name);
    (asked ? process.stdout : process.stderr).write(USAGE);
    return asked ? EXIT.fine : EXIT.usage;
  }
  try {
    return await command(args);
  } catch (error) {
    if (!isUsage(error)) throw error;
    process.stderr.write(`${error.message}\n${USAGE}`);
    return EXIT.usage;
  }
};

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(EXIT.fine);
  throw error;
});
process.exitCode = await main(process.argv.slice(2));
