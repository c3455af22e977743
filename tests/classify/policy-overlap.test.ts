import { expect, it } from 'vitest';
import { donghu2021 } from '../../shared/catalogue/donghu-2021.ts';
import { defaultArtefact } from '../../shared/classify/artefact.ts';
import { classify } from '../../shared/classify/classify.ts';
import { flowOf } from '../../shared/classify/flow.ts';
import { policyOverlap } from '../../shared/classify/policy-overlap.ts';
import { shortCode } from '../../shared/domain/catalogue.ts';
import { documentOf } from '../evaluation/gold.ts';

const POLICY =
  '云溪街道助餐补贴办法\n第一条 为解决高龄老人吃饭难的问题，根据区养老服务条例制定本办法。\n第二条 适用对象为年满八十周岁的户籍老人，到社区食堂就餐每餐补贴五元。\n第三条 办理流程为本人向社区申请，社区三日内初审，街道五日内审核并公布名单。\n第四条 本办法的主要措施由社会事务办组织实施，例如食堂选点和资金结算。';

const ABSTRACT =
  '《云溪街道助餐补贴办法》政策解读\n一、制定背景和目的\n为解决高龄老人吃饭难的问题，根据区养老服务条例制定本办法。\n二、主要内容\n适用对象为年满八十周岁的户籍老人，到社区食堂就餐每餐补贴五元。\n办理流程为本人向社区申请，社区三日内初审，街道五日内审核并公布名单。\n本办法的主要措施由社会事务办组织实施，例如食堂选点和资金结算。';

const EXPLAINED = `${ABSTRACT}\n三、举个例子\n望江社区的陈奶奶今年八十二岁，中午在食堂吃一份十二元的套餐，刷卡时只付七元，一个月下来能省一百五十元。\n四、名词解释\n社区食堂是指由街道遴选、挂统一标牌的助餐点，目前有六家，周末也开门。`;

const answer = async (text: string, policyText?: string) => {
  const document = await documentOf(text);
  const said = classify(
    policyText === undefined ? document : { ...document, policyText },
    donghu2021,
    defaultArtefact,
  );
  return { flags: said.flags, tags: new Map(said.tasks.map((tag) => [shortCode(tag.code), tag])) };
};

it('an interpretation that only repeats its policy is no T17, however many catchwords it holds', async () => {
  const unmeasured = await answer(ABSTRACT);
  expect([...unmeasured.tags.keys()]).toContain('T17');
  const measured = await answer(ABSTRACT, POLICY);
  expect([...measured.tags.keys()]).not.toContain('T17');
  expect([...measured.tags.keys()]).toContain('T13');
  expect(measured.flags).toContain('W_ABSTRACT');
});

it('one that adds an example and explains a word stays T17, and shows where each element stands', async () => {
  const { tags, flags } = await answer(EXPLAINED, POLICY);
  const tag = tags.get('T17');
  const facts = (tag?.rules ?? []).filter(({ quote }) => quote !== null).map(({ id }) => id);
  expect(new Set(facts)).toEqual(
    new Set(['quality.ground', 'quality.aim', 'quality.acts', 'quality.more']),
  );
  expect(tag?.evidence.some(({ quote }) => /例子|名词/u.test(quote))).toBe(true);
  expect(flags).not.toContain('W_ABSTRACT');
});

it('the policy of another matter changes nothing', async () => {
  const other = '云溪街道河道保洁规程\n第一条 河道每日清捞两次，汛期加密。';
  expect([...(await answer(EXPLAINED, other)).tags.keys()]).toEqual([
    ...(await answer(EXPLAINED)).tags.keys(),
  ]);
});

it('what is counted is sentences, and punctuation and blanks do not hide a repetition', () => {
  const text = '到社区食堂就餐，每餐补贴五元，按月结算。\n周末的菜单由老人们自己投票来选。';
  const body = flowOf(text, { from: 0, to: text.length, cap: 1000 });
  expect(policyOverlap(body, '到 社区食堂 就餐每餐补贴五元按月结算').share).toBe(0.5);
  expect(policyOverlap(body, '').share).toBe(0);
});
