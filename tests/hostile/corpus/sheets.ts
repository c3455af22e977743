/** Lists and workbooks that state more cells, strings and styles than anybody wrote. */
import { rawXlsx, xmlRow } from '../../making/raw-xlsx.ts';
import { entriesOf, flood, type HostileEntry, noiseOf, utf8 } from './entry.ts';

const words = xmlRow(1, ['关于公开有关事项的通知', '牵头单位']);

const sheet = (rows: string, more: { before?: string; after?: string } = {}): Uint8Array =>
  rawXlsx({ sheets: [{ name: '表', rows, ...more }] });

export const SHEETS: readonly HostileEntry[] = [
  ...entriesOf('csv', {
    'one line of 50 MB': {
      attacks: 'a line held as a whole',
      make: () => utf8('a'.repeat(50 * 2 ** 20 - 10)),
      ends: ['TEXT_TOO_LONG', 'STRUCTURE_LIMIT', 'TOO_LARGE'],
    },
    'a million columns': {
      attacks: 'tables by their widest row',
      make: () => utf8(`${'a,'.repeat(1_000_000)}\n`.repeat(3)),
      ends: ['text', 'TEXT_TOO_LONG', 'STRUCTURE_LIMIT'],
    },
    'a million lines before the first comma': {
      attacks: 'a search for the next comma from every line',
      make: () => utf8(`${'a\n'.repeat(1_000_000)}a,b\n`),
      ends: ['text', 'TEXT_TOO_LONG', 'STRUCTURE_LIMIT'],
    },
    'a head of two columns, then 2 million lines without a comma': {
      attacks: 'a search for the next comma from every line',
      make: () => utf8(`${'序号,名称\n'.repeat(100)}${'a\n'.repeat(2_000_000)}x,y\n`),
      ends: ['text', 'TEXT_TOO_LONG', 'STRUCTURE_LIMIT'],
    },
    'a quote that never ends, a million times': {
      attacks: 'a search for the end of every quote',
      make: () => utf8(`a,b\n${'"a,b\n'.repeat(1_000_001)}`),
      ends: ['text', 'TEXT_TOO_LONG', 'STRUCTURE_LIMIT'],
    },
    'a million quoted fields on one line': {
      attacks: 'a search for the end of the line from every field',
      make: () => utf8(`a,b\n${'"",'.repeat(1_000_000)}c\n`),
      ends: ['text', 'TEXT_TOO_LONG', 'STRUCTURE_LIMIT'],
    },
    'ten million quotes': {
      attacks: 'a search for the end of every quote',
      make: () => utf8(`a,b\n"${'"'.repeat(10_000_000)},c\n`),
      ends: ['text', 'TEXT_TOO_LONG', 'STRUCTURE_LIMIT', 'NO_TEXT'],
    },
    'rows of every width up to 3,000': {
      attacks: 'tables by their widest row',
      make: () => utf8(flood(3_000, (at) => `${'a,'.repeat(at)}b\n`)),
      ends: ['text', 'TEXT_TOO_LONG', 'STRUCTURE_LIMIT'],
    },
    'nothing but separators': {
      attacks: 'cells without content',
      make: () => utf8(`a,b\n${`${','.repeat(1_000)}\n`.repeat(20_000)}`),
      ends: ['text', 'STRUCTURE_LIMIT', 'TEXT_TOO_LONG'],
    },
    'formulas in every cell': {
      attacks: 'whoever opens what is exported',
      make: () => utf8('序号,名称\n1,"=cmd|\'/C calc\'!A0"\n2,@SUM(1)\n3,+1+1\n4,-1+1\n5,＝1＋1\n'),
      ends: ['text'],
    },
    zeroes: {
      attacks: 'the choice of a charset',
      make: () => new Uint8Array(1_000_000),
      ends: ['UNKNOWN_FORMAT', 'UNKNOWN_CHARSET', 'NO_TEXT', 'DAMAGED'],
    },
  }),
  ...entriesOf('xlsx', {
    'a cell in the last corner': {
      attacks: 'tables by their stated size (A1:XFD1048576)',
      make: () =>
        sheet(
          `${words}<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>末</t></is></c></row>`,
          { before: '<dimension ref="A1:XFD1048576"/>' },
        ),
      ends: ['text'],
    },
    'cells far outside': {
      attacks: 'addresses nobody checks',
      make: () =>
        sheet(
          `${words}<row r="99999999999"><c r="ZZZZZZZZ99999999999"><v>1</v></c></row><row r="-5"><c r="A-5"><v>1</v></c></row><row r="0"><c r="0"><v>1</v></c></row>`,
        ),
      ends: ['text', 'DAMAGED', 'STRUCTURE_LIMIT'],
    },
    'everything merged': {
      attacks: 'cells covered one by one',
      make: () =>
        sheet(words, {
          after: `<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>`,
        }),
      ends: ['text', 'STRUCTURE_LIMIT'],
    },
    '100,000 merges over everything': {
      attacks: 'cells covered one by one, again and again',
      make: () =>
        sheet(words, {
          after: `<mergeCells>${flood(100_000, (at) => `<mergeCell ref="A${at + 1}:XFD1048576"/>`)}</mergeCells>`,
        }),
      ends: ['text', 'STRUCTURE_LIMIT', 'ARCHIVE_LIMIT'],
    },
    'a million strings that no cell uses': {
      attacks: 'strings kept for nobody',
      make: (random) =>
        rawXlsx({
          sheets: [{ name: '表', rows: words }],
          shared: flood(1_000_000, () => `<si><t>${noiseOf(random)}</t></si>`),
        }),
      ends: ['text', 'STRUCTURE_LIMIT', 'ARCHIVE_LIMIT'],
    },
    'a string of a megabyte in 100,000 cells': {
      attacks: 'text that grows by a megabyte a cell',
      make: (random) =>
        rawXlsx({
          sheets: [
            {
              name: '表',
              rows: flood(
                100_000,
                (at) => `<row r="${at + 1}"><c r="A${at + 1}" t="s"><v>0</v></c></row>`,
              ),
            },
          ],
          shared: `<si><t>${flood(150_000, () => noiseOf(random))}</t></si>`,
        }),
      ends: ['TEXT_TOO_LONG', 'STRUCTURE_LIMIT'],
    },
    'strings that are not there': {
      attacks: 'numbers of strings nobody checks',
      make: () =>
        sheet(
          `${words}<row r="2"><c r="A2" t="s"><v>99999999999</v></c><c r="B2" t="s"><v>-1</v></c><c r="C2" t="s"><v>a</v></c></row>`,
        ),
      ends: ['text', 'DAMAGED'],
    },
    'shared formulas that refer to each other': {
      attacks: 'formulas worked out',
      make: () =>
        sheet(
          `${words}<row r="2"><c r="A2"><f t="shared" si="0" ref="A2:XFD1048576">B2</f><v>1</v></c><c r="B2"><f t="shared" si="0">A2</f><v>2</v></c></row>`,
        ),
      ends: ['text'],
    },
    '100,000 styles': {
      attacks: 'styles looked up one by one',
      make: (random) =>
        rawXlsx({
          sheets: [
            {
              name: '表',
              rows: flood(
                20_000,
                (at) =>
                  `<row r="${at + 1}"><c r="A${at + 1}" s="${99_999 - at}"><v>${at}</v></c></row>`,
              ),
            },
          ],
          styles: `<numFmts>${flood(100_000, (at) => `<numFmt numFmtId="${200 + at}" formatCode="0.${noiseOf(random)}"/>`)}</numFmts><cellXfs>${flood(100_000, (at) => `<xf numFmtId="${200 + at}"/>`)}</cellXfs>`,
        }),
      ends: ['text', 'STRUCTURE_LIMIT', 'ARCHIVE_LIMIT'],
    },
    'a number format of a megabyte': {
      attacks: 'formats worked through cell by cell',
      make: () =>
        rawXlsx({
          sheets: [
            {
              name: '表',
              rows: flood(
                5_000,
                (at) => `<row r="${at + 1}"><c r="A${at + 1}" s="0"><v>${at}</v></c></row>`,
              ),
            },
          ],
          styles: `<numFmts><numFmt numFmtId="200" formatCode="${'[红]"'.repeat(100_000).replaceAll('"', '&quot;')}yyyy${'#,'.repeat(100_000)}"/></numFmts><cellXfs><xf numFmtId="200"/></cellXfs>`,
        }),
      ends: ['text', 'STRUCTURE_LIMIT', 'ARCHIVE_LIMIT'],
    },
    'numbers that are none': {
      attacks: 'figures and dates out of range',
      make: () =>
        rawXlsx({
          sheets: [
            {
              name: '表',
              rows: `${words}<row r="2">${['1e400', '-1e400', 'NaN', '1e308', '9'.repeat(5_000), '-99999999'].map((v, at) => `<c r="${'ABCDEF'[at]}2" s="0"><v>${v}</v></c>`).join('')}</row>`,
            },
          ],
          styles: '<numFmts/><cellXfs><xf numFmtId="14"/></cellXfs>',
        }),
      ends: ['text'],
    },
    'sheets by the ten thousand': {
      attacks: 'sheets that cost nothing to write',
      make: () =>
        rawXlsx({
          sheets: Array.from({ length: 10_000 }, (_, at) => ({ name: `s${at}`, rows: words })),
        }),
      ends: ['text', 'ARCHIVE_LIMIT', 'STRUCTURE_LIMIT'],
    },
    'parts that lead out of the package': {
      attacks: 'reads a file of this machine',
      make: () =>
        rawXlsx({
          sheets: [{ name: '表', rows: words }],
          files: {
            'xl/_rels/workbook.xml.rels':
              '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="../../../../etc/passwd"/></Relationships>',
          },
        }),
      ends: ['DAMAGED', 'NO_TEXT'],
    },
    'three million cells': {
      attacks: 'time and memory per cell',
      make: () =>
        sheet(
          flood(
            60_000,
            (at) =>
              `<row r="${at + 1}">${flood(50, (cell) => `<c><v>${(at * 7_919 + cell * 104_729) % 999_983}</v></c>`)}</row>`,
          ),
        ),
      ends: ['text', 'STRUCTURE_LIMIT', 'ARCHIVE_LIMIT'],
    },
  }),
];
