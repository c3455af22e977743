/** Zips hand-written SpreadsheetML into an xlsx, for what no spreadsheet library will write. */
import { strToU8, type Zippable, zipSync } from 'fflate';

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships';

export interface RawSheet {
  readonly name: string;
  readonly state?: 'hidden' | 'veryHidden';
  /** What stands inside sheetData. */
  readonly rows: string;
  readonly before?: string;
  /** After sheetData: mergeCells, headerFooter … */
  readonly after?: string;
  /** Text of a drawing on it. */
  readonly drawing?: string;
}

export interface RawWorkbook {
  readonly sheets: readonly RawSheet[];
  /** What stands inside sst. */
  readonly shared?: string;
  /** What stands inside styleSheet. */
  readonly styles?: string;
  readonly properties?: string;
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
}

export const sheetXml = ({ rows, before = '', after = '' }: RawSheet): string =>
  `${HEAD}<worksheet xmlns="${MAIN}" xmlns:r="${OFFICE}">${before}<sheetData>${rows}</sheetData>${after}</worksheet>`;

const workbookXml = ({ sheets, properties = '' }: RawWorkbook): string =>
  `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}">${properties}<sheets>${sheets
    .map(
      ({ name, state }, at) =>
        `<sheet name="${name}" sheetId="${at + 1}"${state === undefined ? '' : ` state="${state}"`} r:id="rId${at + 1}"/>`,
    )
    .join('')}</sheets></workbook>`;

const relationship = (id: string, type: string, target: string): string =>
  `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`;

const relationships = (inside: string): string =>
  `${HEAD}<Relationships xmlns="${PACKAGE}">${inside}</Relationships>`;

const drawingXml = (text: string): string =>
  `${HEAD}<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:sp><xdr:txBody><a:p><a:r><a:t>${text}</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:wsDr>`;

const sheetFiles = (sheet: RawSheet, at: number): [string, string][] => [
  [`xl/worksheets/sheet${at + 1}.xml`, sheetXml(sheet)],
  ...(sheet.drawing === undefined
    ? []
    : ([
        [
          `xl/worksheets/_rels/sheet${at + 1}.xml.rels`,
          relationships(relationship('rId1', 'drawing', `../drawings/drawing${at + 1}.xml`)),
        ],
        [`xl/drawings/drawing${at + 1}.xml`, drawingXml(sheet.drawing)],
      ] as [string, string][])),
];

const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

const contentTypes = (sheets: number): string => {
  const parts = [
    ['workbook', 'sheet.main'],
    ['styles', 'styles'],
    ['sharedStrings', 'sharedStrings'],
    ...Array.from({ length: sheets }, (_, at) => [`worksheets/sheet${at + 1}`, 'worksheet']),
  ];
  return `${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${parts
    .map(
      ([part, type]) => `<Override PartName="/xl/${part}.xml" ContentType="${TYPE}.${type}+xml"/>`,
    )
    .join('')}</Types>`;
};

/** The files of the package, before they are zipped. */
export const rawSheetFiles = (book: RawWorkbook): Zippable => {
  const { sheets, shared, styles, files = {} } = book;
  const own: Record<string, string | Uint8Array> = {
    '[Content_Types].xml': contentTypes(sheets.length),
    '_rels/.rels': relationships(relationship('rId1', 'officeDocument', 'xl/workbook.xml')),
    'xl/workbook.xml': workbookXml(book),
    'xl/_rels/workbook.xml.rels': relationships(
      [
        ...sheets.map((_, at) =>
          relationship(`rId${at + 1}`, 'worksheet', `worksheets/sheet${at + 1}.xml`),
        ),
        ...(shared === undefined
          ? []
          : [relationship('rIdS', 'sharedStrings', 'sharedStrings.xml')]),
        ...(styles === undefined ? [] : [relationship('rIdT', 'styles', 'styles.xml')]),
      ].join(''),
    ),
    ...Object.fromEntries(sheets.flatMap(sheetFiles)),
    ...(shared === undefined
      ? {}
      : { 'xl/sharedStrings.xml': `${HEAD}<sst xmlns="${MAIN}">${shared}</sst>` }),
    ...(styles === undefined
      ? {}
      : { 'xl/styles.xml': `${HEAD}<styleSheet xmlns="${MAIN}">${styles}</styleSheet>` }),
    ...files,
  };
  return Object.fromEntries(
    Object.entries(own).map(([name, content]) => [
      name,
      typeof content === 'string' ? strToU8(content) : content,
    ]),
  );
};

export const rawXlsx = (book: RawWorkbook): Uint8Array =>
  zipSync(rawSheetFiles(book), { level: 6 });

export const columnName = (column: number): string => {
  let [rest, name] = [column + 1, ''];
  while (rest > 0) {
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
    rest = Math.floor((rest - 1) / 26);
  }
  return name;
};

/** A row of inline strings and numbers; null leaves a cell out. `row` counts from 1. */
export const xmlRow = (
  row: number,
  cells: readonly (string | number | null)[],
  attributes = '',
): string =>
  `<row r="${row}" ${attributes}>${cells
    .map((cell, at) => {
      const place = `${columnName(at)}${row}`;
      if (cell === null) return '';
      return typeof cell === 'number'
        ? `<c r="${place}"><v>${cell}</v></c>`
        : `<c r="${place}" t="inlineStr"><is><t>${cell}</t></is></c>`;
    })
    .join('')}</row>`;
