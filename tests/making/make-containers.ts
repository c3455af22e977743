/** Containers made by hand for tests: a RAR archive of stored files, and an Outlook mail. */
import { crc32 } from 'node:zlib';
import { burn } from '@kenjiuno/msgreader/lib/Burner.js';

const le16 = (value: number): number[] => [value & 0xff, (value >> 8) & 0xff];
const le32 = (value: number): number[] => [...le16(value & 0xffff), ...le16(value >>> 16)];

/** RAR 4 header: its own checksum is the low half of the CRC of what follows it. */
const header = (rest: readonly number[]): number[] => [
  ...le16(crc32(Uint8Array.from(rest)) & 0xffff),
  ...rest,
];

const STORED = 0x30;

const storedFile = (name: string, content: Uint8Array, flags: number): number[] => {
  const raw = [...Buffer.from(name, 'latin1')];
  return [
    ...header([
      0x74,
      ...le16(0x8000 | flags),
      ...le16(32 + raw.length),
      ...le32(content.length),
      ...le32(content.length),
      2,
      ...le32(crc32(content)),
      ...le32(0x52e1_0000),
      29,
      STORED,
      ...le16(raw.length),
      ...le32(0x20),
      ...raw,
    ]),
    ...content,
  ];
};

/** Version 4, nothing compressed; names in ASCII. */
export const makeRar = (
  files: Readonly<Record<string, Uint8Array>>,
  options: { readonly locked?: boolean } = {},
): Uint8Array => {
  const signature = [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07, 0x00];
  const main = header([0x73, ...le16(0), ...le16(13), 0, 0, 0, 0, 0, 0]);
  const body = Object.entries(files).flatMap(([name, content]) =>
    storedFile(name, content, options.locked === true ? 0x04 : 0),
  );
  const end = header([0x7b, ...le16(0x4000), ...le16(7)]);
  return Uint8Array.from([...signature, ...main, ...body, ...end]);
};

const utf16 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'utf16le'));

interface MailMade {
  readonly subject: string;
  readonly body: string;
  readonly attachments: Readonly<Record<string, Uint8Array>>;
}

/** A .msg with subject, plain body and attachments, as an OLE file. */
export const makeMsg = ({ subject, body, attachments }: MailMade): Uint8Array => {
  const entries: Parameters<typeof burn>[0] = [
    { name: 'Root Entry', type: 5, children: [], length: 0 },
  ];
  const add = (parent: number, name: string, content: Uint8Array | null): number => {
    const at = entries.length;
    entries.push(
      content === null
        ? { name, type: 1, children: [], length: 0 }
        : { name, type: 2, length: content.length, binaryProvider: () => content },
    );
    entries[parent]?.children?.push(at);
    return at;
  };
  add(0, '__properties_version1.0', new Uint8Array(32));
  add(0, '__substg1.0_001A001F', utf16('IPM.Note'));
  add(0, '__substg1.0_0037001F', utf16(subject));
  add(0, '__substg1.0_1000001F', utf16(body));
  Object.entries(attachments).forEach(([name, content], at) => {
    const folder = add(0, `__attach_version1.0_#0000000${at}`, null);
    add(folder, '__properties_version1.0', new Uint8Array(8));
    add(folder, '__substg1.0_3707001F', utf16(name));
    add(folder, '__substg1.0_37010102', content);
  });
  return burn(entries);
};
