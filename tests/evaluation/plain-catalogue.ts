/** The tasks of the 2021 table as another office might have put them: own wording, no enrichment, and so no rule pack that is tied to any. Learning has to do what rules cannot. */
import type { Catalogue } from '../../shared/domain/catalogue.ts';

/** Number, name and demand of each task; the numbers are those of the 2021 table, so that its labels hold. */
const TASKS: readonly (readonly [number, string, string])[] = [
  [1, '决策公开', '会议议定事项、草案征求意见及意见采纳情况向社会公布。'],
  [2, '执行公开', '文件中写明何事由谁在何处公示，进展与督查结果按期公布。'],
  [3, '建议提案复文上网', '代表、委员所提意见的答复全文上网。'],
  [6, '部门收支公开', '年度收支安排和决算报表、三公经费按时上网。'],
  [7, '举债情况公开', '债券发行、额度、偿还安排按要求公示。'],
  [8, '补贴到人公示', '各类补助、救助的对象、标准、金额在村居张榜。'],
  [12, '重点领域文件发布', '就业、营商环境、教育、医疗、产业等方面文件及时发布。'],
  [13, '文件解读', '每份文件配套说明出台背景和主要内容。'],
  [14, '问答服务', '热线、窗口和网上留言所问事项有人答复。'],
  [15, '图解视频', '用漫画、长图、短片讲清文件。'],
  [16, '发布会', '发言人面向媒体介绍情况并答记者问。'],
  [17, '解读提质', '说明要有名词解释、算例和新旧对照。'],
  [18, '舆情登记销号', '投诉和热点逐条登记、分办、销号并核查承诺。'],
  [19, '实施效果评估', '开展问卷，评估办法实施后的成效并改进。'],
  [20, '热点通报', '事故、传言、欠薪、污染等由官方通报事实和处置。'],
  [21, '法规文本核对', '网站登载的条例与国家版本一致。'],
  [23, '文件清理', '现行有效文件编目，修改、废止、失效的及时公布。'],
  [25, '公众号管理', '公众号、短视频号备案、检查和关停。'],
  [26, '专栏自查', '公开指南、年度报告、申请渠道齐全规范。'],
  [27, '事项目录', '许可、处罚、征收等事项列入目录并公布结果。'],
];

export const plainCatalogue: Catalogue = {
  catalogueId: 'plain',
  version: 1,
  title: '政务公开重点任务（另一种写法）',
  issuer: '',
  documentNumber: null,
  year: 2021,
  tasks: TASKS.map(([number, title, requirement]) => ({
    code: `plain:T${String(number).padStart(2, '0')}`,
    number,
    title,
    requirement,
    sectionPath: [],
    leadUnits: [],
    responsibleUnits: [],
    deadline: null,
    scope: '',
    typicalEvidence: [],
    notThis: [],
  })),
};
