import { describe, expect, test } from 'vitest';
import { recognise } from '../../shared/gongwen/recognise.ts';
import { canonicalOf } from './canonical-of.ts';

const read = (...lines: string[]) => {
  const { date, issuer } = recognise(canonicalOf(lines.join('\n')));
  return {
    date: date === null ? null : `${date.value}${date.sure ? '' : '?'}`,
    issuer: issuer?.value ?? null,
  };
};

const head = ['东湖街道收费目录清单', '现将东湖街道2031年收费项目、依据和标准公布如下：'];

describe('the date of a paper', () => {
  test('is sure under a name with a bracket at its end', () => {
    expect(
      read(...head, '东湖街道经济发展办公室（财政所）', '2031年1月28日', '（此件主动公开）'),
    ).toEqual({
      date: '2031-01-28',
      issuer: '东湖街道经济发展办公室（财政所）',
    });
  });

  test('is sure under a name behind a label', () => {
    expect(read(...head, '制作：东湖街道社会事务办公室', '2031年3月12日')).toEqual({
      date: '2031-03-12',
      issuer: '东湖街道社会事务办公室',
    });
  });

  test('is sure right above the note on disclosure, without any signer', () => {
    const { date } = read(
      ...head,
      '列席：财政所、城建办',
      '2031年5月21日',
      '（此件主动公开）',
      '东湖街道办　2031年5月22日印发',
    );
    expect(date).toBe('2031-05-21');
  });

  test('stays a candidate where it stands alone and nothing says whose it is', () => {
    expect(read(...head, '列席：财政所、城建办', '2031年5月21日').date).toBe('2031-05-21?');
  });

  test('is the one below the body rather than the day of publishing', () => {
    const { date } = read('发布日期：2031-12-06', ...head, '市长 某某', '2031年11月12日');
    expect(date).toBe('2031-11-12?');
  });

  test('is the day of publishing, as a candidate, where nothing else is there', () => {
    expect(read('发布日期：2031-12-06', ...head).date).toBe('2031-12-06?');
  });
});

describe('the issuer', () => {
  test('is named in full by the signature where title or masthead shorten it', () => {
    expect(
      read(
        '东湖街道办事处关于规范招牌设置的通告',
        '现将有关事项通告如下：',
        '一、请各店铺遵守。',
        '甲市乙区人民政府东湖街道办事处',
        '2031年6月9日',
      ).issuer,
    ).toBe('甲市乙区人民政府东湖街道办事处');
  });

  test('is the body that field and signature agree on, whatever the title says', () => {
    expect(
      read(
        '发文机构：东湖街道党政综合办公室',
        '东湖街道办事处关于更新网站文本的说明',
        '现将有关情况说明如下：',
        '一、更新情况如下。',
        '东湖街道党政综合办公室',
        '2031年6月9日',
      ).issuer,
    ).toBe('东湖街道党政综合办公室');
  });

  test('stays the one of the title where another body signs', () => {
    expect(
      read(
        '东湖街道办事处关于规范招牌设置的通告',
        '现将有关事项通告如下：',
        '一、请各店铺遵守。',
        '东湖街道综合执法队',
        '2031年6月9日',
      ).issuer,
    ).toBe('东湖街道办事处');
  });
});
