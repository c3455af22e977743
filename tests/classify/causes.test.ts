/** Invented titles and openings for causes of mistakes found on real ones. */
import { expect, test } from 'vitest';
import { donghu2021 } from '../../shared/catalogue/donghu-2021.ts';
import { defaultArtefact } from '../../shared/classify/artefact.ts';
import { classify } from '../../shared/classify/classify.ts';
import { shortCode } from '../../shared/domain/catalogue.ts';
import { documentOf } from '../evaluation/gold.ts';

const said = async (text: string) => {
  const answer = classify(await documentOf(text), donghu2021, defaultArtefact);
  return {
    form: answer.form.code,
    tasks: answer.tasks.map((tag) => shortCode(tag.code)),
    category: answer.categories[0],
    attribute: answer.attribute,
  };
};

test.each([
  ['云溪市人民政府办公厅关于加强基层应急管理能力建设的意见', 'C12'],
  ['云溪市人民政府关于印发云溪市食品安全信用管理办法的通知', 'C13'],
  ['云溪市人民政府办公厅关于推行部门联合随机抽查加强事中事后监管的实施意见', 'C01'],
  ['云溪市人民政府关于保持经济平稳健康增长若干措施的通知', 'C01'],
])('policy of the closed list is T12: %s', async (title, category) => {
  const answer = await said(title);
  expect(answer).toMatchObject({ form: 'F01', tasks: ['T12'] });
  expect(answer.category?.code).toBe(category);
});

test('how levels of government share revenue is no tax relief', async () => {
  const answer = await said('云溪市人民政府关于资源税市与区收入划分事项的通知');
  expect(answer.tasks).toEqual(['T01']);
  expect(answer.category?.code).toBe('C07');
});

test.each([
  '云溪市人民政府办公厅转发市纠风办关于今年纠风工作实施意见的通知',
  '云溪市人民政府办公厅关于转发云溪市丝绸产业对接洽谈活动方案的通知',
  '云溪市人民政府办公厅关于开展养老机构消防设施联合检查的通知',
  '云溪市人民政府办公厅关于成立云溪国际茶叶博览会组委会的通知',
])('arrangements inside government are F02 without a task: %s', async (title) => {
  expect(await said(title)).toMatchObject({ form: 'F02', tasks: [] });
});

test.each([
  ['云溪市市场监督管理局发布童装质量抽检情况（2020年）', 'C13'],
  ['云溪市人民政府关于批准云溪县土地利用总体规划的通知', 'C03'],
])('results of oversight and approved plans are T27: %s', async (title, category) => {
  const answer = await said(title);
  expect(answer).toMatchObject({ form: 'F09', tasks: ['T27'] });
  expect(answer.category?.code).toBe(category);
});

test('the clearing of stock debt is T07 even where only government arranges it', async () => {
  const answer = await said('云溪市人民政府办公厅关于转发云溪市政府存量债务清理甄别工作方案的通知');
  expect(answer.tasks).toEqual(['T07']);
  expect(answer.category?.code).toBe('C07');
});

test('rules for handling proposals are T03', async () => {
  const answer = await said('云溪市人民政府关于印发办理人大代表建议和政协提案办法的通知');
  expect(answer.tasks).toEqual(['T03']);
  expect(answer.category?.code).toBe('P02');
});

test('an answer addressed to deputies is F10 although its title quotes a wish', async () => {
  const text =
    '云溪市民政局对“关于为老年人建设社区食堂的建议”的答复\n云民函〔2021〕7号\n林小满等3位代表：\n你们提出的“关于为老年人建设社区食堂的建议”收悉。现答复如下：\n一、办理情况。我市已建成社区食堂九处。\n感谢你们对民政工作的关心。\n云溪市民政局';
  expect(await said(text)).toMatchObject({ form: 'F10', tasks: ['T03'] });
});

test('a judgement is a case file: no task, not to be laid open unasked', async () => {
  const answer = await said(
    '云溪市中级人民法院\n民事判决书\n（2020）云01民初8号\n原告甲公司与被告乙公司合同纠纷一案，本院公开开庭进行了审理。现已审理终结。\n本院认为，原告的请求有事实依据。判决如下：驳回其他请求。',
  );
  expect(answer).toMatchObject({ form: 'F99', tasks: [] });
  expect(answer.category?.code).toBe('P99');
  expect(answer.attribute.recommended).toBe('A2');
});

test('a part of a policy without its title is F01, and only the closed list gives it a task', async () => {
  const answer = await said(
    '（三）加强组织领导。各地区要把思想和行动统一到决策部署上来，健全工作机制，压实各方责任，确保各项任务落到实处。',
  );
  expect(answer).toMatchObject({ form: 'F01', tasks: [] });
});

test('a term of validity after the day it takes effect makes a normative document', async () => {
  const answer = await said(
    '云溪市支持茶产业发展若干政策措施\n为加快茶产业发展，促进农民增收，制定如下措施。\n一、支持标准化茶园建设。对新建茶园的经营主体给予支持，签订合同后拨付。\n二、支持品牌建设。对获得认证证书的经营主体给予支持。\n三、附则。本措施自印发之日起施行，有效期至2024年12月31日。',
  );
  expect(answer.tasks).toEqual(['T12', 'T23']);
});

test('a category far ahead of the next is surer than one hardly ahead, and none is sure', async () => {
  const scoreOf = async (text: string) => (await said(text)).category;
  const clear = await scoreOf(
    '中华人民共和国港口管理条例\n1999年3月10日 国务院令第998号公布\n第一条 为了加强港口管理，制定本条例。',
  );
  const close = await scoreOf('云溪市人民政府办公厅关于加强林场管护的意见');
  expect(clear).toMatchObject({ code: 'C01', calibrated: true });
  expect(close?.calibrated).toBe(true);
  expect(clear?.score ?? 0).toBeGreaterThan((close?.score ?? 1) + 0.05);
  expect(clear?.score ?? 1).toBeLessThan(0.99);
});

test('a page title that goes on with the names of its site and menu is still read as the notice it is', async () => {
  const answer = await said(
    '关于贯彻落实云溪省职工生育保险规定有关事项的通知 - 政务公开 - 云溪市社会保障局\n政府信息公开指南\n组织机构\n机构职能\n政策文件\n政府信息公开工作年度报告\n各镇人民政府：\n为贯彻落实生育保险规定，结合本市实际，现就有关事项通知如下。\n一、参保范围。本市所有用人单位的职工。\n二、缴费标准。缴费比例为百分之一。',
  );
  expect(answer).toMatchObject({ form: 'F01', tasks: ['T12'] });
});

test('a local rule that rests on a decree of the State Council is not one itself', async () => {
  const answer = await said(
    '云溪市居住证管理实施办法\n第一条 为提高人口服务管理水平，根据《居住证暂行条例》（国务院令第663号）、《云溪省流动人口办法》（省政府令第9号），制定本办法。\n第二条 本办法适用于本市行政区域。',
  );
  expect(answer.tasks).not.toContain('T21');
});

test('a decree of the State Council stays one where its text names the congress', async () => {
  const answer = await said(
    '云水资金审计监督暂行办法\n1995年7月19日 中华人民共和国国务院令第981号发布\n第一条 为了做好审计监督工作，根据《中华人民共和国审计法》，制定本办法。\n第二条 审计结果报全国人民代表大会常务委员会批准后，各省、自治区人民政府执行。',
  );
  expect(answer.tasks).toEqual(['T21']);
});

test('a menu of the site above the title is not read as the document', async () => {
  const answer = await said(
    '本站首页 | 机构职能 | 政策法规 | 征求意见 | 工作动态\n当前位置：首页 > 政策法规 > 规章\n云溪诊所管理实施细则\n（2004年5月6日云溪部令第12号发布）\n第一条 根据《诊所管理条例》制定本细则。\n第二条 诊所分为三类。',
  );
  expect(answer).toMatchObject({ form: 'F01', tasks: [] });
});

test('a decree that is only cited after a title in brackets makes no local rule of a notice', async () => {
  const answer = await said(
    '各区医疗保障局：\n为进一步完善医疗保险制度，解决参保人员待遇问题，现就有关问题通知如下：\n一、根据《云溪市基本医疗保险规定》（云溪市人民政府令2003年第14号），未参保的单位应当参保。\n二、中断缴费的可以补缴。',
  );
  expect(answer).toMatchObject({ form: 'F01', tasks: ['T12'] });
});

test('a rule approved by the State Council and issued by a ministry is an administrative regulation', async () => {
  const answer = await said(
    '常驻人员携带物品进口税收暂行规定\n1999年1月3日 经国务院批准\n1999年3月10日 云溪总署发布\n第一条 为了加强对外交流，制定本规定。\n第二条 常驻人员进口自用物品免税。',
  );
  expect(answer.tasks).toEqual(['T21']);
});

test('how long a permit is valid makes no normative document', async () => {
  const answer = await said(
    '云溪市流动人口居住登记工作规范\n第一条 为规范流动人口居住登记，制定本规范。\n第二条 居住证有效期为1年，有效期届满前到派出所签注。\n第三条 本规范由公安局解释。',
  );
  expect(answer.tasks).not.toContain('T23');
});

test.each([
  ['云溪省人民政府办公厅关于推进奶业持续健康发展的实施意见', 'F01', ['T12']],
  ['云溪省人民政府办公厅关于加强孤儿保障工作的意见', 'F01', ['T12']],
  ['云溪省人民政府办公厅关于实施公路安全生命防护工程的意见', 'F01', ['T12']],
  ['云溪省人民政府办公厅关于推进“证照分离”改革试点工作的实施意见', 'F01', ['T12']],
  ['云溪省委办公厅转发《关于开展法治宣传教育的第八个五年规划》', 'F01', ['T01']],
  ['云溪省人民政府关于对市县增值税定额返还的通知', 'F01', ['T01']],
  ['云溪省人民政府关于公布第四批云溪省非物质文化遗产代表性项目名单的通知', 'F09', ['T27']],
  ['云溪市人民代表大会常务委员会关于处理历史遗留违法建筑的决定', 'F01', []],
  ['关于上半年推进今年十件大事和十项工程情况的通报', 'F13', ['T02']],
  ['云溪市人民政府办公厅印发《市法治政府建设规划主要任务职责分工》的通知', 'F02', []],
  ['云溪市园林局关于下达2020年度虫害防治任务的通知', 'F02', []],
  ['云溪市居住证办理须知', 'F05', ['T14']],
])('titles from causes found on fresh samples: %s', async (title, form, tasks) => {
  expect(await said(title)).toMatchObject({ form, tasks });
});

test('a passage of a policy without its title is read by its opening', async () => {
  const answer = await said(
    '（十二）实施县域高中标准化建设工程。修订普通中小学校建设标准，改善高中学校办学条件，加大财政投入，明确时间表，确保如期完成建设任务。',
  );
  expect(answer).toMatchObject({ form: 'F01', tasks: ['T12'] });
});
