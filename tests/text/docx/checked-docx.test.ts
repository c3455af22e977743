import { strToU8, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { checkedDocx } from '../../../shared/text/docx/checked-docx.ts';

const W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const TYPES =
  '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>';
const RELATIONS =
  '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>';

const aDocx = (body: string): Uint8Array =>
  zipSync({
    '[Content_Types].xml': strToU8(TYPES),
    '_rels/.rels': strToU8(RELATIONS),
    'word/document.xml': strToU8(
      `<w:document xmlns:w="${W}"><w:body>${body}</w:body></w:document>`,
    ),
  });

const paragraph = (text: string, properties = ''): string =>
  `<w:p><w:r>${properties}<w:t>${text}</w:t></w:r></w:p>`;

test('two readers that agree leave no warning', async () => {
  const read = await checkedDocx(
    aDocx(paragraph('云溪街道办事处关于公布事项的通知') + paragraph('现将有关事项公布如下。')),
  );
  expect(read.ok && read.value.warnings).toEqual([]);
});

test('words that only one reader shows are told to the reviewer as a share, without the words', async () => {
  const hidden = paragraph('这一段在文档里被隐藏起来', '<w:rPr><w:vanish/></w:rPr>');
  const read = await checkedDocx(aDocx(paragraph('现将有关事项公布如下。') + hidden));
  const warning = read.ok
    ? read.value.warnings.find(({ code }) => code === 'W_READERS_DISAGREE')
    : undefined;
  expect(warning?.detail).toMatch(/^\d{1,2} %$/u);
});

test('a docx of more XML than a notice has is read, and not held against the second reader', async () => {
  const hidden = paragraph('这一段在文档里被隐藏起来', '<w:rPr><w:vanish/></w:rPr>');
  const padded = `<w:p w:rsidR="${'0'.repeat(500)}"><w:r><w:t>文</w:t></w:r></w:p>`;
  const codesWith = async (count: number): Promise<string[]> => {
    const read = await checkedDocx(aDocx(hidden + padded.repeat(count)));
    return read.ok ? read.value.warnings.map(({ code }) => code) : [read.error.kind];
  };
  expect(await codesWith(10)).toContain('W_READERS_DISAGREE');
  expect(await codesWith(1_400)).toEqual(['W_HIDDEN_TEXT']);
});
