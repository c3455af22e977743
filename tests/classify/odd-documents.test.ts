import { describe, expect, it } from 'vitest';
import { donghu2021 } from '../../shared/catalogue/donghu-2021.ts';
import { defaultArtefact } from '../../shared/classify/artefact.ts';
import { classify, viewOf } from '../../shared/classify/classify.ts';
import { explain } from '../../shared/classify/explain.ts';
import { partsOf } from '../../shared/classify/parts.ts';
import { shortCode } from '../../shared/domain/catalogue.ts';
import { quoteHolds } from '../../shared/domain/text.ts';
import { documentOf } from '../evaluation/gold.ts';

const answer = async (text: string) => {
  const document = await documentOf(text);
  const said = classify(document, donghu2021, defaultArtefact);
  return { document, said, tasks: said.tasks.map(({ code }) => shortCode(code)) };
};

const FIRST =
  '云溪街道办事处关于对区人大第12号建议的答复\n云街函〔2021〕5号\n林小满代表：\n您提出的关于在前埔路增设过街天桥的建议收悉。现答复如下：我办已会同交警部门勘察现场，拟于年内增设信号灯，天桥方案纳入明年城建计划。感谢您对街道工作的关心和支持，欢迎继续监督。\n云溪街道办事处\n2021年5月6日\n';
const SECOND =
  '云溪街道办事处关于印发惠企纾困十条措施的通知\n云街〔2021〕18号\n各企业：\n为帮助辖区中小企业渡过难关，现将惠企纾困十条措施印发给你们。一、减免街道自有物业租金三个月。二、设立企业服务专员，一周内上门。三、对稳定就业岗位的企业给予奖励，按季度兑现到账。\n云溪街道办事处\n2021年6月2日\n';
const THIRD =
  '云溪街道办事处关于陈某某同志任职的通知\n云街干〔2021〕2号\n各社区：\n经研究，陈某某同志任云溪街道便民服务中心主任，试用期一年，试用期自本通知印发之日起计算；原任职务自然免除，相关工作请于十日内交接完毕，并报党政办备案。特此通知，请遵照执行。\n云溪街道办事处\n2021年7月1日\n';

describe('a file that holds several documents', () => {
  it('is cut at each title with its own number, and a part keeps its title', async () => {
    const text = FIRST + SECOND + THIRD;
    const { document } = await answer(text);
    const spans = partsOf(document.text);
    expect(spans).toHaveLength(3);
    const titles = spans.map((span) => viewOf(document, span).reading.zones.title.chars);
    expect(titles).toEqual([
      '云溪街道办事处关于对区人大第12号建议的答复',
      '云溪街道办事处关于印发惠企纾困十条措施的通知',
      '云溪街道办事处关于陈某某同志任职的通知',
    ]);
  });

  it('gets the union of what its parts get, each quoted from its part, and says how many they are', async () => {
    const { document, said, tasks } = await answer(FIRST + SECOND + THIRD);
    expect(new Set(tasks)).toEqual(new Set(['T03', 'T12']));
    expect(said.flags[0]).toBe('COLLECTION:3');
    const [first, second] = partsOf(document.text);
    for (const tag of said.tasks) {
      const span = shortCode(tag.code) === 'T03' ? first : second;
      for (const quote of tag.evidence) {
        expect(quoteHolds(document.text.text, quote)).toBe(true);
        expect(quote.start).toBeGreaterThanOrEqual(span?.start ?? Number.NaN);
        expect(quote.end).toBeLessThanOrEqual(span?.end ?? Number.NaN);
      }
    }
    const scores = said.tasks.map(({ score }) => score ?? 0);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
  });

  it('is explained by the part that a task comes from, with the very scores', async () => {
    const { document, said } = await answer(FIRST + SECOND + THIRD);
    const { tasks, flags } = explain(document, donghu2021, defaultArtefact);
    for (const task of tasks)
      expect(task.score.score).toBe(said.tasks.find(({ code }) => code === task.code)?.score);
    expect(flags[0]).toMatchObject({ code: 'COLLECTION:3', zh: expect.stringContaining('3 件') });
  });

  it('may be a collection by its own title, cut where titles stand before text and not in its list of contents', async () => {
    const body =
      '第一条 为规范管理，制定本办法。第二条 街道各部门按照职责分工做好相关工作，社区居委会予以配合。第三条 对违反本办法的单位和个人，由有关部门依法处理。第四条 各社区应当每月检查一次，发现问题及时整改，并将整改情况报街道办事处备案，接受居民监督。';
    const text = `云溪街道制度汇编\n目录\n云溪街道市容管理办法\n云溪街道助餐补贴发放办法\n云溪街道市容管理办法\n${body}\n云溪街道助餐补贴发放办法\n${body}第五条 助餐补贴按月发放给八十周岁以上老人。`;
    const { document, said } = await answer(text);
    expect(partsOf(document.text)).toHaveLength(2);
    expect(said.flags).toContain('COLLECTION:2');
    expect(said.tasks.map(({ code }) => shortCode(code))).toContain('T08');
  });

  it.each([
    ['one document', SECOND],
    [
      'a notice with what it issues',
      `云溪街道办事处关于印发市容管理办法的通知\n云街〔2021〕9号\n各社区：\n现将市容管理办法印发给你们，请认真贯彻执行，执行中的问题请及时报告街道城建办，以便汇总研究。\n云溪街道市容管理办法\n第一条 为加强市容管理，制定本办法。${'第二条 沿街单位负责门前清洁。'.repeat(12)}`,
    ],
    [
      'a list of numbers of abolished papers',
      `云溪街道办事处关于废止部分规范性文件的决定\n云街〔2021〕20号\n现决定废止下列文件：\n云街〔2009〕1号\n云街〔2010〕2号\n云街〔2011〕3号\n本决定自公布之日起施行。${'各社区应当停止执行上述文件。'.repeat(10)}`,
    ],
  ])('is not %s', async (_name, text) => {
    const { document, said } = await answer(text);
    expect(partsOf(document.text)).toEqual([]);
    expect(said.flags.some((flag) => flag.startsWith('COLLECTION'))).toBe(false);
  });
});

describe('what does not decide', () => {
  it('an annex under a notice of its own', async () => {
    const own = `关于开展节前安全检查的通知\n机关各部门、各社区：\n为确保节日安全，请各单位对照清单开展检查，并于9月28日前报送检查情况。${'检查要覆盖辖区全部在建工地、学校、商场和出租房屋。'.repeat(14)}`;
    const bare = await answer(own);
    const annexed = await answer(
      `${own}\n附件1\n老年人补贴发放明细\n姓名\t社区\t补贴金额\n陈某甲\t望江社区\t每人每月300元\n2020年度部门决算公开\n地方政府债务限额余额情况表`,
    );
    expect(annexed.tasks).toEqual(bare.tasks);
    expect(annexed.said.form.code).toBe('F02');
  });

  it('a sheet of numbers: no task, and a word to the reviewer where one rests on its title', async () => {
    const rows = Array.from({ length: 60 }, (_, at) => `${at}\t${at * 37}.5\t${at * 91}\t0.${at}`);
    const { tasks, document } = await answer(`年\t合计\t数\n${rows.join('\n')}`);
    expect(tasks).toEqual([]);
    expect(viewOf(document).facts.get('poorText')?.strength).toBe(1);
    const titled = await answer(`云溪街道办事处2020年度部门决算公开\n${rows.join('\n')}`);
    expect(titled.tasks).toEqual(['T06']);
    expect(titled.said.tasks[0]?.reasons).toContain('OOD');
  });

  it('letters that a scan was misread into', async () => {
    const { tasks, said } = await answer(
      '.-* ~.~~~&*~~fi~,~*~~\n%X~~L, *.«~OOA~.ff*ftt*~~~\n~~IkR~%-:r.1f~t~~\n(2007) 215 -~ ), «9:1}\nA~.ff, OO*~~*¥~~*f#*~~~*M.\n'.repeat(
        8,
      ),
    );
    expect(tasks).toEqual([]);
    expect(said.form.code).toBe('F99');
  });

  it('lines broken in the middle of a title or of a date', async () => {
    const broken = await answer(
      '云溪街道办事处\n关于公布最低生\n活保障审核确认\n名单的公示\n经审核，下列家庭符合低保条件，现予公示，公示期为2021\n年\n6\n月\n1\n日至\n7\n日，如有异议请提出。',
    );
    const whole = await answer(
      '云溪街道办事处关于公布最低生活保障审核确认名单的公示\n经审核，下列家庭符合低保条件，现予公示，公示期为2021年6月1日至7日，如有异议请提出。',
    );
    expect(broken.tasks).toEqual(whole.tasks);
    expect(broken.tasks).toEqual(['T27']);
  });
});

it('a forwarding notice is judged by what it forwards, though its own title does not name it', async () => {
  const { tasks, said } = await answer(
    '云溪街道办事处转发区政府办公室文件的通知\n各社区：\n现将《南屿区人民政府办公室关于支持中小企业纾困发展若干措施的通知》转发给你们，请认真贯彻执行。',
  );
  expect(said.flags).toContain('W_FORWARD');
  expect(tasks).toEqual(['T12']);
});
