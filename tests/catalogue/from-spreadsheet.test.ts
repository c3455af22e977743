import { expect, test } from 'vitest';
import { parseTaskTable } from '../../shared/catalogue/parse-task-table.ts';
import { extract } from '../../shared/text/extract.ts';
import { rawXlsx, xmlRow } from '../making/raw-xlsx.ts';

const rows = [
  xmlRow(1, ['云溪街道2023年政务公开工作主要任务分解表']),
  xmlRow(2, ['序号', '工作任务', '工作要求', '牵头单位', '责任单位']),
  xmlRow(3, ['一、重点领域']),
  xmlRow(4, [1, '公开预决算', '批复后二十日内公开', '财政所', '各部门']),
  xmlRow(5, [2, '公开养老补贴发放情况', '每季度公开一次', '民政办', '各社区']),
  xmlRow(7, ['二、政策解读']),
  xmlRow(8, [4, '解读规范性文件', '发布后三个工作日内解读', '党政办', '起草部门']),
].join('');
const after =
  '<mergeCells><mergeCell ref="A1:E1"/><mergeCell ref="A3:E3"/><mergeCell ref="A7:E7"/></mergeCells>';

test('a task table in a spreadsheet becomes a catalogue; an empty row inside it is no end', async () => {
  const read = await extract(rawXlsx({ sheets: [{ name: 'Sheet1', rows, after }] }), '分解表.xlsx');
  if (!read.ok) throw new Error(read.error.kind);
  const parsed = parseTaskTable(read.value, { catalogueId: 'yx2023' });
  if (!parsed.ok) throw new Error(`${parsed.error.kind} ${parsed.error.detail}`);
  const { catalogue } = parsed.value;
  expect(catalogue).toMatchObject({
    year: 2023,
    title: '云溪街道2023年政务公开工作主要任务分解表',
  });
  expect(
    catalogue.tasks.map(({ number, title, leadUnits, sectionPath }) => [
      number,
      title,
      leadUnits.join(),
      sectionPath.join(),
    ]),
  ).toEqual([
    [1, '公开预决算', '财政所', '一、重点领域'],
    [2, '公开养老补贴发放情况', '民政办', '一、重点领域'],
    [4, '解读规范性文件', '党政办', '二、政策解读'],
  ]);
});
