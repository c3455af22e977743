import { expect, test } from 'vitest';
import { genreOf } from '../../shared/gongwen/genre.ts';

test.each([
  ['关于开展节前检查的通知', '通知', null, null],
  [
    '关于印发《甲湖街道养老服务补助办法（试行）》的通知',
    '通知',
    '甲湖街道养老服务补助办法（试行）',
    '办法',
  ],
  ['甲市人民政府办公厅关于印发甲市地质灾害应急预案的通知', '通知', '甲市地质灾害应急预案', '预案'],
  ['甲区关于转发《关于加强甲工作的意见》的通知', '通知', '关于加强甲工作的意见', '意见'],
  ['关于印发《〈甲条例〉实施细则》的通知', '通知', '〈甲条例〉实施细则', '细则'],
  ['关于印发2031年工作要点的通知', '通知', '2031年工作要点', '要点'],
  ['关于公布行政规范性文件清理结果的公告', '公告', '行政规范性文件清理结果', null],
  ['《甲办法》政策解读', null, null, '解读'],
  ['甲湖街道养老服务补助实施细则', null, null, '细则'],
  ['甲市人民政府令第12号', '命令', null, null],
  ['关于甲工程的批复（甲发〔2031〕3号）', '批复', null, null],
  ['关于同意设立甲中心的复函', '函', null, null],
  ['2031年政府信息公开工作年度报告', '报告', null, null],
  ['主任办公会议纪要', '纪要', null, null],
  ['关于公开征求《甲办法》意见', null, null, null],
  ['关于加强甲工作的实施意见.docx', '意见', null, null],
  ['甲处罚决定书', null, null, '决定书'],
  ['一起来看甲湖的春天', null, null, null],
])('%s', (title, ...expected) => {
  const { genre, innerTitle, innerGenre } = genreOf(title);
  expect([genre, innerTitle, innerGenre]).toEqual(expected);
});
