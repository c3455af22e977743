import { expect, test } from 'vitest';
import { faultNames, jsonLog } from '../shared/log.ts';

test('a fault is logged by the names of its errors, never by a message, which may quote a document', () => {
  const denied = Object.assign(new Error('key 民政科/张某某.docx'), { name: 'AccessDenied' });
  const fault = new Error('S3 GetObject failed', { cause: denied });
  expect(faultNames(fault)).toBe('Error < AccessDenied');
  expect(faultNames('张某某')).toBe('unknown');
});

test('causes that go round in a circle come to an end', () => {
  const fault = new Error('round');
  fault.cause = fault;
  expect(faultNames(fault).split(' < ')).toHaveLength(5);
});

test('a line of the log is one JSON object with time and code', () => {
  const lines: string[] = [];
  const log = jsonLog((line) => lines.push(line), { now: () => '2026-01-01T00:00:00.000Z' });
  log.write('RECORD_FAILED', { messageId: 'm\n1' });
  expect(lines).toEqual([
    '{"at":"2026-01-01T00:00:00.000Z","code":"RECORD_FAILED","messageId":"m\\n1"}\n',
  ]);
});
