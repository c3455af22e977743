import { expect, test } from 'vitest';
import { defaultArtefact } from '../../shared/classify/artefact.ts';
import { classify } from '../../shared/classify/classify.ts';
import { packsOf } from '../../shared/classify/tasks.ts';
import type { Catalogue } from '../../shared/domain/catalogue.ts';
import { recognise } from '../../shared/gongwen/recognise.ts';
import { extract } from '../../shared/text/extract.ts';
import { aNotice } from '../making/local-home.ts';

/** Tasks of an office whose wording no rule pack knows. */
const strange: Catalogue = {
  catalogueId: 'odd30',
  version: 1,
  title: '另一种任务表',
  issuer: '',
  documentNumber: null,
  year: 2030,
  tasks: [
    ['老年人生活帮扶', '高龄津贴 发放情况 发放对象 每人每月补贴标准 一卡通 直接发放到户 公示期'],
    ['水体巡护', '河道巡查 水质监测 排口整治 断面达标'],
    ['校舍修缮', '校园围墙 教学楼加固 操场翻新 竣工验收'],
  ].map(([title = '', scope = ''], at) => ({
    code: `odd30:T0${at + 1}`,
    number: at + 1,
    title,
    requirement: '',
    sectionPath: [],
    leadUnits: [],
    responsibleUnits: [],
    deadline: null,
    scope,
    typicalEvidence: [],
    notThis: [],
  })),
};

test('a task that no rule pack is bound to is proposed on its own words, though rules speak for other tasks', async () => {
  expect(packsOf(strange).size).toBe(0);
  const read = await extract(new TextEncoder().encode(aNotice()), 'a.txt');
  if (!read.ok) throw new Error(read.error.kind);
  const document = { text: read.value, elements: recognise(read.value) };
  const { tasks, candidates } = classify(document, strange, defaultArtefact);
  expect(candidates[0]?.code).toBe('odd30:T01');
  expect(tasks.map(({ code }) => code)).toEqual(['odd30:T01']);
  expect(tasks[0]?.reasons).toContain('UNTRAINED_LABEL');
});
