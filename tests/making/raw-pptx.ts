/** Zips hand-written PresentationML into a pptx. */
import { strToU8, zipSync } from 'fflate';

const OFFICE = 'http://schemas.openxmlformats.org';
const NAMESPACES = [
  `xmlns:p="${OFFICE}/presentationml/2006/main"`,
  `xmlns:a="${OFFICE}/drawingml/2006/main"`,
  `xmlns:r="${OFFICE}/officeDocument/2006/relationships"`,
  `xmlns:mc="${OFFICE}/markup-compatibility/2006"`,
  `xmlns:c="${OFFICE}/drawingml/2006/chart"`,
].join(' ');
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';

export const pptXml = (root: string, inside: string, more = ''): string =>
  `${HEAD}<p:${root} ${NAMESPACES} ${more}>${inside}</p:${root}>`;

const tree = (shapes: string): string => `<p:cSld><p:spTree>${shapes}</p:spTree></p:cSld>`;

const links = (targets: readonly (readonly [string, string])[]): string =>
  `${HEAD}<Relationships xmlns="${OFFICE}/package/2006/relationships">${targets
    .map(
      ([type, target], at) =>
        `<Relationship Id="rId${at + 1}" Type="${OFFICE}/officeDocument/2006/relationships/${type}" Target="${target}"/>`,
    )
    .join('')}</Relationships>`;

export interface RawSlide {
  readonly shapes: string;
  readonly notes?: string;
  readonly hidden?: boolean;
}

export interface RawPptx {
  readonly slides: readonly (string | RawSlide)[];
  /** Shapes of the one layout. */
  readonly layout?: string;
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
}

const slideOf = (slide: string | RawSlide): RawSlide =>
  typeof slide === 'string' ? { shapes: slide } : slide;

const slideFiles = (slide: RawSlide, at: number): Record<string, string> => {
  const { shapes, notes, hidden = false } = slide;
  const name = `slide${at + 1}.xml`;
  const links1: (readonly [string, string])[] = [['slideLayout', '../slideLayouts/layout1.xml']];
  if (notes !== undefined) links1.push(['notesSlide', `../notesSlides/notes${at + 1}.xml`]);
  return {
    [`ppt/slides/${name}`]: pptXml('sld', tree(shapes), hidden ? 'show="0"' : ''),
    [`ppt/slides/_rels/${name}.rels`]: links(links1),
    ...(notes === undefined
      ? {}
      : { [`ppt/notesSlides/notes${at + 1}.xml`]: pptXml('notes', tree(notes)) }),
  };
};

export const rawPptx = ({ slides, layout = '', files = {} }: RawPptx): Uint8Array => {
  const ids = slides.map((_, at) => `<p:sldId id="${256 + at}" r:id="rId${at + 1}"/>`);
  const own: Record<string, string | Uint8Array> = {
    '[Content_Types].xml': `${HEAD}<Types xmlns="${OFFICE}/package/2006/content-types"/>`,
    '_rels/.rels': links([['officeDocument', 'ppt/presentation.xml']]),
    'ppt/presentation.xml': pptXml('presentation', `<p:sldIdLst>${ids.join('')}</p:sldIdLst>`),
    'ppt/_rels/presentation.xml.rels': links(
      slides.map((_, at) => ['slide', `slides/slide${at + 1}.xml`]),
    ),
    'ppt/slideLayouts/layout1.xml': pptXml('sldLayout', tree(layout)),
    ...Object.assign({}, ...slides.map((slide, at) => slideFiles(slideOf(slide), at))),
    ...files,
  };
  return zipSync(
    Object.fromEntries(
      Object.entries(own).map(([name, content]) => [
        name,
        typeof content === 'string' ? strToU8(content) : content,
      ]),
    ),
    { level: 6 },
  );
};

export interface ShapePlace {
  /** Left, top, width, height in units of 100,000 EMU. */
  readonly box?: readonly [number, number, number, number];
  /** Attributes of p:ph. */
  readonly placeholder?: string;
  /** Attributes of p:cNvPr. */
  readonly name?: string;
}

const transform = (box: ShapePlace['box'], prefix = 'a'): string => {
  if (box === undefined) return '';
  const [x, y, width, height] = box.map((number) => number * 100_000);
  return `<${prefix}:xfrm><a:off x="${x}" y="${y}"/><a:ext cx="${width}" cy="${height}"/></${prefix}:xfrm>`;
};

export const ap = (text: string, properties = ''): string =>
  `<a:p>${properties}<a:r><a:t>${text}</a:t></a:r></a:p>`;

export const sp = (text: string, { box, placeholder, name = '' }: ShapePlace = {}): string =>
  `<p:sp><p:nvSpPr><p:cNvPr id="2" name="x" ${name}/><p:nvPr>${placeholder === undefined ? '' : `<p:ph ${placeholder}/>`}</p:nvPr></p:nvSpPr><p:spPr>${transform(box)}</p:spPr><p:txBody><a:bodyPr/>${text.startsWith('<') ? text : ap(text)}</p:txBody></p:sp>`;

/** A group moved and scaled from its own space onto the slide. */
export const group = (
  box: readonly [number, number, number, number],
  inner: readonly [number, number, number, number],
  shapes: string,
): string => {
  const [x, y, width, height] = inner.map((number) => number * 100_000);
  const own = transform(box).replace(
    '</a:xfrm>',
    `<a:chOff x="${x}" y="${y}"/><a:chExt cx="${width}" cy="${height}"/></a:xfrm>`,
  );
  return `<p:grpSp><p:grpSpPr>${own}</p:grpSpPr>${shapes}</p:grpSp>`;
};

export const tc = (text: string, more = ''): string =>
  `<a:tc ${more}><a:txBody><a:bodyPr/>${ap(text)}</a:txBody></a:tc>`;

export const slideTable = (rows: readonly (readonly string[])[], box: ShapePlace['box']): string =>
  `<p:graphicFrame>${transform(box, 'p')}<a:graphic><a:graphicData><a:tbl><a:tblPr firstRow="1"/>${rows
    .map((cells) => `<a:tr>${cells.join('')}</a:tr>`)
    .join('')}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>`;

export const picture = (): string =>
  '<p:pic><p:nvPicPr><p:cNvPr id="3" name="x"/></p:nvPicPr><p:blipFill><a:blip r:embed="rId9"/></p:blipFill></p:pic>';
