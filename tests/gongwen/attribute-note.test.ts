import { expect, test } from 'vitest';
import { findAttributeNote } from '../../shared/gongwen/attribute-note.ts';
import { canonicalOf } from './canonical-of.ts';

const noteOf = (text: string): string | null => {
  const { note } = findAttributeNote(canonicalOf(text));
  return note === null ? null : `${note.value}${note.sure ? '' : '?'}`;
};

test.each([
  ['2031年6月9日\n（此件主动公开）', 'A1'],
  ['2031年6月9日\n(此件公开发布)', 'A1'],
  ['（此 件 公 开 发 布）', 'A1'],
  ['（此件公开\n发布）', 'A1'],
  ['2031年6月9日（此件主动公开）', 'A1'],
  ['（此件依申请公开）', 'A2'],
  ['（此件不予公开）', 'A3'],
  ['（此件不公开）', 'A3'],
  ['（此件免予公开）', 'A3'],
  ['此件不宜公开', 'A3'],
  ['（此件删减后公开）', 'A1R'],
  ['信息公开选项：主动公开', 'A1'],
  ['信息公开选项：不予公开', 'A3'],
  ['公开方式：依申请公开', 'A2'],
  ['索引号：甲-1　公开形式：主动公开　发布机构：甲局', 'A1'],
  ['公开方式\t主动公开', 'A1'],
  ['公开方式：□主动公开 ☑依申请公开 □不予公开', 'A2'],
])('%j says %s', (text, expected) => {
  expect(noteOf(text)).toBe(expected);
});

test.each([
  '此件公开后，请各社区认真落实。',
  '凡标有（此件主动公开）字样的文件应当上网。',
  '对不予公开的信息要说明理由。',
  '公开方式：□主动公开 □依申请公开 □不予公开',
  '公开方式：主动公开、依申请公开',
  '主动公开是原则。',
])('%j is no note', (text) => {
  expect(noteOf(text)).toBeNull();
});

test('of contradicting notes the strictest is shown, as a candidate and with a flag', () => {
  const { note, flags } = findAttributeNote(
    canonicalOf('（此件主动公开）\n附件\n（此件不予公开）'),
  );
  expect(note).toMatchObject({ value: 'A3', sure: false });
  expect(flags).toEqual(['W_ATTR_NOTES_DIFFER']);
});

test('what only the metadata says is flagged, for it has no words to quote', () => {
  const { note, flags } = findAttributeNote(canonicalOf('正文', { 公开方式: '不予公开' }));
  expect(note).toBeNull();
  expect(flags).toEqual(['W_METADATA_ATTR_A3']);
});
