import { expect, test } from 'vitest';
import { documentIdIn } from '../../../functions/read-scan/event.ts';

test('a message names one document', () => {
  const documentId = '0123456789abcdef0123456789abcdef';
  expect(documentIdIn(JSON.stringify({ documentId }))).toBe(documentId);
});

test.each(['', '{}', '[]', '{"documentId":"../x"}', '{"documentId":7}'])(
  'a message of %j is a fault',
  (body) => {
    expect(() => documentIdIn(body)).toThrow();
  },
);
