/** Knows the column names of task tables: a column is what its header says, never where it stands. */

/** `ignored`: a name we know and do not need; `unknown`: a name we do not know. */
export type Role =
  | 'number'
  | 'section'
  | 'task'
  | 'requirement'
  | 'lead'
  | 'responsible'
  | 'deadline'
  | 'status'
  | 'ignored'
  | 'unknown';

const TRADITIONAL: Readonly<Record<string, string>> = {
  務: '务',
  單: '单',
  責: '责',
  門: '门',
  體: '体',
  內: '内',
  時: '时',
  間: '间',
  牽: '牵',
  頭: '头',
  備: '备',
  註: '注',
  實: '实',
  況: '况',
  進: '进',
  點: '点',
  項: '项',
  號: '号',
  類: '类',
  別: '别',
  級: '级',
  負: '负',
  處: '处',
  辦: '办',
  協: '协',
  細: '细',
  貫: '贯',
  舉: '举',
  標: '标',
  編: '编',
  領: '领',
  導: '导',
  聯: '联',
  係: '系',
  說: '说',
  區: '区',
  縣: '县',
  鎮: '镇',
  鄉: '乡',
  與: '与',
  節: '节',
  機: '机',
  關: '关',
  參: '参',
  開: '开',
  業: '业',
  動: '动',
  來: '来',
  據: '据',
};

const UNIT = '(?:单位|部门|科室|处室|股室|机关|机构|办所|主体)';
const NAMES: readonly (readonly [Role, RegExp])[] = [
  ['number', /^(?:(?:任务|指标|项目)?(?:序号|编号)|序|号|项号|序列)$/u],
  ['lead', new RegExp(`^(?:主要)?(?:牵头|主办|主责)(?:责任|负责)?${UNIT}?$`, 'u')],
  [
    'responsible',
    new RegExp(
      `^(?:(?:责任|负责|落实|协办|配合|承办|实施|参与|参加|协同|协助|执行|具体负责|责任落实)${UNIT}|(?:牵头(?:责任)?(?:单位|部门)?[及和与、/]?)(?:责任|配合|协办|参与)${UNIT}|责任分工|职责分工)$`,
      'u',
    ),
  ],
  [
    'task',
    /^(?:(?:主要|重点|具体|年度|分解|公开|目标)*(?:工作)?任务(?:名称|事项|目标|分解|清单|项目)?|目标|工作目标|重点工作|主要工作|工作事项|工作要点|工作项目|重点事项|公开重点|任务及目标)$/u,
  ],
  [
    'requirement',
    /^(?:(?:主要|具体|重点)?(?:工作|任务|目标)?(?:任务)?(?:要求|内容|措施|举措|标准)|(?:细化|任务|工作)(?:分工|任务|措施|举措)|(?:贯彻|落实|推进|细化|贯彻落实)(?:举措|措施|要求|内容)|具体工作|具体工作要求|具体任务内容|任务细化|具体工作任务及要求)$/u,
  ],
  [
    'deadline',
    /^(?:(?:完成|责任|办结|工作|落实|推进|任务)?(?:时限|期限|时间)(?:要求|节点|安排)?|完成日期|进度安排|序时进度)$/u,
  ],
  [
    'status',
    /^(?:(?:任务|工作)?(?:完成|推进|落实|推进落实|贯彻落实|进展|办理|目前进展|工作进展|本月进展)(?:情况|进度|进展)|工作进展|目前进展|完成进度|工作进度|进展)$/u,
  ],
  ['section', /^(?:(?:工作|任务|重点)?(?:类别|分类|类型|板块|领域)|项目|一级指标|方面)$/u],
  [
    'ignored',
    /^(?:备注|说明|注|来源|任务来源|依据|工作依据|文件依据|(?:责任|分管|牵头|联系|包抓|挂钩)(?:领导|人|人员)|责任人|联系人|联系电话|电话|联络员|分值|评分标准|考核分值)$/u,
  ],
];

const LEVEL =
  /^(?:全|各|本|我)?(?:省|市|县|区|街道|镇|乡|州|旗|局|委|办|厅)(?:直|级|属|本级)?(?=牵头|主办|责任|负责|落实|配合|协办|承办)/u;

/** A header cell as it is compared: no blanks, no bracketed remark, simplified characters. */
export const headerName = (raw: string): string =>
  [...raw]
    .map((character) => TRADITIONAL[character] ?? character)
    .join('')
    .replace(/\s|\u3000/gu, '')
    .replace(/[（(【[][^（(【[）)】\]]{0,60}[）)】\]]/gu, '')
    .replace(/[:：*＊]+/gu, '')
    .replace(LEVEL, '');

const LONGEST_NAME = 16;

/** What a header cell says its column holds. */
export const roleOf = (raw: string): Role => {
  if (raw.length > 80) return 'unknown';
  const name = headerName(raw);
  if (name.length > LONGEST_NAME) return 'unknown';
  return NAMES.find(([, pattern]) => pattern.test(name))?.[0] ?? 'unknown';
};

/** True where the header says that the unit named first leads: 责任单位（第一位为牵头单位）. */
export const firstUnitLeads = (raw: string): boolean => {
  const name = raw.replace(/\s/gu, '').slice(0, 80);
  return name.includes('牵头') && /首位|第一|列首|排首|排名首|首个|排在前/u.test(name);
};
