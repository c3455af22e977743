import { describe, expect, it } from 'vitest';
import { disclosureScheme } from '../../shared/catalogue/disclosure-scheme.ts';
import { donghu2021 } from '../../shared/catalogue/donghu-2021.ts';
import { defaultArtefact } from '../../shared/classify/artefact.ts';
import { classify } from '../../shared/classify/classify.ts';
import { clauseElements } from '../../shared/classify/disclosure-clause.ts';
import { flowOf, quoteFromFlow } from '../../shared/classify/flow.ts';
import { expectedSize } from '../../shared/classify/fuse.ts';
import { bindPacks } from '../../shared/classify/packs.ts';
import { catalogueSchema } from '../../shared/domain/catalogue.ts';
import { schemeSchema } from '../../shared/domain/scheme.ts';
import { documentOf } from '../evaluation/gold.ts';

describe('the data that ships', () => {
  it('holds the twenty tasks of the 2021 table under their own numbers, each told apart in words', () => {
    expect(catalogueSchema.parse(donghu2021).tasks.map((task) => task.number)).toEqual([
      1, 2, 3, 6, 7, 8, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 23, 25, 26, 27,
    ]);
    for (const task of donghu2021.tasks) {
      expect(task.scope.length).toBeGreaterThan(30);
      expect(task.typicalEvidence.length).toBeGreaterThan(1);
      expect(task.notThis.length).toBeGreaterThan(0);
    }
  });

  it('holds every code of the scheme with the article it rests on', () => {
    const { codes } = schemeSchema.parse(disclosureScheme);
    const count = (kind: string): number => codes.filter((code) => code.kind === kind).length;
    expect(['C', 'E', 'P', 'A', 'N', 'F'].map(count)).toEqual([15, 12, 14, 5, 10, 15]);
    expect(codes.find((code) => code.code === 'C07')?.basis).toContain('第二十条第（七）项');
    expect(codes.every((code) => code.basis !== '')).toBe(true);
  });

  it('ties each task of the 2021 table to a rule pack of its own', () => {
    const packs = [...bindPacks(donghu2021).values()].map((pack) => pack.pack);
    expect(new Set(packs).size).toBe(20);
  });
});

describe('a flow', () => {
  it('drops blanks and joins a broken date, and still leads back to the words', () => {
    const text = '关于\n2001\n年\n3\n月 停水的 通知';
    const flow = flowOf(text, { from: 0, to: text.length, cap: 100 });
    expect(flow.chars).toBe('关于2001年3月停水的通知');
    const start = flow.chars.indexOf('停水');
    expect(quoteFromFlow(text, flow, { start, end: start + 5 })?.quote).toBe('停水的 通知');
  });

  it('keeps lines apart that end a sentence', () => {
    const text = '第一段到此为止。\n第二段。';
    expect(flowOf(text, { from: 0, to: text.length, cap: 100 }).chars).toBe(text);
  });
});

describe('a disclosure clause', () => {
  it('names content, channel, term and responsible body', () => {
    expect(
      clauseElements('评审结果由街道财政所在公示栏和区政府网站公示，公示期不少于5个工作日'),
    ).toEqual(['content', 'channel', 'term', 'body']);
    expect(clauseElements('加强宣传')).toEqual([]);
  });

  it('shows on the tag which element stands where', async () => {
    const text =
      '云溪街道居家助浴补助办法\n第一条 为方便高龄老人洗浴，制定本办法。\n第二条 补助人员的姓名和金额应当每月在社区公示栏公示不少于5个工作日。';
    const said = classify(await documentOf(text), donghu2021, defaultArtefact);
    const tag = said.tasks.find(({ code }) => code.endsWith(':T02'));
    const words = new Map(tag?.rules.map(({ id, quote }) => [id, quote?.quote]));
    expect(words.get('clause.content')).toBe('人员');
    expect(words.get('clause.channel')).toBe('公示栏');
    expect(words.get('clause.term')).toBe('每月');
    expect(words.has('clause.body')).toBe(false);
    expect(tag?.evidence[0]?.quote).toContain('公示不少于5个工作日');
  });
});

describe('the size of the best set', () => {
  it('is none when everything is unlikely, and never more than four', () => {
    expect(expectedSize([0.1, 0.05])).toBe(0);
    expect(expectedSize([0.9, 0.1])).toBe(1);
    expect(expectedSize([0.9, 0.8, 0.1])).toBe(2);
    expect(expectedSize([0.9, 0.9, 0.9, 0.9, 0.9])).toBe(4);
  });
});
