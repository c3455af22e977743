import { beforeAll, expect, test } from 'vitest';
import { explainDocument } from '../../shared/usecases/explain-document.ts';
import { citedWords, titleWords } from '../../shared/usecases/title-words.ts';
import { anAbstract, aPolicy } from '../making/interpretation.ts';
import { type LocalHome, localHome } from '../making/local-home.ts';

let local: LocalHome;

beforeAll(async () => {
  local = await localHome();
});

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
  const lone = await local.send('先来的解读.txt', anAbstract());
  expect(lone.policy).toBeNull();
  expect(lone.tags.map(({ code }) => code)).toContain('dh2021:T17');
  const stored = await local.send('办法.txt', aPolicy());
  const read = await local.send('解读.txt', `${anAbstract()}\n（第二次）`);
  expect(read.policy).toBe(stored.documentId);
  expect(read.tags.map(({ code }) => code)).not.toContain('dh2021:T17');
  const explained = await explainDocument(local.services, { documentId: read.documentId });
  expect(explained.ok && explained.value.differs).toEqual([]);
});

test('a policy that bears a secrecy mark is never measured against', async () => {
  await local.send('密.txt', `机密★1年\n\n${aPolicy('应急物资调度办法')}`);
  const read = await local.send('密解读.txt', anAbstract('应急物资调度办法'));
  expect(read.policy).toBeNull();
});
