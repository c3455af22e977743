import { expect, test } from 'vitest';
import { wordSegmenter } from '../../shared/text/words.ts';

const segmenter = wordSegmenter();

test('words of the field stay whole and a document number is one word in its standard form', async () => {
  expect(await segmenter.words('南云办[2021]8号 云溪街道惠民惠农补贴政策解读')).toEqual(
    expect.arrayContaining(['南云办〔2021〕8号', '惠民惠农', '政策解读', '补贴']),
  );
});

test('keywords are the telling words, most telling first, without names of people or long digits', async () => {
  const text =
    '高龄津贴发放公示：张伟明等126人，身份证号990101195001011237，高龄津贴标准，高龄津贴发放。联系人李建国，电话13900005678。';
  const found = await segmenter.keywords(text, 5);
  expect(found[0]).toBe('高龄津贴');
  expect(found.length).toBeLessThanOrEqual(5);
  expect(found.join(' ')).not.toMatch(/\d{6}|张伟明|李建国/u);
});

test('an empty phrase holds no word', async () => {
  expect(await segmenter.words(' 的，。1 ')).toEqual([]);
});
