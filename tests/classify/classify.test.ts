import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { donghu2021 } from '../../shared/catalogue/donghu-2021.ts';
import { defaultArtefact } from '../../shared/classify/artefact.ts';
import { classify, type DocumentToClassify } from '../../shared/classify/classify.ts';
import type { Catalogue } from '../../shared/domain/catalogue.ts';
import { shortCode } from '../../shared/domain/catalogue.ts';
import { type Classification, classificationSchema } from '../../shared/domain/classification.ts';
import { quoteHolds } from '../../shared/domain/text.ts';
import { recognise } from '../../shared/gongwen/recognise.ts';
import { canonicalBuilder } from '../../shared/text/canonical.ts';
import { SAMPLES } from './samples.ts';

const documentFrom = (raw: string): DocumentToClassify => {
  const builder = canonicalBuilder();
  for (const line of raw.split('\n')) builder.paragraph(line);
  const text = builder.build('txt');
  return { text, elements: recognise(text) };
};

const answer = (raw: string, catalogue: Catalogue = donghu2021): Classification =>
  classify(documentFrom(raw), catalogue, defaultArtefact);

const tasksOf = (said: Classification): readonly string[] =>
  said.tasks.map((tag) => shortCode(tag.code));

describe('the calibration cases of the guideline', () => {
  for (const sample of SAMPLES)
    it(`case ${sample.number}: ${sample.text.slice(0, 24)} is ${sample.form} with ${sample.tasks.join(' ') || 'no task'}`, () => {
      const said = answer(sample.text);
      expect(said.form.code).toBe(sample.form);
      expect(tasksOf(said)).toEqual(sample.tasks);
      expect(said.categories[0]?.code).toBe(sample.categories[0]);
    });
});

const quotesOf = (said: Classification) =>
  [...said.tasks, ...said.categories].flatMap((tag) => tag.evidence);

describe('what every tag promises', () => {
  it('carries at least one quote that stands in the text, of four characters or more', () => {
    for (const sample of SAMPLES) {
      const document = documentFrom(sample.text);
      const said = classify(document, donghu2021, defaultArtefact);
      for (const tag of [...said.tasks, ...said.categories])
        expect(tag.evidence.length).toBeGreaterThan(0);
      for (const quote of quotesOf(said)) {
        expect(quoteHolds(document.text.text, quote)).toBe(true);
        expect(quote.quote.replace(/\s/gu, '').length).toBeGreaterThanOrEqual(4);
      }
    }
  });

  it('is never set automatically, and says that its score is calibrated only where it is', () => {
    const said = answer(SAMPLES[4]?.text ?? '');
    expect(said.tasks.map((tag) => tag.band)).toEqual(['likely']);
    expect(said.tasks[0]?.calibrated).toBe(defaultArtefact.calibration.outOfFold);
    const unfitted = classify(documentFrom(SAMPLES[4]?.text ?? ''), donghu2021, {
      ...defaultArtefact,
      calibration: { slope: 1, offset: 0, outOfFold: false },
    });
    expect(unfitted.tasks[0]?.calibrated).toBe(false);
  });

  it('names the rule that fired with its words', () => {
    const said = answer(
      '南屿区人民政府关于废止一批行政规范性文件的决定\n现决定废止下列规范性文件。',
    );
    expect(said.tasks[0]?.rules.map((rule) => rule.id)).toContain('normative.about');
  });
});

describe('the same input', () => {
  it('gives the same answer twice and leaves its input alone', () => {
    for (const sample of SAMPLES.slice(0, 8)) {
      const document = documentFrom(sample.text);
      const before = JSON.stringify(document);
      const first = JSON.stringify(classify(document, donghu2021, defaultArtefact));
      expect(JSON.stringify(classify(document, donghu2021, defaultArtefact))).toBe(first);
      expect(JSON.stringify(document)).toBe(before);
    }
  });

  it('stamps the table and the artefact', () => {
    const said = answer('任意文本');
    expect(said.versions).toEqual({ catalogue: 'dh2021@1', model: defaultArtefact.id });
  });
});

describe('any text', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      '关于',
      '第一条',
      '公示',
      '\n',
      '。',
      '：',
      '\t',
      ' ',
      '国务院令第5号',
      '有效期至',
      '》',
      '《',
      '𠮷',
      '解读',
      '债务余额',
      '表彰',
    ),
    fc.string({ unit: 'binary', maxLength: 12 }),
  );

  it('gets an answer of the right shape whose quotes hold, and never throws', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const document = documentFrom(pieces.join(''));
        const said = classify(document, donghu2021, defaultArtefact);
        expect(classificationSchema.safeParse(said).success).toBe(true);
        expect(said.candidates).toHaveLength(donghu2021.tasks.length);
        for (const quote of quotesOf(said))
          expect(quoteHolds(document.text.text, quote)).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it('of five million characters is looked at in parts only', () => {
    const builder = canonicalBuilder();
    builder.paragraph('南屿区应急预案');
    builder.paragraph('为了防范风险'.repeat(800_000));
    const text = builder.build('txt');
    const elements = documentFrom('南屿区应急预案').elements;
    expect(classify({ text, elements }, donghu2021, defaultArtefact).form.code).toBe('F01');
  });
});

const nextYear: Catalogue = {
  ...donghu2021,
  catalogueId: 'yx2022',
  year: 2022,
  tasks: [
    ['yx2022:T01', '推进财政预算决算公开', '各部门所属单位预算、决算及报表要公开。'],
    ['yx2022:T02', '人大代表建议和政协提案办理结果公开', '建议提案办理复文原则上全文公开。'],
    ['yx2022:T03', '用好新闻发布会解读重要政策', '重要政策文件通过新闻发布会解读。'],
    [
      'yx2022:T04',
      '推进燃气安全信息公开',
      '公开瓶装液化气站检查、燃气管道更新改造、入户安检情况。',
    ],
  ].map(([code = '', title = '', requirement = ''], at) => ({
    code,
    number: at + 1,
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

describe('the table of another year', () => {
  it('gets the rules by what its tasks say, not by their numbers', () => {
    expect(tasksOf(answer(SAMPLES[5]?.text ?? '', nextYear))).toEqual(['T01']);
    expect(tasksOf(answer(SAMPLES[4]?.text ?? '', nextYear))).toEqual(['T02']);
    expect(tasksOf(answer(SAMPLES[19]?.text ?? '', nextYear))).toEqual(['T03']);
  });

  it('finds a task that no rule knows by its own words, marked as untrained', () => {
    const said = answer(
      '云溪街道2022年燃气安全检查情况\n街道组织检查瓶装液化气站六家，完成燃气管道更新改造三公里，入户安检两千户，检查情况现予公开。',
      nextYear,
    );
    expect(said.candidates[0]?.code).toBe('yx2022:T04');
  });
});

describe('flags for the reviewer', () => {
  it('tell where what a document declares differs from what is suggested', () => {
    const said = answer(
      '关于陈某某同志任职的通知\n经研究，陈某某同志任办公室主任。\n（此件主动公开）',
    );
    expect(said.attribute.declared).toBe('A1');
    expect(said.attribute.recommended).toBe('A3');
    expect(said.attribute.grounds).toEqual(['N16a']);
    expect(said.flags).toContain('W_ATTR');
  });

  it('ask for a reason where a document is kept back without one', () => {
    const said = answer(
      '云溪街道市容管理办法\n第一条 为加强市容管理，制定本办法。\n（此件依申请公开）',
    );
    expect(said.flags).toContain('W_NOREASON');
  });

  it('suggest to part a list that holds identity numbers', () => {
    const document = documentFrom(SAMPLES[7]?.text ?? '');
    const personal = [{ code: 'P_ID' as const, start: 0, end: 4, masked: '35**' }];
    const said = classify({ ...document, personal }, donghu2021, defaultArtefact);
    expect(said.attribute).toMatchObject({ recommended: 'A1R', grounds: ['N15b'] });
  });

  it('mark a forwarded document', () => {
    const said = answer(
      '云溪街道办事处转发区政府关于促进夜间消费若干措施的通知\n现将若干措施转发给你们。',
    );
    expect(said.flags).toContain('W_FORWARD');
  });
});
