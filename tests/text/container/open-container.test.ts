import fc from 'fast-check';
import { zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { safeMemberName } from '../../../shared/text/container/member-name.ts';
import { openContainer } from '../../../shared/text/container/open-container.ts';
import { makeMsg, makeRar } from '../../making/make-containers.ts';

const text = (words: string): Uint8Array => new TextEncoder().encode(words);

const opened = async (bytes: Uint8Array, depth = 0) => {
  const outcome = await openContainer(bytes, depth);
  if (!outcome.ok) throw new Error(`${outcome.error.kind} ${outcome.error.detail}`);
  return outcome.value;
};

const refused = async (bytes: Uint8Array, depth = 0): Promise<string> => {
  const outcome = await openContainer(bytes, depth);
  return outcome.ok ? 'opened' : outcome.error.kind;
};

test('a zip gives its files with their folders; what a system left beside them is passed over', async () => {
  const zip = zipSync({
    '材料/通知.txt': text('一、工作安排'),
    '材料/': new Uint8Array(),
    '__MACOSX/材料/._通知.txt': text('x'),
    'Thumbs.db': text('x'),
    '~$通知.docx': text('x'),
    '说明.txt': text('说明'),
  });
  const { members, left, body } = await opened(zip);
  expect(members.map(({ name }) => name)).toEqual(['材料/通知.txt', '说明.txt']);
  expect(new TextDecoder().decode(members[0]?.bytes)).toBe('一、工作安排');
  expect({ left, body }).toEqual({ left: [], body: null });
});

test('names that step out of the folder or carry a drive are kept inside', async () => {
  const zip = zipSync({ '../../etc/passwd.txt': text('a'), 'C:\\windows\\b.txt': text('b') });
  const { members } = await opened(zip);
  expect(members.map(({ name }) => name)).toEqual(['etc/passwd.txt', 'windows/b.txt']);
});

test('whatever a name holds, what is made of it is short, relative and without control characters', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 600 }), (raw) => {
      const name = safeMemberName(raw);
      expect(name.length).toBeGreaterThan(0);
      expect(name.length).toBeLessThanOrEqual(200);
      expect(name.isWellFormed()).toBe(true);
      expect(name.split('/').some((step) => ['', '.', '..'].includes(step))).toBe(false);
      expect(/[\u0000-\u001f\\]/u.test(name)).toBe(false);
    }),
  );
});

test('a zip that swells, one of too many files and one three levels down are refused', async () => {
  const bomb = zipSync({ 'a.txt': new Uint8Array(60 * 2 ** 20) }, { level: 9 });
  expect(await refused(bomb)).toBe('ARCHIVE_LIMIT');
  const many = zipSync(
    Object.fromEntries(Array.from({ length: 501 }, (_, at) => [`${at}.txt`, text('x')])),
  );
  expect(await refused(many)).toBe('ARCHIVE_LIMIT');
  expect(await refused(zipSync({ 'a.txt': text('x') }), 2)).toBe('ARCHIVE_LIMIT');
});

test('an empty zip, and one that breaks off, say so', async () => {
  expect(await refused(zipSync({ 'a/': new Uint8Array() }))).toBe('NO_TEXT');
  const whole = zipSync({ 'a.txt': text('一'.repeat(2000)), 'b.txt': text('二') });
  expect(await refused(whole.subarray(0, whole.length - 30))).not.toBe('opened');
});

test('a locked file in a zip is named and the others come out; where all are locked the zip is refused', async () => {
  const zip = zipSync({ 'a.txt': text('甲'), 'b.txt': text('乙') });
  const lock = (bytes: Uint8Array, names: readonly string[]): Uint8Array => {
    const copy = bytes.slice();
    for (let at = 0; at + 46 < copy.length; at += 1) {
      const isEntry = copy[at] === 0x50 && copy[at + 1] === 0x4b && copy[at + 2] === 1;
      const name = new TextDecoder('latin1').decode(copy.subarray(at + 46, at + 51));
      if (isEntry && names.includes(name)) copy[at + 8] = (copy[at + 8] ?? 0) | 1;
    }
    return copy;
  };
  const some = await opened(lock(zip, ['a.txt']));
  expect(some.members.map(({ name }) => name)).toEqual(['b.txt']);
  expect(some.left).toEqual([{ name: 'a.txt', why: 'ENCRYPTED' }]);
  expect(await refused(lock(zip, ['a.txt', 'b.txt']))).toBe('ENCRYPTED');
});

test('a RAR archive gives its files; a locked one is refused; a broken one is damaged', async () => {
  const rar = makeRar({ 'notice.txt': text('关于做好工作的通知'), 'b.txt': text('乙') });
  const { members, format } = await opened(rar);
  expect(format).toBe('rar');
  expect(members.map(({ name }) => name)).toEqual(['notice.txt', 'b.txt']);
  expect(new TextDecoder().decode(members[0]?.bytes)).toBe('关于做好工作的通知');
  expect(await refused(makeRar({ 'a.txt': text('a') }, { locked: true }))).toBe('ENCRYPTED');
  expect(await refused(rar.subarray(0, 40))).toBe('DAMAGED');
});

test('a 7-Zip archive is refused by its name', async () => {
  const sevenZip = Uint8Array.from([
    0x37,
    0x7a,
    0xbc,
    0xaf,
    0x27,
    0x1c,
    0,
    4,
    ...new Array(64).fill(0),
  ]);
  const outcome = await openContainer(sevenZip, 0);
  expect(!outcome.ok && outcome.error).toEqual({
    kind: 'ARCHIVE_NOT_OPENED',
    detail: '7-Zip (.7z)',
  });
});

const MAIL = [
  'From: office@example.cn',
  'To: open@example.cn',
  'Subject: =?utf-8?B?5YWz5LqO5oql6YCB5p2Q5paZ55qE6YCa55+l?=',
  'Date: Mon, 05 Jul 2021 09:00:00 +0800',
  'MIME-Version: 1.0',
  'Content-Type: multipart/mixed; boundary="b1"',
  '',
  '--b1',
  'Content-Type: text/plain; charset=utf-8',
  'Content-Transfer-Encoding: base64',
  '',
  Buffer.from('各社区：\n请于7月9日前报送材料。').toString('base64'),
  '--b1',
  'Content-Type: application/octet-stream',
  `Content-Disposition: attachment; filename*=UTF-8''${encodeURIComponent('附件1.txt')}`,
  'Content-Transfer-Encoding: base64',
  '',
  Buffer.from('附件内容').toString('base64'),
  '--b1',
  'Content-Type: image/png',
  'Content-Disposition: inline; filename="logo.png"',
  'Content-ID: <logo>',
  'Content-Transfer-Encoding: base64',
  '',
  'iVBORw0KGgo=',
  '--b1--',
  '',
].join('\r\n');

test('a mail is its subject and text, with its attachments as files; a logo in the text is none', async () => {
  const { body, members, format } = await opened(text(MAIL));
  expect(format).toBe('eml');
  expect(body?.text).toBe('关于报送材料的通知\n各社区：\n请于7月9日前报送材料。');
  expect(members.map(({ name, bytes }) => [name, new TextDecoder().decode(bytes)])).toEqual([
    ['附件1.txt', '附件内容'],
  ]);
});

test('an Outlook mail is read like any mail', async () => {
  const msg = makeMsg({
    subject: '关于报送材料的通知',
    body: '请于7月9日前报送。',
    attachments: { '附件1.txt': text('附件内容') },
  });
  const { body, members, format } = await opened(msg);
  expect(format).toBe('msg');
  expect(body?.text).toBe('关于报送材料的通知\n请于7月9日前报送。');
  expect(members.map(({ name }) => name)).toEqual(['附件1.txt']);
});

test('of 300 damaged copies each opens or is refused by name', async () => {
  const samples = [
    zipSync({ 'a.txt': text('甲'.repeat(300)), 'b/c.txt': text('乙') }),
    makeRar({ 'a.txt': text('甲'.repeat(300)) }),
    makeMsg({ subject: '通知', body: '正文', attachments: { 'a.txt': text('甲') } }),
    text(MAIL),
  ];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...samples),
      fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 8 }),
      fc.double({ min: 0.2, max: 1, noNaN: true }),
      async (sample, flips, keep) => {
        const copy = sample.slice(0, Math.max(8, Math.floor(sample.length * keep)));
        for (const [at, value] of flips) copy[at % copy.length] = value;
        const outcome = await openContainer(copy, 0);
        expect(typeof outcome.ok).toBe('boolean');
      },
    ),
    { numRuns: 300 },
  );
});
