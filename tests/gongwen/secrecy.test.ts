import { expect, test } from 'vitest';
import { findSecrecyMark } from '../../shared/gongwen/secrecy.ts';
import { canonicalOf } from './canonical-of.ts';

const after = '\n甲湖街道办事处文件\n关于甲工作的通知\n各社区：\n为做好甲工作，现通知如下。';

test.each([
  [`机密★10年${after}`, '机密', '10年'],
  [`000012\n秘密★3年\n特急${after}`, '秘密', '3年'],
  [`000012    绝密★长期    特急${after}`, '绝密', '长期'],
  [`机 密 ★ 1 年${after}`, '机密', '1年'],
  [`机\n密${after}`, '机密', null],
  [`秘密${after}`, '秘密', null],
  [`（机密）${after}`, '机密', null],
  [`秘密  加急${after}`, '秘密', null],
  [`密级：秘密★五年${after}`, '秘密', '五年'],
  [`密级：机密${after}`, '机密', null],
  [`机密★${after}`, '机密', null],
  [`絕密★长期${after}`, '绝密', '长期'],
  [`机密★5年 关于甲工作的通知 各社区：为做好甲工作`, '机密', '5年'],
  [`关于甲工作的通知${'\n各社区要认真落实。'.repeat(400)}\n秘密★1年\n附件`, '秘密', '1年'],
])('%j is marked', (text, level, term) => {
  const mark = findSecrecyMark(canonicalOf(text));
  expect(mark?.value).toEqual({ level, term });
  expect(text.slice(mark?.quote.start, mark?.quote.end)).toBe(mark?.quote.quote);
});

test.each([
  `关于保守商业秘密的通知${after}`,
  `涉及国家秘密、商业秘密的，不予公开。${after}`,
  `关于加强工作秘密管理的通知${after}`,
  `国家秘密分为绝密、机密、秘密三级。${after}`,
  `应当在首页标注“机密★10年”字样。${after}`,
  `绝密级国家秘密是最重要的国家秘密${after}`,
  `密级：公开${after}`,
  `密级：非密${after}`,
  `为了保守国家\n秘密，维护国家安全，制定本规定。${after}`,
])('%j is not marked', (text) => {
  expect(findSecrecyMark(canonicalOf(text))).toBeNull();
});

test('the head of a later page counts, its body does not', () => {
  const first = '关于甲工作的通知\n'.repeat(200);
  const page = (text: string) => {
    const whole = `${first}${text}`;
    const pages = [
      { number: 1, state: 'read' as const, start: 0, end: first.length },
      { number: 2, state: 'read' as const, start: first.length, end: whole.length },
    ];
    return findSecrecyMark({ ...canonicalOf(whole), pages });
  };
  expect(page('机密\n附件2')?.value.level).toBe('机密');
  expect(page('附件2\n一、事项\n二、密级\n机密\n三、期限')).toBeNull();
});

test('a mark that stands only beside the text counts too, but not as sure', () => {
  const mark = findSecrecyMark(canonicalOf('关于甲工作的通知', { 密级: '秘密' }));
  expect(mark).toMatchObject({ sure: false, value: { level: '秘密' } });
  expect(findSecrecyMark(canonicalOf('关于甲工作的通知', { 密级: '公开' }))).toBeNull();
});
