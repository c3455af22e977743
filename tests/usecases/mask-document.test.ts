import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quoteOf } from '../../shared/domain/text.ts';
import { maskedQuote, maskedQuotes, maskedText } from '../../shared/usecases/mask-document.ts';

const TEXT = '联系人王某，电话13800001234，住址略。';
const PHONE = { code: 'P_PHONE', start: 8, end: 19, masked: '138****1234' } as const;

test('a hit is hidden in place and every offset stays', () => {
  const masked = maskedText(TEXT, [PHONE]);
  expect(masked).toBe('联系人王某，电话138****1234，住址略。');
  expect(masked).toHaveLength(TEXT.length);
});

test('a quote that cuts through a hit shows no hidden digit', () => {
  expect(maskedQuote(quoteOf(TEXT, 0, 14), [PHONE]).quote).toBe('联系人王某，电话138***');
  expect(maskedQuote(quoteOf(TEXT, 13, 20), [PHONE]).quote).toBe('**1234，');
});

test('a value that was read from a quote is hidden with it', () => {
  const element = { value: '电话13800001234', sure: true, quote: quoteOf(TEXT, 6, 19) };
  expect(
    JSON.stringify(maskedQuotes({ title: element, others: [element] }, [PHONE])),
  ).not.toContain('00001');
});

test('whatever hits are given, no hidden character is left and the length is kept', () => {
  const hits = fc.array(fc.tuple(fc.nat(40), fc.integer({ min: 1, max: 12 })), { maxLength: 6 });
  fc.assert(
    fc.property(fc.string({ minLength: 20, maxLength: 60 }), hits, (text, spans) => {
      const found = spans
        .filter(([start, length]) => start + length <= text.length)
        .map(
          ([start, length]) =>
            ({ code: 'P_ID', start, end: start + length, masked: '*'.repeat(length) }) as const,
        );
      const masked = maskedText(text, found);
      expect(masked).toHaveLength(text.length);
      for (const { start, end } of found) expect(masked.slice(start, end)).toMatch(/^\*+$/u);
    }),
  );
});
