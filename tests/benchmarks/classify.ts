/** What classification costs: time a document at 20 and at 1,000 tasks, memory above bare Node, and the bytes that ship. */
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { donghu2021 } from '../../shared/catalogue/donghu-2021.ts';
import { defaultArtefact } from '../../shared/classify/artefact.ts';
import { classify } from '../../shared/classify/classify.ts';
import type { Catalogue } from '../../shared/domain/catalogue.ts';
import { recognise } from '../../shared/gongwen/recognise.ts';
import { canonicalBuilder } from '../../shared/text/canonical.ts';

const PARAGRAPH =
  '第三条 街道各部门应当按照职责分工做好养老服务设施建设、困难家庭救助和政策咨询工作，结果由社区居委会在公示栏公示五个工作日，公示期满无异议的报区民政局备案。';

const makeDocument = (characters: number) => {
  const builder = canonicalBuilder();
  builder.heading('云溪街道办事处关于印发《云溪街道养老服务补助实施办法》的通知', 1);
  let at = 0;
  while (builder.length() < characters) {
    if (at % 5 === 0)
      builder.heading(`${'一二三四五六七八九十'.charAt((at / 5) % 10)}、工作要求`, 2);
    builder.paragraph(PARAGRAPH);
    at += 1;
  }
  const text = builder.build('txt');
  return { text, elements: recognise(text) };
};

const WORDS =
  '燃气安全 校园食品 道路养护 河道保洁 公租配租 征地补偿 技能培训 消防检查 垃圾分类 旧改项目 图书借阅 疫苗接种 防汛物资 农机补贴 托育机构 停车泊位 法律援助 人才公寓 物业备案 文物修缮'.split(
    ' ',
  );
const ACTS = '公开 公示 解读 清单 目录 检查 回应 台账 评估 发布'.split(' ');

/** Tasks of many tables in one: the wording of each is its own. */
const longCatalogue = (tasks: number): Catalogue => ({
  ...donghu2021,
  catalogueId: 'long2021',
  tasks: Array.from({ length: tasks }, (_, at) => {
    const like = donghu2021.tasks[at % donghu2021.tasks.length];
    const subject = `${WORDS[at % WORDS.length] ?? ''}与${WORDS[(at * 7 + Math.floor(at / 20)) % WORDS.length] ?? ''}`;
    const act = ACTS[Math.floor(at / 20) % ACTS.length] ?? '';
    return {
      code: `long2021:T${at + 1}`,
      number: at + 1,
      title: `推进${subject}信息${act}`,
      requirement: `各部门及时${act}${subject}的对象、标准、程序和结果，${like?.requirement.slice(0, 120) ?? ''}`,
      sectionPath: [],
      leadUnits: [],
      responsibleUnits: [],
      deadline: null,
      scope: like?.scope ?? '',
      typicalEvidence: like === undefined ? [] : [...like.typicalEvidence],
      notThis: [],
    };
  }),
});

const times = (work: () => void): { readonly median: number; readonly p95: number } => {
  for (let at = 0; at < 40; at += 1) work();
  const took = Array.from({ length: 300 }, () => {
    const start = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  }).sort((a, b) => a - b);
  return { median: took[150] ?? 0, p95: took[285] ?? 0 };
};

const say = (what: string, work: () => void): void => {
  const { median, p95 } = times(work);
  console.log(
    `${what}: ${median.toFixed(2)} ms median, ${p95.toFixed(2)} ms p95 (CPU of the process)`,
  );
};

const mebibytes = (bytes: number): string => (bytes / 1024 ** 2).toFixed(1);

/** Peak of a process of its own, so that nothing of this one counts. */
const peakOf = (code: string): number =>
  Number(
    execFileSync(
      process.execPath,
      [
        '--input-type=module-typescript',
        '-e',
        `${code}; console.log(process.resourceUsage().maxRSS * 1024)`,
      ],
      {
        cwd: join(import.meta.dirname, '../..'),
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    ).trim(),
  );

if (import.meta.main) {
  const short = makeDocument(5_500);
  const long = longCatalogue(1_000);
  const countPairs = (): void => {
    const counts = new Map<string, number>();
    const { text } = short.text;
    for (let at = 1; at < text.length; at += 1) {
      const pair = text.slice(at - 1, at + 1);
      counts.set(pair, (counts.get(pair) ?? 0) + 1);
    }
  };
  say('20 tasks, 5,500 characters', () => classify(short, donghu2021, defaultArtefact));
  say('1,000 tasks, 5,500 characters', () => classify(short, long, defaultArtefact));
  const book = makeDocument(32_000);
  say('20 tasks, 32,000 characters', () => classify(book, donghu2021, defaultArtefact));
  say('beside it a bare count of character pairs, 5,500 characters', countPairs);
  const bare = peakOf('void 0');
  const full = peakOf(
    `const { classifyMany } = await import(${JSON.stringify(import.meta.filename)}); classifyMany()`,
  );
  console.log(
    `memory: ${mebibytes(full - bare)} MiB above bare Node (${mebibytes(bare)} MiB) after 200 documents at 20 and at 1,000 tasks`,
  );
  const path = join(import.meta.dirname, '../../shared/classify/default-artefact.json');
  console.log(
    `shipped artefact: ${statSync(path).size} bytes, ${gzipSync(readFileSync(path)).length} gzipped`,
  );
}

/** For the process whose memory is measured. */
export const classifyMany = (): void => {
  const long = longCatalogue(1_000);
  for (let at = 0; at < 200; at += 1) {
    const document = makeDocument(2_000 + 50 * at);
    classify(document, donghu2021, defaultArtefact);
    classify(document, long, defaultArtefact);
  }
};
