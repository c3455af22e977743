/** Wraps a compressed picture into a PDF of one page, so that pdfium decodes it, and only as large as it is needed. */

export interface WrappedPicture {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly dpi: number;
  /** Degrees with the clock by which the page is turned to stand upright. */
  readonly rotate: 0 | 90 | 180 | 270;
  /** Entries of the image dictionary beside its size: filter, colours, bits. */
  readonly dictionary: string;
  readonly content: Uint8Array;
}

const POINTS = 72;

/** ISO 32000-1, 7.5 and 8.9.5. */
export const picturePdf = (picture: WrappedPicture): Uint8Array => {
  const { width, height, dpi, rotate, dictionary, content } = picture;
  const [across, down] = [(width * POINTS) / dpi, (height * POINTS) / dpi].map((size) =>
    size.toFixed(3),
  );
  const draw = `q ${across} 0 0 ${down} 0 0 cm /P Do Q`;
  const encoder = new TextEncoder();
  const parts: Uint8Array[] = [];
  const offsets: number[] = [];
  let length = 0;
  const add = (part: string | Uint8Array): void => {
    const bytes = typeof part === 'string' ? encoder.encode(part) : part;
    parts.push(bytes);
    length += bytes.length;
  };
  const begin = (number: number): void => {
    offsets.push(length);
    add(`${number} 0 obj\n`);
  };
  add('%PDF-1.4\n');
  begin(1);
  add('<</Type/Catalog/Pages 2 0 R>>\nendobj\n');
  begin(2);
  add('<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n');
  begin(3);
  add(
    `<</Type/Page/Parent 2 0 R/MediaBox[0 0 ${across} ${down}]/Rotate ${rotate}/Resources<</XObject<</P 5 0 R>>>>/Contents 4 0 R>>\nendobj\n`,
  );
  begin(4);
  add(`<</Length ${draw.length}>>\nstream\n${draw}\nendstream\nendobj\n`);
  begin(5);
  add(
    `<</Type/XObject/Subtype/Image/Width ${width}/Height ${height}${dictionary}/Length ${content.length}>>\nstream\n`,
  );
  add(content);
  add('\nendstream\nendobj\n');
  const start = length;
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`);
  add(`xref\n0 6\n0000000000 65535 f \n${rows.join('')}`);
  add(`trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n${start}\n%%EOF\n`);
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};
