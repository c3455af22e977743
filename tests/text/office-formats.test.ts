import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { REFUSAL_KINDS } from '../../shared/domain/refusal.ts';
import { canonicalTextSchema } from '../../shared/domain/text.ts';
import { extract } from '../../shared/text/extract.ts';
import { HOSTILE_FILES } from '../making/hostile-formats.ts';
import { mutated } from '../making/mutate.ts';
import { line, rawOfd, ruledTable, textObject } from '../making/raw-ofd.ts';
import { referenceFolder } from '../making/seed-notice.ts';
import { showBlocks } from '../making/show-blocks.ts';

const sample = (name: string): Uint8Array =>
  readFileSync(join(import.meta.dirname, 'samples', name));

const blocksOf = async (name: string): Promise<unknown[]> => {
  const read = await extract(sample(name), name);
  if (!read.ok) throw new Error(read.error.kind);
  expect(read.value.warnings.filter(({ code }) => code !== 'W_SPEAKER_NOTES')).toEqual([]);
  return showBlocks(read.value);
};

describe('files of other producers', () => {
  test('an rtf of LibreOffice', async () => {
    expect(await blocksOf('tasks-libreoffice.rtf')).toEqual([
      'h1 云溪街道政务公开任务分工',
      'p 各科室：现将今年的任务分工印发给你们，请按时完成。',
      'h2 一、工作任务',
      [
        ['序号', '工作任务', '责任部门'],
        ['1x3 一、深化重点领域信息公开'],
        ['1', '公开部门预算和决算', '2x1 财政办公室'],
        ['2', '公开惠民惠农补贴\n发放结果'],
      ],
      'p 云溪街道办事处',
      'p 2022年3月8日',
    ]);
  });
  test('an odt of LibreOffice, with the numbers of its chapters and articles', async () => {
    const blocks = await blocksOf('measure-libreoffice.odt');
    const shown = blocks.filter((block) => typeof block === 'string');
    expect(shown.filter((block) => /^h1 第/u.test(block))).toEqual([
      'h1 第一章总则',
      'h1 第二章补助对象和标准',
      'h1 第三章申请、审核和发放',
      'h1 第四章服务机构和质量',
      'h1 第五章公开和监督',
      'h1 第六章附则',
    ]);
    const articles = shown.flatMap((block) => /^p (第.{1,3}条)/u.exec(block)?.[1] ?? []);
    expect([articles.length, articles[0], articles[20]]).toEqual([21, '第一条', '第二十一条']);
    expect(blocks.find(Array.isArray)).toEqual([
      ['对象', '月标准', '资金来源'],
      ['年满80周岁老年人', '每人每月补助100元', '2x1 区级财政60%、街道财政40%'],
      ['中度失能老年人', '每人每月补助200元'],
      ['重度失能老年人', '每人每月补助300元', '2x1 区级财政承担'],
      ['低保、特困老年人', '每人每月补助200元'],
    ]);
    expect(blocks.at(-1)).toMatch(/^n 失能等级/u);
  });
  test('a pptx of pandoc', async () => {
    expect(await blocksOf('training-pandoc.pptx')).toEqual([
      'h1 云溪街道2022年政务公开工作培训',
      'p 左栏：主动公开的信息应当自形成之日起二十个工作日内公开。',
      'p 1.财政预算',
      'p 2.财政决算',
      'p 右栏：依申请公开的办理时限为二十个工作日。',
      'n 提醒各科室本周内报送目录。',
      'h1 任务分工',
      [
        ['序号', '工作任务', '责任部门'],
        ['1', '公开年度部门预算和决算', '财政办公室'],
        ['2', '公开惠民惠农补贴发放结果', '社会事务办公室'],
      ],
      'h1 工作要求',
      'p 一要及时，二要准确，三要便民。',
    ]);
  });
});

test.each(HOSTILE_FILES)('$format: $name ends in $kind', { timeout: 120_000 }, async (file) => {
  const read = await extract(file.make(), `x.${file.format}`);
  expect(read.ok ? [read.value.format, null] : [file.format, read.error.kind]).toEqual([
    file.format,
    file.kind,
  ]);
});

/** Not packed, so that a changed byte changes what is read and not only a checksum. */
const stored = (bytes: Uint8Array): Uint8Array => zipSync(unzipSync(bytes), { level: 0 });

const OFD = rawOfd({
  pages: [
    textObject('关于报送目录的通知', { x: 70, y: 40, size: 7 }) +
      ruledTable(
        [30, 60, 170],
        [60, 70, 80],
        [
          ['序号', '任务'],
          ['1', '公开预算'],
        ],
      ) +
      line([30, 90], [170, 90]),
    textObject('第二页的正文。', { x: 30, y: 60 }),
  ],
});

const SAMPLES: readonly (readonly [string, Uint8Array])[] = [
  ['ofd', OFD],
  ['rtf', sample('tasks-libreoffice.rtf')],
  ['odt', sample('measure-libreoffice.odt')],
  ['pptx', sample('training-pandoc.pptx')],
];

const MUTATIONS = 200;

/** The checksum of every entry is taken anew: what is changed reaches the reader. */
const rezipped = (bytes: Uint8Array, seed: number): Uint8Array => {
  const files = unzipSync(bytes);
  const names = Object.keys(files).filter(
    (name) => name.endsWith('.xml') || name.endsWith('.rels'),
  );
  const name = names[seed % names.length] ?? '';
  return stored(zipSync({ ...files, [name]: mutated(files[name] ?? strToU8(''), seed) }));
};

/** `text` or the refusal; a reader that throws is at fault even where it is caught, and gives the name of its error. */
const outcomeOf = async (bytes: Uint8Array, format: string): Promise<string> => {
  const read = await extract(bytes, `x.${format}`);
  if (read.ok)
    return canonicalTextSchema.safeParse(read.value).success ? 'text' : 'no canonical text';
  const { kind, detail } = read.error;
  return /Error$/u.test(detail) ? detail : kind;
};

describe.each(SAMPLES)('%s, changed at will', (format, bytes) => {
  test(`${MUTATIONS} times, seeds 1–${MUTATIONS}: text or a named refusal`, {
    timeout: 240_000,
  }, async () => {
    const outcomes = new Map<string, number>();
    for (let seed = 1; seed <= MUTATIONS; seed += 1) {
      const inside = format !== 'rtf' && seed % 2 === 0;
      const changed = inside ? rezipped(bytes, seed) : mutated(bytes, seed);
      const outcome = await outcomeOf(changed, format);
      if (!outcomes.has(outcome)) outcomes.set(outcome, seed);
    }
    const known: readonly string[] = ['text', ...REFUSAL_KINDS];
    expect([...outcomes].filter(([outcome]) => !known.includes(outcome))).toEqual([]);
    expect(outcomes.has('text')).toBe(true);
    expect(outcomes.size).toBeGreaterThan(1);
  });
});

const FOLDER = join(referenceFolder(), 'files');
const real = existsSync(FOLDER)
  ? readdirSync(FOLDER).filter((name) => /\.(?:ofd|rtf|odt|pptx)$/u.test(name))
  : [];

/** Seals without a word, and two photographs. */
const WITHOUT_TEXT: Readonly<Record<string, string>> = {
  'ofd-2cb4f2c2.ofd': 'NO_TEXT_LAYER',
  'ofd-3011c7b0.ofd': 'NO_TEXT',
  'ofd-76fd71cb.ofd': 'NO_TEXT',
};

test('every real file gives its words, or is refused because it has none', async (context) => {
  if (real.length === 0) return context.skip('no real files at GONGKAI_REFERENCE or ../shared');
  const outcomes = await Promise.all(
    real.map(async (name) => {
      const read = await extract(readFileSync(join(FOLDER, name)), name);
      return [name, read.ok ? 'text' : read.error.kind];
    }),
  );
  expect(outcomes).toEqual(real.map((name) => [name, WITHOUT_TEXT[name] ?? 'text']));
});

test('a real red-headed document of an OFD printer has its parts as paragraphs, and its seal', async (context) => {
  if (!real.includes('ofd-306dba9b.ofd'))
    return context.skip('no real files at GONGKAI_REFERENCE or ../shared');
  const read = await extract(readFileSync(join(FOLDER, 'ofd-306dba9b.ofd')), 'n.ofd');
  if (!read.ok) throw new Error(read.error.kind);
  const { text, pages, warnings, metadata } = read.value;
  const lines = text.split('\n');
  expect(lines[1]).toMatch(/^.{3}〔\d{4}〕\d{2}号$/u);
  expect(lines.filter((line) => line.length > 60 && line.endsWith('。'))).toHaveLength(1);
  expect(pages).toHaveLength(2);
  expect(warnings.map(({ code }) => code)).toEqual(['W_SIGNED', 'W_SEALED']);
  expect(metadata['signatures']).toContain('未验证 not verified');
});
