/** The same task table as text, docx, html and pdf gives the same tasks: on the handed seed where present, and on an invented notice. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { parseTaskTable } from '../../shared/catalogue/parse-task-table.ts';
import type { Task } from '../../shared/domain/catalogue.ts';
import { extract } from '../../shared/text/extract.ts';
import { referenceFolder, type SeedNotice, seedNotice, seedText } from '../making/seed-notice.ts';
import { asDocx, asHtml, asPdf, asText } from './four-formats.ts';

const whole = (text: string) => ({ cells: [text], merged: true });
const row = (...cells: string[]) => ({ cells, merged: false });
const HEADER = row('工作任务', '牵头单位', '责任部门', '工 作 要 求');
const LONG =
  '按照谁制作、谁公开的原则，对本部门形成的文件逐件确定公开属性，能公开的在二十个工作日内公开；不能公开的写明理由，送党政办登记备查，每半年复核一次，情况变化的及时调整。';

/** All that makes the seed hard: sections on two levels, gaps, a repeated header, empty leads, broken units, units side by side. */
const INVENTED: SeedNotice = {
  before: [
    '云青街办〔2030〕7号',
    '云溪区人民政府青石街道办事处',
    '关于印发任务分解表的通知',
    '机关各部门：',
    '现将任务分解表印发给你们，请认真组织实施。',
    '附件',
    '青石街道2030年政务公开工作主要任务分解表',
  ],
  table: {
    rows: [
      HEADER,
      whole('一、夯实公开基础'),
      whole('（一）管好栏目'),
      row('1.更新公开栏。', '', '街道各部\n门', LONG),
      row('2.推动建议提案答复公开', '', '街道人大工委街道政协', LONG),
      row('5.公开预算决算', '区财政局', '街道经济服务办（财政所）', LONG),
      HEADER,
      whole('（二）管好来信'),
      row('12.答复来信', '区委宣传部\n（区政府新闻办）\n区委网信办', ' 街道各部门', LONG + LONG),
      whole('二、抓好队伍'),
      row('14.培训联络员', '区政府办', '街道各部门 ', '每年“集中培训”两次。'),
    ],
  },
};

const inEveryFormat = async (notice: SeedNotice): Promise<[string, Uint8Array][]> => [
  ['notice.txt', asText(notice)],
  ['notice.docx', await asDocx(notice)],
  ['notice.html', asHtml(notice)],
  ['strokes.pdf', asPdf(notice, { borders: 'strokes' })],
  ['boxes.pdf', asPdf(notice, { borders: 'boxes' })],
  ['broken-rows.pdf', asPdf(notice, { borders: 'strokes', breakRows: true })],
];

const tasksIn = async (fileName: string, bytes: Uint8Array): Promise<Task[]> => {
  const text = await extract(bytes, fileName);
  if (!text.ok) throw new Error(`${fileName} ${text.error.kind} ${text.error.detail}`);
  const parsed = parseTaskTable(text.value, { catalogueId: 'four', fileName });
  if (!parsed.ok) throw new Error(`${fileName} ${parsed.error.kind} ${parsed.error.detail}`);
  return parsed.value.catalogue.tasks;
};

const brief = ({ number, title, requirement, sectionPath, leadUnits, responsibleUnits }: Task) => ({
  number,
  title,
  requirement,
  section: sectionPath.join('＞'),
  lead: leadUnits,
  responsible: responsibleUnits,
});

test('an invented notice gives the same five tasks in every format', async () => {
  const first = '一、夯实公开基础＞（一）管好栏目';
  const expected = [
    [1, '更新公开栏', first, [], ['街道各部门'], LONG],
    [2, '推动建议提案答复公开', first, [], ['街道人大工委', '街道政协'], LONG],
    [5, '公开预算决算', first, ['区财政局'], ['街道经济服务办（财政所）'], LONG],
    [
      12,
      '答复来信',
      '一、夯实公开基础＞（二）管好来信',
      ['区委宣传部（区政府新闻办）', '区委网信办'],
      ['街道各部门'],
      LONG + LONG,
    ],
    [14, '培训联络员', '二、抓好队伍', ['区政府办'], ['街道各部门'], '每年“集中培训”两次。'],
  ].map(([number, title, section, lead, responsible, requirement]) => ({
    number,
    title,
    requirement,
    section,
    lead,
    responsible,
  }));
  for (const [name, bytes] of await inEveryFormat(INVENTED)) {
    const tasks = await tasksIn(name, bytes);
    expect(tasks.map(brief), name).toEqual(expected);
  }
});

const taxonomySchema = z.object({
  tasks: z.array(
    z.object({
      no: z.int(),
      title: z.string(),
      section: z.string(),
      subsection: z.string(),
      lead: z.string(),
      resp: z.string(),
      requirement: z.string(),
    }),
  ),
});

const expectedTasks = () => {
  const path = join(referenceFolder(), 'reference', 'taxonomy.json');
  if (!existsSync(path)) return null;
  return taxonomySchema.parse(JSON.parse(readFileSync(path, 'utf8'))).tasks;
};

/** The guideline joins units in its own way; what must agree are the words. */
const words = (text: string): string => text.replace(/[、，\s]/gu, '');

test('the seed notice gives exactly its 20 tasks, the same in every format', async (context) => {
  const text = seedText();
  const expected = expectedTasks();
  if (text === null || expected === null)
    return context.skip('no reference material at GONGKAI_REFERENCE or ../shared');
  const files: [string, Uint8Array][] = [
    ['seed.txt', new TextEncoder().encode(text)],
    ...(await inEveryFormat(seedNotice(text))),
  ];
  for (const [name, bytes] of files) {
    const tasks = (await tasksIn(name, bytes)).map(brief);
    expect(
      tasks.map(({ number }) => number),
      name,
    ).toEqual([1, 2, 3, 6, 7, 8, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 23, 25, 26, 27]);
    expect(
      tasks.map((task) => ({
        ...task,
        lead: words(task.lead.join('')),
        responsible: words(task.responsible.join('')),
      })),
      name,
    ).toEqual(
      expected.map((task) => ({
        number: task.no,
        title: task.title,
        requirement: task.requirement,
        section: `${task.section}＞${task.subsection}`,
        lead: words(task.lead),
        responsible: words(task.resp),
      })),
    );
    expect(tasks[2]?.responsible, name).toEqual(['街道人大工委', '街道政协']);
    expect(tasks[14]?.lead, name).toEqual(['区政府新闻办（区委宣传部）', '区委网信办']);
  }
});
