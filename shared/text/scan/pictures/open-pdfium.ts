/** The one door to pdfium: a fresh instance for each file, with a bound on its memory. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { boundedWasm } from './bounded-wasm.ts';

const MOST_MEMORY = 640 * 2 ** 20;
const WASM = 'pdfium.wasm';

/** What is used of the C interface of pdfium (fpdfview.h, fpdf_edit.h); pointers are numbers, 0 is none. */
export interface Pdfium {
  readonly HEAPU8: Uint8Array;
  readonly HEAP32: Int32Array;
  readonly wasmExports: { malloc(size: number): number; free(pointer: number): void };
  _FPDF_LoadMemDocument(data: number, size: number, password: number): number;
  _FPDF_CloseDocument(document: number): void;
  _FPDF_GetLastError(): number;
  _FPDF_GetPageCount(document: number): number;
  _FPDF_LoadPage(document: number, index: number): number;
  _FPDF_ClosePage(page: number): void;
  _FPDF_GetPageWidthF(page: number): number;
  _FPDF_GetPageHeightF(page: number): number;
  _FPDFPage_CountObjects(page: number): number;
  _FPDFPage_GetObject(page: number, index: number): number;
  _FPDFPageObj_GetType(object: number): number;
  _FPDFFormObj_CountObjects(form: number): number;
  _FPDFFormObj_GetObject(form: number, index: number): number;
  _FPDFImageObj_GetImagePixelSize(image: number, width: number, height: number): number;
  _FPDFBitmap_CreateEx(
    width: number,
    height: number,
    ...form: [format: number, data: number, stride: number]
  ): number;
  _FPDFBitmap_FillRect(
    bitmap: number,
    left: number,
    ...box: [top: number, width: number, height: number, colour: number]
  ): void;
  _FPDF_RenderPageBitmap(
    bitmap: number,
    page: number,
    ...place: [x: number, y: number, width: number, height: number, rotate: number, flags: number]
  ): void;
  _FPDFBitmap_Destroy(bitmap: number): void;
}

const isPdfium = (module: object): module is Pdfium =>
  [
    '_FPDF_LoadMemDocument',
    '_FPDF_RenderPageBitmap',
    '_FPDFFormObj_GetObject',
    'HEAPU8',
    'wasmExports',
  ].every((name) => name in module);

/** Beside a bundle, or in its package. */
const wasmFile = (): string => {
  const beside = join(dirname(fileURLToPath(import.meta.url)), WASM);
  if (existsSync(beside)) return beside;
  return createRequire(import.meta.url).resolve('@hyzyla/pdfium/pdfium.wasm');
};

let wasm: Promise<Uint8Array<ArrayBuffer>> | null = null;

/** Throws where pdfium cannot be loaded: that is our fault, not the file's. */
export const openPdfium = async (): Promise<Pdfium> => {
  wasm ??= readFile(wasmFile()).then((bytes) => boundedWasm(bytes, MOST_MEMORY));
  const { PDFiumModule } = await import('@hyzyla/pdfium');
  const binary = await wasm;
  const module = await PDFiumModule({ wasmBinary: binary.buffer, locateFile: () => '' });
  module._FPDF_InitLibraryWithConfig({
    version: 2,
    m_pIsolate: null,
    m_pUserFontPaths: null,
    m_v8EmbedderSlot: 0,
    m_pPlatform: null,
  });
  if (!isPdfium(module)) throw new Error('pdfium no longer has the functions that are used');
  return module;
};
