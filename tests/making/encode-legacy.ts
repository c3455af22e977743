/** Writes text in the two-byte character sets of older offices, with the tables read off the decoder of the runtime. */
export type LegacyCharset = 'gb18030' | 'big5';

const tables = new Map<LegacyCharset, Map<string, readonly number[]>>();

const tableOf = (charset: LegacyCharset): Map<string, readonly number[]> => {
  const known = tables.get(charset);
  if (known !== undefined) return known;
  const decoder = new TextDecoder(charset);
  const table = new Map<string, readonly number[]>();
  for (let lead = 0x81; lead <= 0xfe; lead += 1)
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      const character = decoder.decode(Uint8Array.of(lead, trail));
      if (character.length === 1 && character !== '\ufffd' && !table.has(character))
        table.set(character, [lead, trail]);
    }
  tables.set(charset, table);
  return table;
};

export const encodeLegacy = (text: string, charset: LegacyCharset): Uint8Array => {
  const table = tableOf(charset);
  return Uint8Array.from(
    [...text].flatMap((character) => {
      const code = character.charCodeAt(0);
      const bytes = code < 0x80 ? [code] : table.get(character);
      if (bytes === undefined) throw new Error(`${character} is not in ${charset}`);
      return bytes;
    }),
  );
};

/** UTF-16 without a byte order mark. */
export const encodeUtf16 = (text: string, order: 'le' | 'be'): Uint8Array => {
  const bytes = new Uint8Array(Buffer.from(text, 'utf16le'));
  if (order === 'be') Buffer.from(bytes.buffer).swap16();
  return bytes;
};
