/** An invented policy and an interpretation that holds every catchword of a good one and says nothing of its own. */

const RULES = [
  '为解决老年居民就餐不便的问题，根据区养老服务条例制定本办法。',
  '适用对象为在云溪街道登记的六十周岁以上居民，到社区食堂就餐每餐补贴五元。',
  '办理流程为本人向社区申请，社区三日内初审，街道五日内审核并公布名单。',
  '本办法的主要措施由社会事务办组织实施，例如食堂选点和资金结算。',
];

export const POLICY_NAME = '云溪街道社区食堂就餐补贴办法';

export const aPolicy = (name = POLICY_NAME): string =>
  [
    `云溪街道办事处关于印发《${name}》的通知`,
    '',
    '各社区居委会：',
    `现将《${name}》印发给你们，请遵照执行。`,
    ...RULES.map((rule, at) => `第${'一二三四'.charAt(at)}条 ${rule}`),
    '云溪街道办事处',
    '2021年6月1日',
  ].join('\n');

export const anAbstract = (name = POLICY_NAME): string =>
  [
    `《${name}》政策解读`,
    '一、制定背景和目的',
    RULES[0],
    '二、主要内容',
    ...RULES.slice(1),
    '2021年6月10日',
  ].join('\n');
