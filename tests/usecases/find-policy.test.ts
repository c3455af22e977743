import { beforeAll, expect, test } from 'vitest';
import { explainDocument } from '../../shared/usecases/explain-document.ts';
import { citedWords, titleWords } from '../../shared/usecases/title-words.ts';
import { type LocalHome, localHome } from '../making/local-home.ts';

let local: LocalHome;

beforeAll(async () => {
  local = await localHome();
});

const RULES = [
  '第一条 在云溪街道登记的六十周岁以上居民可以到社区食堂就餐，街道按每餐五元给予补贴。',
  '第二条 补贴由社区食堂按月汇总，社会事务办核对后于次月十日前拨付到食堂账户。',
  '第三条 冒领补贴的，追回已经发放的金额，两年内不再受理申请。',
];

const policy = (): string =>
  [
    '云溪街道办事处关于印发《云溪街道社区食堂就餐补贴办法》的通知',
    '',
    '各社区居委会：',
    '现将《云溪街道社区食堂就餐补贴办法》印发给你们，请遵照执行。',
    ...RULES,
    '云溪街道办事处',
    '2021年6月1日',
  ].join('\n');

const interpretation = (): string =>
  ['《云溪街道社区食堂就餐补贴办法》政策解读', '', ...RULES, '2021年6月10日'].join('\n');

test('a title is found under itself and under what it hands on; an interpretation cites its policy', () => {
  expect(titleWords('云溪街道办事处关于印发《云溪街道社区食堂就餐补贴办法》的通知')).toEqual([
    '《云溪街道办事处关于印发云溪街道社区食堂就餐补贴办法的通知》',
    '《云溪街道社区食堂就餐补贴办法》',
  ]);
  expect(titleWords('《云溪街道社区食堂就餐补贴办法》政策解读')).toHaveLength(1);
  expect(citedWords('《云溪街道社区食堂就餐补贴办法》政策解读')).toEqual([
    '《云溪街道社区食堂就餐补贴办法》',
  ]);
  expect(citedWords('关于印发《云溪街道社区食堂就餐补贴办法》的通知')).toEqual([]);
  expect(titleWords('通知')).toEqual([]);
});

test('an interpretation whose policy is stored is measured against it, and its record and explanation say so', async () => {
  const lone = await local.send('先来的解读.txt', interpretation());
  expect(lone.policy).toBeNull();
  const stored = await local.send('办法.txt', policy());
  const read = await local.send('解读.txt', `${interpretation()}\n（第二次）`);
  expect(read.policy).toBe(stored.documentId);
  expect(read.tags.map(({ code }) => code)).not.toContain('dh2021:T17');
  const explained = await explainDocument(local.services, { documentId: read.documentId });
  expect(explained.ok && explained.value.differs).toEqual([]);
});

test('a policy that bears a secrecy mark is never measured against', async () => {
  const secret = policy()
    .replace('社区食堂就餐补贴办法', '应急物资调度办法')
    .replace('社区食堂就餐补贴办法', '应急物资调度办法');
  await local.send('密.txt', `机密★1年\n\n${secret}`);
  const read = await local.send(
    '密解读.txt',
    interpretation().replace('社区食堂就餐补贴办法', '应急物资调度办法'),
  );
  expect(read.policy).toBeNull();
});
