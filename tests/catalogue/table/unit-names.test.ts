import { expect, test } from 'vitest';
import { readUnits } from '../../../shared/catalogue/table/unit-names.ts';

const read = (raw: string) => {
  const { lead, responsible, plain } = readUnits(raw);
  return { lead, responsible, plain };
};
const plain = (...units: string[]) => ({ lead: [], responsible: [], plain: units });

test.each<[string, string[]]>([
  ['街道各部门', ['街道各部门']],
  [' 区教育局、区民政局 ', ['区教育局', '区民政局']],
  ['区教育局，区民政局；区医保局', ['区教育局', '区民政局', '区医保局']],
  ['区教育局\n区民政局', ['区教育局', '区民政局']],
  ['区教育局 区民政局', ['区教育局', '区民政局']],
  ['街道各部\n门', ['街道各部门']],
  ['街道经济发\n展办（财政\n所）', ['街道经济发展办（财政所）']],
  ['区委宣传部\n（区政府新闻办）\n区委网信办', ['区委宣传部（区政府新闻办）', '区委网信办']],
  ['区委宣传部（区政府新闻办）区委网信办', ['区委宣传部（区政府新闻办）', '区委网信办']],
  ['区委\n宣传部', ['区委宣传部']],
  ['区人民政府\n办公室', ['区人民政府办公室']],
  ['街道人大工委街道政协', ['街道人大工委', '街道政协']],
  ['街道人大工\n委街道政协', ['街道人大工委', '街道政协']],
  ['区发展改革局（区物价局、区粮食局）', ['区发展改革局（区物价局、区粮食局）']],
  ['区政府各部门', ['区政府各部门']],
  ['市公安局镇海分局', ['市公安局镇海分局']],
  ['市场监督管理局', ['市场监督管理局']],
  ['区住房和城乡建设局', ['区住房和城乡建设局']],
  ['各部门按职责分工负责', ['各部门']],
  ['——', []],
  ['/', []],
  ['无', []],
  ['', []],
])('%j names the units %j', (raw, units) => {
  const { lead, responsible, plain: rest } = read(raw);
  expect([...lead, ...responsible, ...rest]).toEqual(units);
});

test('who leads and who supports is read from the cell', () => {
  const both = { lead: ['区政府办'], responsible: ['区财政局', '各街道'], plain: [] };
  expect(read('区政府办牵头，区财政局、各街道配合')).toEqual(both);
  expect(read('由区政府办牵头负责；区财政局、各街道配合')).toEqual(both);
  expect(read('牵头单位：区政府办；配合单位：区财政局、各街道')).toEqual(both);
  expect(read('区政府办牵头\n区财政局、各街道配合')).toEqual(both);
  expect(read('区财政局、区民政局分别落实')).toEqual({
    lead: [],
    responsible: ['区财政局', '区民政局'],
    plain: [],
  });
});

test('units side by side without a mark are split where sure, left whole where not, and said so either way', () => {
  expect(readUnits('街道人大工委街道政协')).toMatchObject({ unseparated: true });
  expect(readUnits('党政办社会事务办综合治理办')).toMatchObject({
    unseparated: true,
    ...plain('党政办社会事务办综合治理办'),
  });
  expect(readUnits('区财政局、区民政局').unseparated).toBe(false);
});
