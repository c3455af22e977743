/** PDFs that are broken, locked or built to exhaust a reader. */
import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { assemblePdf, sharedResources, streamBody } from '../../fixtures/pdf-objects.ts';

const PAGE =
  '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 12 0 R /Resources << /Font << /F1 3 0 R >> /XObject << /X1 13 0 R /I1 9 0 R >> >> >>';

/** One page with `content`; `more` are objects from number 13 on. */
export const onePage = (
  content: string | Buffer,
  changes: {
    pages?: string;
    trailer?: string;
    more?: readonly (string | Buffer)[];
    shared?: readonly (string | Buffer)[];
  } = {},
): Uint8Array =>
  assemblePdf(
    [
      '<< /Type /Catalog /Pages 2 0 R >>',
      changes.pages ?? '<< /Type /Pages /Kids [11 0 R] /Count 1 >>',
      ...(changes.shared ?? sharedResources()),
      '<< >>',
      PAGE,
      typeof content === 'string' ? streamBody(content) : content,
      ...(changes.more ?? []),
    ],
    `/Root 1 0 R ${changes.trailer ?? ''}`,
  );

/** Shows 公开 at the top of the page. */
export const WORDS = 'BT /F1 16 Tf 1 0 0 1 80 700 Tm <516c5f00> Tj ET\n';

export const selfDrawingForm = (): Uint8Array =>
  onePage(`${WORDS}/X1 Do`, {
    more: [
      streamBody(
        `${WORDS}/X1 Do /X1 Do`,
        '/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> /XObject << /X1 13 0 R >> >>',
      ),
    ],
  });

export const pageTreeCycle = (): Uint8Array =>
  onePage(WORDS, { pages: '<< /Type /Pages /Kids [2 0 R] /Count 1 >>' });

export const noPages = (): Uint8Array =>
  onePage(WORDS, { pages: '<< /Type /Pages /Kids [] /Count 0 >>' });

export const countOfBillions = (): Uint8Array =>
  onePage(WORDS, { pages: '<< /Type /Pages /Kids [11 0 R] /Count 2000000000 >>' });

/** A tree whose branches are all the same: 10^9 pages in a few hundred bytes. */
export const repeatedBranches = (): Uint8Array => {
  const branch = (number: number, count: number): string =>
    `<< /Type /Pages /Kids [${`${number} 0 R `.repeat(10)}] /Count ${count} >>`;
  const levels = Array.from({ length: 8 }, (_, at) =>
    at === 7 ? branch(11, 10) : branch(14 + at, 10 ** (8 - at)),
  );
  return onePage(WORDS, { pages: branch(13, 10 ** 9), more: levels });
};

/** `bytes` blanks after the words, deflated. */
export const flateBomb = (bytes: number): Uint8Array => {
  const content = Buffer.alloc(bytes, ' ');
  content.write(WORDS, 'latin1');
  return onePage(streamBody(content, '', true));
};

/** Deflated twice, so that the outer length is small as well. */
export const nestedFlateBomb = (bytes: number): Uint8Array => {
  const packed = deflateSync(deflateSync(Buffer.alloc(bytes, ' ')));
  return onePage(streamBody(packed, '/Filter [/FlateDecode /FlateDecode]'));
};

export const runLengthBomb = (bytes: number): Uint8Array => {
  const packed = Buffer.alloc((bytes / 128) * 2, 0x20);
  for (let at = 0; at < packed.length; at += 2) packed[at] = 129;
  return onePage(streamBody(packed, '/Filter /RunLengthDecode'));
};

const PADDING = Buffer.from(
  '28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a',
  'hex',
);

const md5 = (...parts: readonly Buffer[]): Buffer =>
  createHash('md5').update(Buffer.concat(parts)).digest();

const literal = (bytes: Buffer): string => `<${bytes.toString('hex')}>`;

/** RC4 of one short key, the 40-bit handler of PDF 1.4; written out since OpenSSL no longer offers it. */
const rc4 = (key: Buffer, bytes: Buffer): Buffer => {
  const box = Array.from({ length: 256 }, (_, at) => at);
  let j = 0;
  const swap = (one: number, other: number): void => {
    [box[one], box[other]] = [box[other] ?? 0, box[one] ?? 0];
  };
  for (let at = 0; at < 256; at += 1) {
    j = (j + (box[at] ?? 0) + (key[at % key.length] ?? 0)) % 256;
    swap(at, j);
  }
  let i = 0;
  j = 0;
  return Buffer.from(
    Array.from(bytes, (byte) => {
      i = (i + 1) % 256;
      j = (j + (box[i] ?? 0)) % 256;
      swap(i, j);
      return byte ^ (box[((box[i] ?? 0) + (box[j] ?? 0)) % 256] ?? 0);
    }),
  );
};

/** A file that opens only with `password`, with none where it is empty: the standard handler, version 1, revision 2. */
export const lockedPdf = (password: string): Uint8Array => {
  const padded = Buffer.concat([Buffer.from(password, 'latin1'), PADDING]).subarray(0, 32);
  const owner = rc4(md5(padded).subarray(0, 5), padded);
  const permissions = Buffer.from([0xfc, 0xff, 0xff, 0xff]);
  const id = Buffer.alloc(16, 7);
  const key = md5(padded, owner, permissions, id).subarray(0, 5);
  const user = rc4(key, PADDING);
  const sealed = (number: number, text: string): Buffer =>
    rc4(md5(key, Buffer.from([number, 0, 0, 0, 0])).subarray(0, 10), Buffer.from(text, 'latin1'));
  const shared = sharedResources().map((body) =>
    typeof body === 'string' && body.includes('(GB1)')
      ? body
          .replace('(Adobe)', literal(sealed(4, 'Adobe')))
          .replace('(GB1)', literal(sealed(4, 'GB1')))
      : body,
  );
  return onePage(streamBody(sealed(12, WORDS)), {
    shared,
    more: [`<< /Filter /Standard /V 1 /R 2 /O ${literal(owner)} /U ${literal(user)} /P -4 >>`],
    trailer: `/Encrypt 13 0 R /ID [${literal(id)} ${literal(id)}]`,
  });
};
