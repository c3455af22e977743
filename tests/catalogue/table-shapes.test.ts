/** Task tables in the shapes that offices print them in, with an invented office: 云溪区青石街道. */
import { expect, test } from 'vitest';
import { parseTaskTable } from '../../shared/catalogue/parse-task-table.ts';
import type { CanonicalText } from '../../shared/domain/text.ts';
import { textOf } from './make-text.ts';

const read = (text: CanonicalText) => {
  const parsed = parseTaskTable(text, { catalogueId: 'qs2030' });
  if (!parsed.ok) throw new Error(`${parsed.error.kind} ${parsed.error.detail}`);
  const { catalogue, rows, warnings } = parsed.value;
  return {
    catalogue,
    rows,
    tasks: catalogue.tasks,
    codes: catalogue.tasks.map(({ code }) => code.slice(code.indexOf(':') + 1)),
    warned: warnings.map(({ code }) => code),
    warnings,
  };
};

const ASK = '每月在公开栏更新一次，内容要完整。';
const ASK2 = '收到来信后三日内答复，并登记备查。';

test('columns are read by their names in any order, spaced names and remarks in brackets included', () => {
  const { tasks, codes, warned } = read(
    textOf([
      ['序 号', '工 作 任 务', '工作要求（细化）', '责 任 单 位', '牵头\n单位', '完成时限'],
      ['1', '更新公开栏', ASK, '街道各部门', '街道党政办', '长期坚持'],
      ['2', '答复群众来信', ASK2, '街道信访办、街道司法所', '——', '年底前'],
    ]),
  );
  expect(codes).toEqual(['T01', 'T02']);
  expect(tasks[0]).toEqual({
    code: 'qs2030:T01',
    number: 1,
    title: '更新公开栏',
    requirement: ASK,
    sectionPath: [],
    leadUnits: ['街道党政办'],
    responsibleUnits: ['街道各部门'],
    deadline: '长期坚持',
    scope: '',
    typicalEvidence: [],
    notThis: [],
  });
  expect(tasks[1]).toMatchObject({
    leadUnits: [],
    responsibleUnits: ['街道信访办', '街道司法所'],
    deadline: '年底前',
  });
  expect(warned).toEqual([]);
});

test('a table in traditional characters is read by the same names', () => {
  const { tasks } = read(
    textOf([
      ['序號', '重點任務', '具體要求', '責任單位', '時限要求', '備註'],
      ['1', '更新公開欄', '按月更新。', '街道黨政辦', '年底前', '無'],
    ]),
  );
  expect(tasks[0]).toMatchObject({ title: '更新公開欄', responsibleUnits: ['街道黨政辦'] });
});

test.each([
  ['1.更新公开栏', '2.答复来信'],
  ['1、更新公开栏', '2、答复来信'],
  ['（1）更新公开栏', '（2）答复来信'],
  ['1．更新公开栏', '2．答复来信'],
  ['１．更新公开栏', '２．答复来信'],
  ['1更新公开栏', '2答复来信'],
  ['1 更新公开栏', '2 答复来信'],
])('the number stands in the task cell: %s', (first, second) => {
  const { tasks, codes, warned } = read(
    textOf([
      ['工作任务', '工作要求', '责任部门'],
      [first, ASK, '党政办公室'],
      [second, ASK2, '信访办'],
    ]),
  );
  expect(codes).toEqual(['T01', 'T02']);
  expect(tasks.map(({ title }) => title)).toEqual(['更新公开栏', '答复来信']);
  expect(warned).toEqual([]);
});

test('a year that opens a title is no number', () => {
  const { tasks, warned } = read(
    textOf([
      ['工作任务', '责任部门'],
      ['2030年底前建成公开专区', '党政办公室'],
      ['3个社区设立查阅点', '社区事务办'],
    ]),
  );
  expect(tasks.map(({ number, title }) => [number, title])).toEqual([
    [1, '2030年底前建成公开专区'],
    [2, '3个社区设立查阅点'],
  ]);
  expect(warned).toContain('W_NUMBERS_ASSIGNED');
});

test('sections in merged rows, gaps in the numbers, and a header that comes again on the next page', () => {
  const header = ['工作任务', '牵头单位', '责任部门', '工 作 要 求'];
  const whole = (text: string) => [{ text, columns: 4 }];
  const { tasks, codes, rows } = read(
    textOf('附件', '青石街道2030年政务公开任务分解表', [
      header,
      whole('一、抓公开'),
      whole('（一）抓栏目'),
      ['1.更新公开栏', '', '街道各部门', ASK],
      ['4.清理旧栏目', '区政府办', '街道各部\n门', ASK],
      header,
      whole('（二）抓来信'),
      ['12.答复来信', '区信访局', '街道信访办', ASK2],
      whole('二、抓队伍'),
      ['13.培训联络员', '', '街道党政办', '每年两次。'],
    ]),
  );
  expect(codes).toEqual(['T01', 'T04', 'T12', 'T13']);
  expect(tasks.map(({ sectionPath }) => sectionPath)).toEqual([
    ['一、抓公开', '（一）抓栏目'],
    ['一、抓公开', '（一）抓栏目'],
    ['一、抓公开', '（二）抓来信'],
    ['二、抓队伍'],
  ]);
  expect(tasks[1]?.responsibleUnits).toEqual(['街道各部门']);
  expect(rows.map(({ row, code }) => [row, code])).toEqual([
    [4, 'qs2030:T01'],
    [5, 'qs2030:T04'],
    [8, 'qs2030:T12'],
    [10, 'qs2030:T13'],
  ]);
});

test('every parsed row quotes its source at its place', () => {
  const text = textOf('前言', [
    ['工作任务', '责任部门'],
    ['1.更新公开栏', '党政办'],
    ['2.答复来信', '信访办'],
  ]);
  const { rows } = read(text);
  for (const { span, cells } of rows)
    expect(text.text.slice(span.start, span.end)).toBe(cells.join('\t'));
  expect(rows[1]?.cells).toEqual(['2.答复来信', '信访办']);
});

test('sections in a left column that spans rows, with or without a name', () => {
  for (const name of ['类别', '']) {
    const { tasks } = read(
      textOf([
        [name, '序号', '工作任务', '具体要求', '责任单位'],
        [{ text: '抓公开', rows: 2 }, '1', '更新公开栏', ASK, '党政办'],
        ['2', '清理旧栏目', ASK, '党政办'],
        ['抓来信', '3', '答复来信', ASK2, '信访办'],
      ]),
    );
    expect(tasks.map(({ title, sectionPath }) => [title, sectionPath])).toEqual([
      ['更新公开栏', ['抓公开']],
      ['清理旧栏目', ['抓公开']],
      ['答复来信', ['抓来信']],
    ]);
  }
});

test('a section alone in a cell of a row that is not merged', () => {
  const { tasks } = read(
    textOf([
      ['序号', '工作任务', '责任单位'],
      ['一、抓公开', '', ''],
      ['1', '更新公开栏', '党政办'],
      ['二', '抓来信', ''],
      ['2', '答复来信', '信访办'],
    ]),
  );
  expect(tasks.map(({ sectionPath }) => sectionPath)).toEqual([['一、抓公开'], ['二、抓来信']]);
});

test('a column of numbers under a nameless, a merged or a wrong header name is the number column', () => {
  const nameless = textOf([
    ['', '重点任务', '工作要求', '责任单位'],
    ['1', '更新公开栏', ASK, '党政办'],
    ['3', '答复来信', ASK2, '信访办'],
  ]);
  const merged = textOf([
    [{ text: '重点任务', columns: 2 }, '工作要求', '责任单位'],
    ['1', '更新公开栏', ASK, '党政办'],
    ['3', '答复来信', ASK2, '信访办'],
  ]);
  const slipped = textOf([
    ['重点任务', '工作要求', '责任单位', null],
    ['1', '更新公开栏', ASK, '党政办'],
    ['3', '答复来信', ASK2, '信访办'],
  ]);
  for (const text of [nameless, merged, slipped]) {
    const { tasks, codes } = read(text);
    expect(codes).toEqual(['T01', 'T03']);
    expect(tasks[1]).toMatchObject({
      title: '答复来信',
      requirement: ASK2,
      responsibleUnits: ['信访办'],
    });
  }
});

test('the task cell spans several numbered requirements: it is the section, each number is a task', () => {
  const { tasks, codes, warned } = read(
    textOf([
      ['工作任务', { text: '具体要求', columns: 2 }, '责任科室', '时限要求'],
      ['规范文件公开', '1', '清理现行文件，公布目录。', '综合科', '年底前'],
      [{ text: '做好主动公开', rows: 2 }, '2', '规范专栏。防止泄密。', '各科室', '持续推进'],
      ['3', '编好年度报告。', '综合科', '三季度前'],
    ]),
  );
  expect(codes).toEqual(['T01', 'T02', 'T03']);
  expect(tasks[2]).toMatchObject({
    title: '编好年度报告',
    requirement: '编好年度报告。',
    sectionPath: ['做好主动公开'],
    responsibleUnits: ['综合科'],
    deadline: '三季度前',
  });
  expect(warned).toContain('W_TITLE_FROM_REQUIREMENT');
});

test('numbers that run on through the requirement cells are tasks of their own', () => {
  const { tasks, codes } = read(
    textOf([
      ['工作任务', '工作要求', '责任单位'],
      ['抓公开', '1.更新公开栏，每月一次。\n2.清理旧栏目。', '党政办'],
      ['抓来信', '3.三日内答复来信。', '信访办'],
    ]),
  );
  expect(codes).toEqual(['T01', 'T02', 'T03']);
  expect(tasks[1]).toMatchObject({
    title: '清理旧栏目',
    sectionPath: ['抓公开'],
    responsibleUnits: ['党政办'],
  });
});

test('points that start again in every requirement cell stay inside the requirement', () => {
  const { tasks, codes } = read(
    textOf([
      ['工作任务', '工作要求', '责任单位'],
      ['更新公开栏', '1.每月一次。\n2.内容完\n整。', '党政办'],
      ['答复来信', '1.三日内。\n2.登记。', '信访办'],
    ]),
  );
  expect(codes).toEqual(['T01', 'T02']);
  expect(tasks[0]?.requirement).toBe('1.每月一次。\n2.内容完整。');
});

test('one task with several requirement rows is joined and said so', () => {
  const { tasks, warnings } = read(
    textOf([
      ['序号', '工作任务', '工作要求', '责任单位'],
      [{ text: '1', rows: 2 }, { text: '更新公开栏', rows: 2 }, '每月一次。', '党政办'],
      ['每季检查。', '纪工委'],
      ['2', '答复来信', ASK2, '信访办'],
    ]),
  );
  expect(tasks[0]).toMatchObject({
    requirement: '每月一次。\n每季检查。',
    responsibleUnits: ['党政办', '纪工委'],
  });
  expect(warnings).toEqual([{ code: 'W_TWO_LEVEL_REQUIREMENT', detail: '表1第3行' }]);
});

test('six columns on two levels: both requirements and both leads are kept', () => {
  const { tasks, warned } = read(
    textOf([
      ['工作任务', '工作要求', '市级牵头单位', '细化分工', '牵头处室', '责任处室'],
      ['1.更新公开栏', '按月更新。', '市政务办', '每月五日前发布。', '信息处', '宣传处'],
    ]),
  );
  expect(tasks[0]).toMatchObject({
    requirement: '按月更新。\n每月五日前发布。',
    leadUnits: ['市政务办', '信息处'],
    responsibleUnits: ['宣传处'],
  });
  expect(warned).toEqual(['W_TWO_LEVEL_REQUIREMENT']);
});

test('two header rows: units in a merged cell over lead and support', () => {
  const { tasks } = read(
    textOf([
      [
        { text: '序号', rows: 2 },
        { text: '工作任务', rows: 2 },
        { text: '责任单位', columns: 2 },
      ],
      ['牵头单位', '配合单位'],
      ['1', '更新公开栏', '党政办', '各社区'],
    ]),
  );
  expect(tasks[0]).toMatchObject({ leadUnits: ['党政办'], responsibleUnits: ['各社区'] });
});

test('task names merged over rows whose continuation rows come one cell short', () => {
  const { tasks, warnings } = read(
    textOf([
      ['工作任务', '工作要求', '责任单位'],
      ['1.更新公开栏', '每月一次。', '党政办'],
      ['每季检查，结果通报。', '纪工委', null],
      ['2.答复来信', ASK2, '信访办'],
    ]),
  );
  expect(tasks.map(({ title }) => title)).toEqual(['更新公开栏', '答复来信']);
  expect(tasks[0]).toMatchObject({
    requirement: '每月一次。\n每季检查，结果通报。',
    responsibleUnits: ['党政办', '纪工委'],
  });
  expect(warnings.map(({ code, detail }) => `${code} ${detail}`)).toEqual([
    'W_SHORT_ROW 表1第3行',
    'W_TWO_LEVEL_REQUIREMENT 表1第3行',
  ]);
});

test('a stray empty cell before the last column is closed up', () => {
  const { tasks } = read(
    textOf([
      ['工作任务', '责任部门', '工作要求'],
      ['1.更新公开栏', '党政办', '', ASK],
      ['2.答复来信', '信访办', ASK2],
    ]),
  );
  expect(tasks[0]?.requirement).toBe(ASK);
});

test('a table that goes on in the next table, with its header or without, is one table', () => {
  const header = ['工作任务', '责任部门', '工作要求'];
  const { codes } = read(
    textOf(
      '会议安排',
      [
        ['时间', '地点'],
        ['周一', '二楼会议室'],
      ],
      '任务分解表',
      [header, ['1.更新公开栏', '党政办', ASK]],
      [header, ['2.答复来信', '信访办', ASK2]],
      '— 3 —',
      [['3.培训联络员', '党政办', '每年两次。']],
    ),
  );
  expect(codes).toEqual(['T01', 'T02', 'T03']);
});

test('a row that a page turn broke is joined to its first half', () => {
  const header = ['工作任务', '责任部门', '工作要求'];
  const { tasks, warned } = read(
    textOf(
      [header, ['1.更新公开', '街道党政', '每月在公开栏']],
      [header, ['栏', '办', '更新一次。'], ['2.答复来信', '信访办', ASK2]],
    ),
  );
  expect(tasks[0]).toMatchObject({
    title: '更新公开栏',
    responsibleUnits: ['街道党政办'],
    requirement: '每月在公开栏更新一次。',
  });
  expect(warned).toEqual(['W_ROW_JOINED']);
});

test('numbers that start again in each section are given in order, and said so', () => {
  const { codes, warned } = read(
    textOf([
      ['工作任务', '责任部门'],
      [{ text: '一、抓公开', columns: 2 }],
      ['1.更新公开栏', '党政办'],
      ['2.清理旧栏目', '党政办'],
      [{ text: '二、抓来信', columns: 2 }],
      ['1.答复来信', '信访办'],
    ]),
  );
  expect(codes).toEqual(['T01', 'T02', 'T03']);
  expect(warned).toEqual(['W_NUMBERS_RESTART']);
});

test.each([
  ['36,37', 38],
  ['36、37', 38],
  ['3637', 38],
])('a row with the numbers %s gives both tasks and a warning', (printed, after) => {
  const { codes, warnings, rows } = read(
    textOf([
      ['序号', '工作任务', '责任单位'],
      ['35', '更新公开栏', '党政办'],
      [printed, '答复来信', '信访办'],
      [String(after), '培训联络员', '党政办'],
    ]),
  );
  expect(codes).toEqual(['T35', 'T36', 'T37', 'T38']);
  expect(warnings).toEqual([{ code: 'W_COMBINED_NUMBER', detail: '表1第3行' }]);
  expect(rows.filter(({ row }) => row === 3).map(({ code }) => code)).toEqual([
    'qs2030:T36',
    'qs2030:T37',
  ]);
});

test('sub-numbers stay sub-numbers', () => {
  const { codes } = read(
    textOf([
      ['序号', '工作任务', '责任单位'],
      ['3.1', '更新公开栏', '党政办'],
      ['3.2', '清理旧栏目', '党政办'],
    ]),
  );
  expect(codes).toEqual(['T03.1', 'T03.2']);
});

test('the header may say that the unit named first leads', () => {
  const { tasks, warned } = read(
    textOf([
      ['序号', '工作任务', '责任单位（第一位为牵头单位）'],
      ['1', '更新公开栏', '党政办、信访办、各社区'],
    ]),
  );
  expect(tasks[0]).toMatchObject({
    leadUnits: ['党政办'],
    responsibleUnits: ['信访办', '各社区'],
  });
  expect(warned).toEqual(['W_LEAD_BY_ORDER']);
});

test('running text with a bracket after each task', () => {
  const { tasks, codes, warned } = read(
    textOf(
      '青石街道2030年政务公开工作要点',
      '一、抓公开',
      '1.更新公开栏。每月更新一次。（街道党政办负责落实）',
      '2.清理旧栏目。逐个核对。（责任时限:六月底前,牵头单位:街道党政办,责任单位:街道纪工委、各社区）',
      '二、抓来信',
      '3.答复来信。三日内答复。（街道信访办牵头，街道司法所配合）',
      '三、保障措施',
      '各部门要高度重视。',
    ),
  );
  expect(codes).toEqual(['T01', 'T02', 'T03']);
  expect(tasks[1]).toMatchObject({
    title: '清理旧栏目',
    requirement: '逐个核对。',
    deadline: '六月底前',
    leadUnits: ['街道党政办'],
    responsibleUnits: ['街道纪工委', '各社区'],
    sectionPath: ['一、抓公开'],
  });
  expect(tasks[2]).toMatchObject({ leadUnits: ['街道信访办'], responsibleUnits: ['街道司法所'] });
  expect(warned).toEqual(['W_FROM_PARAGRAPHS']);
});

test('title, issuer, number and year come from the words around the table', () => {
  const { catalogue } = read(
    textOf(
      '云青街办〔2030〕7号',
      '云溪区人民政府青石街道办事处',
      '关于印发任务分解表的通知',
      '根据云政办〔2029〕3号文件要求，现印发给你们。',
      '青石街道2030年政务公开工作主要任务分解表',
      [
        ['工作任务', '责任部门'],
        ['1.更新公开栏', '党政办'],
      ],
    ),
  );
  expect(catalogue).toMatchObject({
    catalogueId: 'qs2030',
    version: 1,
    title: '青石街道2030年政务公开工作主要任务分解表',
    issuer: '云溪区人民政府青石街道办事处',
    documentNumber: '云青街办〔2030〕7号',
    year: 2030,
  });
});

test('a cell merged over task and requirement is both: its first sentence names the task', () => {
  const { tasks, warnings } = read(
    textOf([
      ['序号', '工作任务', '工作要求', '责任单位'],
      ['1', { text: '更新公开栏，每月一次。做好登记。', columns: 2 }, '党政办'],
      ['2', '答复来信', ASK2, '信访办'],
    ]),
  );
  expect(tasks[0]).toMatchObject({
    title: '更新公开栏，每月一次',
    requirement: '更新公开栏，每月一次。做好登记。',
  });
  expect(warnings).toEqual([{ code: 'W_TITLE_FROM_REQUIREMENT', detail: '表1第2行' }]);
});

test('two terms in one cell stay two, a term broken over lines stays one', () => {
  const { tasks } = read(
    textOf([
      ['序号', '工作任务', '责任单位', '时限要求'],
      ['1', '更新公开栏', '党政办', '2031年8月前\n2031年12月前'],
      ['2', '答复来信', '信访办', '持续\n推进'],
      ['3', '培训联络员', '党政办', '——'],
    ]),
  );
  expect(tasks.map(({ deadline }) => deadline)).toEqual([
    '2031年8月前；2031年12月前',
    '持续推进',
    null,
  ]);
});

test('tasks numbered in Chinese numerals, in a column or in the task cell', () => {
  const column = textOf([
    ['序号', '工作任务', '责任单位'],
    ['一', '更新公开栏', '党政办'],
    ['三', '答复来信', '信访办'],
  ]);
  const inCell = textOf([
    ['工作任务', '责任单位'],
    ['（一）更新公开栏', '党政办'],
    ['（三）答复来信', '信访办'],
  ]);
  for (const text of [column, inCell]) {
    const { tasks, codes } = read(text);
    expect(codes).toEqual(['T01', 'T03']);
    expect(tasks[1]?.title).toBe('答复来信');
  }
});

test('a unit cell that spans tasks counts for each of them', () => {
  const { tasks } = read(
    textOf([
      ['序号', '工作任务', '工作要求', '责任单位'],
      ['1', '更新公开栏', ASK, { text: '党政办', rows: 2 }],
      ['2', '答复来信', ASK2],
    ]),
  );
  expect(tasks.map(({ responsibleUnits }) => responsibleUnits)).toEqual([['党政办'], ['党政办']]);
});

test('elements that are sure name the catalogue, those that are not do not', () => {
  const text = textOf('任务分解表', [
    ['工作任务', '责任单位'],
    ['1.更新公开栏', '党政办'],
  ]);
  const quote = { start: 0, end: 5, quote: '任务分解表' };
  const number = {
    normalised: '云青街办〔2030〕7号',
    issuerMark: '云青街办',
    year: 2030,
    sequence: '7',
  };
  const nothing = {
    title: null,
    innerTitle: null,
    genre: null,
    innerGenre: null,
    addressee: null,
    date: null,
    attributeNote: null,
    attachments: [],
    secrecyMark: null,
    citedNumbers: [],
    flags: [],
  };
  const named = (sure: boolean) => {
    const elements = {
      ...nothing,
      documentNumber: { value: number, sure, quote },
      issuer: { value: '青石街道办事处', sure, quote },
    };
    const parsed = parseTaskTable(text, { elements });
    return parsed.ok ? parsed.value.catalogue : null;
  };
  expect(named(true)).toMatchObject({
    catalogueId: 'table-2030',
    documentNumber: '云青街办〔2030〕7号',
    issuer: '青石街道办事处',
    year: 2030,
  });
  expect(named(false)).toMatchObject({
    catalogueId: 'table-x',
    documentNumber: null,
    issuer: '',
    year: null,
  });
});
