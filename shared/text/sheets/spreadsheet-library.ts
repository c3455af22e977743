/** The one importer of @e965/xlsx (SheetJS): number formats, and the binary workbooks of Excel. */
import { read, SSF, set_cptable, type WorkBook } from '@e965/xlsx';

/** A number as a format of Excel shows it; null where the format cannot be read. */
export const formatted = (code: string, value: number, date1904: boolean): string | null => {
  try {
    return SSF.format(code, value, { date1904 });
  } catch {
    // The library throws strings for formats that it does not know.
    return null;
  }
};

/** Excel 5.0 and 95 keep text in the code page of the machine: the tables are loaded for them alone. */
export const loadCodePages = async (): Promise<void> => {
  set_cptable(await import('@e965/xlsx/dist/cpexcel.full.mjs'));
};

const OPTIONS = {
  dense: true,
  cellNF: true,
  cellStyles: true,
  cellText: false,
  cellHTML: false,
  cellFormula: false,
} as const;

/** Of an xlsb. Throws for what is no workbook. Formulas are not looked at: cells carry the value that was kept. */
export const readWorkbook = (bytes: Uint8Array): WorkBook =>
  read(bytes, { type: 'array', ...OPTIONS });

/** The same of the stream of an xls, without the container around it. */
export const readRecords = (stream: Uint8Array): WorkBook =>
  read(Buffer.from(stream.buffer, stream.byteOffset, stream.byteLength), {
    type: 'buffer',
    ...OPTIONS,
  });
