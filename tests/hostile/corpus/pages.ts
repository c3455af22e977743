/** Pages, mails, rich text and OFD that nest, flood and lie. */
import { gzipSync, zipSync } from 'fflate';
import { bombOf } from '../../making/hostile-formats.ts';
import { ofdXml, rawOfd, textObject } from '../../making/raw-ofd.ts';
import { entriesOf, flood, type HostileEntry, latin, noiseOf, utf8 } from './entry.ts';

const WORDS = '<p>关于公开有关事项的通知</p>';
const ENDS = ['text', 'STRUCTURE_LIMIT', 'TEXT_TOO_LONG', 'TOO_LARGE'];

const page = (inside: string, head = '<meta charset="utf-8">'): Uint8Array =>
  utf8(`<!doctype html><html><head>${head}<title>题</title></head><body>${inside}`);

const HTML: readonly HostileEntry[] = entriesOf('html', {
  '200,000 divs in each other': {
    attacks: 'the stack',
    make: () => page('<div>'.repeat(200_000) + WORDS),
    ends: ENDS,
  },
  'a million divs beside each other': {
    attacks: 'memory per element',
    make: () => page(WORDS + '<div></div>'.repeat(1_000_000)),
    ends: ENDS,
  },
  'a million attributes': {
    attacks: 'attributes searched one by one',
    make: () => page(`<p${flood(1_000_000, (at) => ` a${at}`)}>x</p>${WORDS}`),
    ends: ENDS,
  },
  'an attribute of 15 MB': {
    attacks: 'strings that grow letter by letter',
    make: () => page(`<p title="${'a'.repeat(15_000_000)}">x</p>${WORDS}`),
    ends: ENDS,
  },
  'formatting that is opened again in every paragraph': {
    attacks: 'the list of open formatting',
    make: () => page(`${flood(3_000, (at) => `<b id=b${at}>`)}${'<p>x'.repeat(3_000)}${WORDS}`),
    ends: ENDS,
  },
  'links closed in the wrong order': {
    attacks: 'the adoption of elements',
    make: () => page('<a><b><i><div>'.repeat(20_000) + '</a></b></i>'.repeat(20_000) + WORDS),
    ends: ENDS,
  },
  'tables in tables, 20,000': {
    attacks: 'the foster parents of the parser',
    make: () => page('<table><tr><td>'.repeat(20_000) + WORDS),
    ends: ENDS,
  },
  'text among the rows of a table': {
    attacks: 'the foster parents of the parser',
    make: () => page(`<table>${'x<tr>'.repeat(100_000)}</table>${WORDS}`),
    ends: ENDS,
  },
  'a cell over 2^31 rows and columns': {
    attacks: 'cells covered one by one',
    make: () =>
      page(
        `<table>${'<tr><td rowspan=2147483647 colspan=2147483647>a</td></tr>'.repeat(1_000)}</table>${WORDS}`,
      ),
    ends: ENDS,
  },
  '65,534 rows over 1,000 columns': {
    attacks: 'cells covered one by one',
    make: () =>
      page(
        `<table>${'<tr><td rowspan=65534 colspan=1000>a</td></tr>'.repeat(3_000)}</table>${WORDS}`,
      ),
    ends: ENDS,
  },
  'a comment that never ends': {
    attacks: 'the end of the file',
    make: () => page(`${WORDS}<!--${'-'.repeat(5_000_000)}`),
    ends: ENDS,
  },
  'a million entities': {
    attacks: 'entities looked up one by one',
    make: () => page(WORDS + '&notanentity;&amp'.repeat(500_000)),
    ends: ENDS,
  },
  'characters that are none': {
    attacks: 'text with half characters',
    make: () => page(`<p>&#xD800;&#xDC00;&#0;&#x110000;&#xFFFF;</p>${WORDS}`),
    ends: ENDS,
  },
  'a charset that it lies about': {
    attacks: 'the choice of a charset',
    make: () =>
      page(
        WORDS,
        '<meta charset="gb2312"><meta charset="utf-7"><meta http-equiv="content-type" content="text/html; charset=shift_jis">',
      ),
    ends: ENDS,
  },
  'a charset by the ten thousand': {
    attacks: 'the search for a charset',
    make: () => page(WORDS, '<meta charset=x>'.repeat(10_000)),
    ends: [...ENDS, 'UNKNOWN_CHARSET'],
  },
  'UTF-7 that hides a script': {
    attacks: 'a reader that knows UTF-7',
    make: () => page(`${WORDS}+ADw-script+AD4-alert(1)+ADw-/script+AD4-`, '<meta charset="utf-7">'),
    ends: ENDS,
  },
  'a refresh to elsewhere, frames and a base': {
    attacks: 'asks a server of strangers',
    make: () =>
      page(
        `<iframe src="file:///etc/passwd"></iframe><object data="http://127.0.0.1:9/"></object><img src="file:///etc/passwd">${WORDS}`,
        '<meta charset="utf-8"><meta http-equiv="refresh" content="0;url=file:///etc/passwd"><base href="file:///"><link rel="stylesheet" href="http://127.0.0.1:9/x.css">',
      ),
    ends: ['text'],
  },
  'scripts and templates in each other': {
    attacks: 'what is not shown',
    make: () => page('<template><svg><script><![CDATA['.repeat(5_000) + WORDS),
    ends: [...ENDS, 'NO_TEXT'],
  },
});

const nestedMail = (levels: number): Uint8Array => {
  const open = flood(
    levels,
    (at) => `Content-Type: multipart/mixed; boundary=b${at}\r\n\r\n--b${at}\r\n`,
  );
  return latin(
    `From: a@example.org\r\nTo: b@example.org\r\nSubject: x\r\nMIME-Version: 1.0\r\n${open}Content-Type: text/plain\r\n\r\nwords\r\n`,
  );
};

const mail = (type: string, body: string): Uint8Array =>
  latin(
    `From: a@example.org\r\nTo: b@example.org\r\nDate: Mon, 1 Jan 2024 00:00:00 +0800\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: ${type}\r\n${body}`,
  );

const attached = (bytes: Uint8Array, name: string): Uint8Array =>
  mail(
    'multipart/mixed; boundary=b',
    `\r\n--b\r\nContent-Type: application/octet-stream; name="${name}"\r\nContent-Disposition: attachment; filename="${name}"\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(bytes).toString('base64').replace(/.{76}/gu, '$&\r\n')}\r\n--b--\r\n`,
  );

const MAIL_ENDS = ['opened', 'DAMAGED', 'NO_TEXT', 'ARCHIVE_LIMIT', 'text', 'TEXT_TOO_LONG'];
const INSIDE = ['text', 'opened', 'ARCHIVE_LIMIT', 'NO_TEXT', 'DAMAGED', 'UNKNOWN_FORMAT'];

const MAILS: readonly HostileEntry[] = entriesOf('eml', {
  '10,000 multiparts in each other': {
    attacks: 'the stack',
    make: () => nestedMail(10_000),
    ends: MAIL_ENDS,
    inside: INSIDE,
  },
  '200,000 parts': {
    attacks: 'attachments without number',
    make: () =>
      mail(
        'multipart/mixed; boundary=b',
        `\r\n${'--b\r\nContent-Disposition: attachment; filename=a\r\n\r\na\r\n'.repeat(200_000)}--b--\r\n`,
      ),
    ends: MAIL_ENDS,
    inside: INSIDE,
  },
  'a boundary on every line': {
    attacks: 'every line looked at as a boundary',
    make: () =>
      mail('multipart/mixed; boundary=b', `\r\n--b\r\n\r\n${'--bb\r\n'.repeat(1_000_000)}`),
    ends: MAIL_ENDS,
    inside: INSIDE,
  },
  'a boundary of a megabyte': {
    attacks: 'a boundary nobody measures',
    make: () => mail(`multipart/mixed; boundary=${'b'.repeat(1_000_000)}`, '\r\n--b\r\n\r\na\r\n'),
    ends: [...MAIL_ENDS, 'UNKNOWN_FORMAT'],
    inside: INSIDE,
  },
  'a head of 10 MB': {
    attacks: 'lines of the head',
    make: () => mail('text/plain', `${'X-A: b\r\n'.repeat(1_200_000)}\r\nwords`),
    ends: MAIL_ENDS,
    inside: INSIDE,
  },
  'a subject of encoded words': {
    attacks: 'words decoded one in another',
    make: () =>
      mail(
        'text/plain',
        `Subject: ${'=?utf-8?B?PT91dGYtOD9CP1lRPT0/PQ==?= '.repeat(20_000)}\r\n\r\nwords`,
      ),
    ends: MAIL_ENDS,
    inside: INSIDE,
  },
  'addresses by the 200,000': {
    attacks: 'lists of addresses in groups',
    make: () => mail('text/plain', `Cc: ${'a:b@example.org,(((((('.repeat(30_000)}\r\n\r\nwords`),
    ends: MAIL_ENDS,
    inside: INSIDE,
  },
  'a bomb attached': {
    attacks: 'memory, behind base 64',
    make: () => attached(bombOf('a.txt', {}, 300), 'a.zip'),
    ends: ['opened'],
    inside: ['ARCHIVE_LIMIT'],
  },
  'a packed bomb of the old kind attached': {
    attacks: 'memory, behind base 64 and gzip',
    make: () => attached(gzipSync(new Uint8Array(50 * 2 ** 20)), 'a.gz'),
    ends: ['opened'],
    inside: ['FORMAT_NOT_YET_READ', 'ARCHIVE_NOT_OPENED', 'UNKNOWN_FORMAT'],
  },
  'mails in mails, a thousand': {
    attacks: 'recursion of the opener',
    make: () =>
      mail(
        'message/rfc822',
        `\r\n${'Subject: x\r\nFrom: a@example.org\r\nContent-Type: message/rfc822\r\n\r\n'.repeat(1_000)}words`,
      ),
    ends: MAIL_ENDS,
    inside: INSIDE,
  },
  'names that lead out of the folder': {
    attacks: 'writing elsewhere',
    make: () => attached(utf8('附件正文'), '../../../../tmp/evil.txt'),
    ends: ['opened'],
    inside: ['text'],
  },
  'base 64 of nonsense': {
    attacks: 'the decoder',
    make: () =>
      mail('text/plain', `Content-Transfer-Encoding: base64\r\n\r\n${'====A*'.repeat(500_000)}`),
    ends: MAIL_ENDS,
    inside: INSIDE,
  },
  'quoted signs without end': {
    attacks: 'the decoder',
    make: () =>
      mail(
        'text/plain',
        `Content-Transfer-Encoding: quoted-printable\r\n\r\n${'=\r\n'.repeat(1_000_000)}`,
      ),
    ends: MAIL_ENDS,
    inside: INSIDE,
  },
  'a page of 200,000 divs as its text': {
    attacks: 'the reader of pages',
    make: () => mail('text/html', `\r\n${'<div>'.repeat(200_000)}words`),
    ends: [...MAIL_ENDS, 'STRUCTURE_LIMIT'],
    inside: INSIDE,
  },
});

const rtf = (inside: string): Uint8Array =>
  latin(`{\\rtf1\\ansi\\ansicpg936 {\\fonttbl{\\f0 Song;}}\\f0 words\\par ${inside}}`);
const RTF_ENDS = [...ENDS, 'DAMAGED', 'NO_TEXT'];

const RTFS: readonly HostileEntry[] = entriesOf('rtf', {
  'a million groups in each other': {
    attacks: 'the stack',
    make: () => rtf('{'.repeat(1_000_000)),
    ends: RTF_ENDS,
  },
  'a million groups beside each other': {
    attacks: 'states saved and put back',
    make: () => rtf('{\\b a}'.repeat(1_000_000)),
    ends: RTF_ENDS,
  },
  'binary of 2^31 bytes': {
    attacks: 'reading past the end',
    make: () => rtf('\\bin2147483647 abc'),
    ends: RTF_ENDS,
  },
  'binary of less than nothing': {
    attacks: 'a step backwards',
    make: () => rtf('\\bin-2147483648 abc\\par d'),
    ends: RTF_ENDS,
  },
  'a million characters by number': {
    attacks: 'text with half characters',
    make: () => rtf('\\u-10240?\\u56320?'.repeat(500_000)),
    ends: RTF_ENDS,
  },
  'half characters': {
    attacks: 'text with half characters',
    make: () => rtf('\\u55357?\\par\\u56832?\\par \\u-2?\\u0?'),
    ends: RTF_ENDS,
  },
  'each character skips 2^31': {
    attacks: 'a count of what to skip',
    make: () => rtf('\\uc2147483647 \\u20844?\\u24320? abc'),
    ends: RTF_ENDS,
  },
  'words of control without end': {
    attacks: 'a word held as a whole',
    make: () => rtf(`\\${'a'.repeat(5_000_000)}`),
    ends: RTF_ENDS,
  },
  'numbers without end': {
    attacks: 'a number held as a whole',
    make: () => rtf(`\\fs${'9'.repeat(5_000_000)} a`),
    ends: RTF_ENDS,
  },
  'rows of a million cells': {
    attacks: 'tables by their widest row',
    make: () =>
      rtf(
        `\\trowd${flood(200_000, (at) => `\\cellx${at}`)} ${'\\intbl a\\cell'.repeat(200_000)}\\row`,
      ),
    ends: RTF_ENDS,
  },
  'tables in tables, 20,000': {
    attacks: 'the stack',
    make: () => rtf(flood(20_000, (at) => `{\\itap${at}\\intbl a\\nestcell`)),
    ends: RTF_ENDS,
  },
  'fonts by the million': {
    attacks: 'fonts looked up one by one',
    make: () =>
      rtf(
        `{\\fonttbl${flood(300_000, (at) => `{\\f${at}\\fcharset134 a;}`)}}${flood(300_000, (at) => `\\f${at} `)}`,
      ),
    ends: RTF_ENDS,
  },
  'a page and an object of another kind': {
    attacks: 'asks a server of strangers',
    make: () =>
      rtf(
        '{\\field{\\*\\fldinst INCLUDETEXT "file:///etc/passwd"}{\\fldrslt x}}{\\object\\objautlink{\\*\\objdata 0105}}',
      ),
    ends: ['text'],
  },
});

const OFD_ENDS = [
  'text',
  'DAMAGED',
  'STRUCTURE_LIMIT',
  'NO_TEXT',
  'NO_PAGES',
  'GARBLED_TEXT',
  'NO_TEXT_LAYER',
  'TEXT_TOO_LONG',
  'TOO_MANY_PAGES',
];
const text = textObject('关于公开有关事项的通知', { x: 30, y: 50 });
const ofdText = (delta: string, more = ''): Uint8Array =>
  rawOfd({
    pages: [
      `<ofd:TextObject ID="1" Boundary="20 20 150 10" Font="1" Size="5" ${more}><ofd:TextCode X="0" Y="5" DeltaX="${delta}">关于公开有关事项的通知</ofd:TextCode></ofd:TextObject>`,
    ],
  });
const listing = (location: string): Uint8Array =>
  rawOfd({
    pages: [text],
    files: {
      'Doc_0/Document.xml': ofdXml(
        'Document',
        `<ofd:Pages><ofd:Page ID="1" BaseLoc="${location}"/></ofd:Pages>`,
      ),
    },
  });

const OFDS: readonly HostileEntry[] = entriesOf('ofd', {
  'a page outside of the package': {
    attacks: 'reads a file of this machine',
    make: () => listing('../../../../../../etc/passwd'),
    ends: OFD_ENDS.filter((end) => end !== 'text'),
  },
  'a page at an absolute place': {
    attacks: 'reads a file of this machine',
    make: () => listing('/etc/passwd'),
    ends: OFD_ENDS.filter((end) => end !== 'text'),
  },
  'a page by drive and by address': {
    attacks: 'reads a file of this machine',
    make: () => listing('file:///C:/Windows/win.ini'),
    ends: OFD_ENDS.filter((end) => end !== 'text'),
  },
  'a page that is its own document': {
    attacks: 'a ring of parts',
    make: () => listing('Document.xml'),
    ends: OFD_ENDS,
  },
  'a template that uses itself': {
    attacks: 'a ring of templates',
    make: () =>
      rawOfd({
        pages: [{ content: text, templates: [100] }],
        templates: [`${text}`],
        files: {
          'Doc_0/Tpls/Tpl_0.xml': ofdXml(
            'Page',
            `<ofd:Template TemplateID="100"/><ofd:Content><ofd:Layer>${text}</ofd:Layer></ofd:Content>`,
          ),
        },
      }),
    ends: ['text'],
  },
  'a thousand templates on each of 500 pages': {
    attacks: 'templates read again and again',
    make: () =>
      rawOfd({
        pages: Array.from({ length: 500 }, () => ({
          content: text,
          templates: Array.from({ length: 1_000 }, () => 100),
        })),
        templates: [text.repeat(50)],
      }),
    ends: OFD_ENDS,
  },
  'one page 100,000 times': {
    attacks: 'pages that cost nothing to write',
    make: () =>
      rawOfd({
        pages: [text],
        files: {
          'Doc_0/Document.xml': ofdXml(
            'Document',
            `<ofd:Pages>${'<ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/>'.repeat(100_000)}</ofd:Pages>`,
          ),
        },
      }),
    ends: OFD_ENDS,
  },
  'one document 10,000 times': {
    attacks: 'documents that cost nothing to write',
    make: () =>
      rawOfd({
        pages: [text],
        files: {
          'OFD.xml': ofdXml(
            'OFD',
            '<ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>'.repeat(
              10_000,
            ),
          ),
        },
      }),
    ends: OFD_ENDS,
  },
  'a run of a milliard of steps': {
    attacks: 'lists by a stated count (g 1000000000 1)',
    make: () => ofdText('g 1000000000 1'),
    ends: ['text', 'STRUCTURE_LIMIT'],
  },
  'runs without end and below nothing': {
    attacks: 'lists by a stated count',
    make: () => ofdText('g -5 1 g 1e99 1 g NaN 1 g g g 2147483647'),
    ends: OFD_ENDS,
  },
  'a hundred thousand runs of 10,000': {
    attacks: 'lists by a stated count',
    make: () => ofdText('g 10000 1 '.repeat(100_000)),
    ends: OFD_ENDS,
  },
  'places that are none': {
    attacks: 'geometry by stated numbers',
    make: () => ofdText('1e308 NaN Infinity', 'CTM="1e308 0 0 1e308 1e308 1e308" HScale="1e300"'),
    ends: OFD_ENDS,
  },
  'actions, annotations and attachments in a ring': {
    attacks: 'a ring of parts',
    make: () =>
      rawOfd({
        pages: [text],
        document:
          '<ofd:Annotations>Document.xml</ofd:Annotations><ofd:Attachments>Document.xml</ofd:Attachments><ofd:CustomTags>Document.xml</ofd:CustomTags>',
      }),
    ends: OFD_ENDS,
  },
  'parts outside of the package': {
    attacks: 'writing elsewhere',
    make: (random) =>
      rawOfd({ pages: [text], files: { '../../evil.xml': noiseOf(random), '/tmp/evil.xml': 'x' } }),
    ends: ['text'],
  },
});

export const PAGES: readonly HostileEntry[] = [
  ...HTML,
  ...MAILS,
  ...RTFS,
  ...OFDS,
  ...entriesOf('zip', {
    'a hundred pages of 200,000 divs': {
      attacks: 'files that each take their time',
      make: () =>
        zipSync(
          Object.fromEntries(
            Array.from({ length: 5 }, (_, at) => [
              `${at}.html`,
              page('<div>'.repeat(200_000) + WORDS),
            ]),
          ),
        ),
      ends: ['opened'],
      inside: ['STRUCTURE_LIMIT', 'text'],
    },
  }),
];
