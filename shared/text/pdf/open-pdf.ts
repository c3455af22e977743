/** The one door to pdf-parse: opens a PDF and gives the marks of its pages one by one. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';
import { type Refusal, refusal } from '../../domain/refusal.ts';
import { accept, type Result, refuse } from '../../domain/result.ts';
import { collectDrawing, type OperatorNumbers } from './drawn-rules.ts';
import { IDENTITY, matrixOf, type PageMarks } from './page-marks.ts';
import { type PagePort, pagePort } from './page-port.ts';
import { type PlacedText, readableView, runsOf } from './placed-runs.ts';
import { collectVertical, type TextOperators } from './vertical-text.ts';

export interface OpenedPdf {
  readonly pageCount: number;
  /** Counts from 1. Throws what pdf.js throws where the page is broken. */
  marks(number: number): Promise<PageMarks>;
  /** Title, Author and their like, as the file states them. */
  properties(): Promise<readonly (readonly [string, string])[]>;
  close(): Promise<void>;
}

/** Where the character maps and the standard fonts of pdf.js lie: beside a bundle, or in its package. */
export const pdfResources = (beside: string = dirname(fileURLToPath(import.meta.url))): string => {
  if (existsSync(join(beside, 'cmaps'))) return beside;
  return dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
};

const loadLibraries = async () => {
  await import('./prepare-globals.ts');
  await import('./preload-worker.ts');
  const [parse, pdfjs] = await Promise.all([
    import('pdf-parse'),
    import('pdfjs-dist/legacy/build/pdf.mjs'),
  ]);
  const { OPS, PDFWorker } = pdfjs;
  const numbers: OperatorNumbers & TextOperators = {
    save: OPS.save,
    restore: OPS.restore,
    transform: OPS.transform,
    constructPath: OPS.constructPath,
    paintFormXObjectBegin: OPS.paintFormXObjectBegin,
    paintFormXObjectEnd: OPS.paintFormXObjectEnd,
    endPath: OPS.endPath,
    showText: OPS.showText,
    beginText: OPS.beginText,
    setFont: OPS.setFont,
    setTextMatrix: OPS.setTextMatrix,
    moveText: OPS.moveText,
    setLeadingMoveText: OPS.setLeadingMoveText,
    strokes: new Set([
      OPS.stroke,
      OPS.closeStroke,
      OPS.fillStroke,
      OPS.eoFillStroke,
      OPS.closeFillStroke,
      OPS.closeEOFillStroke,
    ]),
  };
  return { parse, numbers, PDFWorker };
};

type Libraries = Awaited<ReturnType<typeof loadLibraries>>;
let loaded: Promise<Libraries> | null = null;

const libraries = (): Promise<Libraries> => {
  loaded ??= loadLibraries();
  return loaded;
};

const isDocument = (value: unknown): value is PDFDocumentProxy =>
  typeof value === 'object' && value !== null && 'numPages' in value && 'getPage' in value;

/** pdf-parse keeps the document it loads to itself; its text calls lose the places of text and lines. */
const documentOf = async (parser: object): Promise<PDFDocumentProxy> => {
  const load: unknown = Reflect.get(parser, 'load');
  const loadedDocument: unknown = typeof load === 'function' ? await load.call(parser) : null;
  if (!isDocument(loadedDocument)) throw new Error('pdf-parse no longer loads a pdf.js document');
  return loadedDocument;
};

/** Placed text of a page without blanks and what is set from top to bottom, and the names of the fonts that do so. */
const piecesOf = async (
  page: PDFPageProxy,
): Promise<{ pieces: PlacedText[]; vertical: ReadonlySet<string> }> => {
  const content = await page.getTextContent();
  const vertical = new Set(
    Object.entries(content.styles).flatMap(([name, style]) => (style.vertical ? [name] : [])),
  );
  const pieces: PlacedText[] = [];
  for (const piece of content.items) {
    if (!('str' in piece) || piece.str.trim() === '' || vertical.has(piece.fontName)) continue;
    const matrix = matrixOf(piece.transform);
    if (matrix !== null) pieces.push({ text: piece.str, width: piece.width, matrix });
  }
  return { pieces, vertical };
};

const NO_ARGUMENTS: readonly unknown[] = [];

const marksOf = async (
  page: PDFPageProxy,
  numbers: OperatorNumbers & TextOperators,
): Promise<PageMarks> => {
  const { transform, width, height } = page.getViewport({ scale: 1 });
  const { pieces, vertical } = await piecesOf(page);
  const upright = { matrix: matrixOf(transform) ?? IDENTITY, width, height };
  const view = readableView(pieces, upright);
  const operators = await page.getOperatorList();
  const drawing = collectDrawing(view.matrix, numbers);
  const downwards = collectVertical(view.matrix, numbers, vertical);
  for (const [index, operator] of operators.fnArray.entries()) {
    const args: unknown = operators.argsArray[index];
    const list: readonly unknown[] = Array.isArray(args) ? args : NO_ARGUMENTS;
    drawing.step(operator, list);
    if (vertical.size > 0) downwards.step(operator, list);
  }
  const { pictureArea, ...drawn } = drawing.end();
  const pictures = pictureArea / Math.max(1, width * height);
  const { runs, slanted } = runsOf(pieces, view);
  const all = [...runs, ...downwards.end()];
  return { width: view.width, height: view.height, pictures, ...drawn, runs: all, slanted };
};

const SHOWN_PROPERTIES = ['Title', 'Author', 'Subject', 'Keywords', 'Creator', 'Producer'] as const;

const propertiesOf = async (
  document: PDFDocumentProxy,
): Promise<readonly (readonly [string, string])[]> => {
  const { info } = await document.getMetadata();
  return SHOWN_PROPERTIES.flatMap((name) => {
    const value: unknown = Reflect.get(info, name);
    return typeof value === 'string' ? [[name, value] as const] : [];
  });
};

const isStarter = (value: unknown): value is { initializeFromPort(port: PagePort): void } =>
  typeof value === 'function' && Reflect.has(value, 'initializeFromPort');

/** Starts a worker half of pdf.js of its own for one file, in this thread. */
const startWorker = ({ PDFWorker }: Libraries): Libraries['PDFWorker']['prototype'] => {
  const half: unknown = Reflect.get(globalThis, 'pdfjsWorker');
  const starter: unknown =
    typeof half === 'object' && half !== null ? Reflect.get(half, 'WorkerMessageHandler') : null;
  if (!isStarter(starter)) throw new Error('pdf.js no longer starts its worker half from a port');
  const port = pagePort();
  starter.initializeFromPort(port);
  const worker: unknown = Reflect.construct(PDFWorker, [{ port, verbosity: 0 }]);
  if (!(worker instanceof PDFWorker)) throw new Error('pdf.js no longer takes a port');
  return worker;
};

const settings = (bytes: Uint8Array, resources: string) => ({
  data: bytes.slice(),
  verbosity: 0,
  cMapUrl: `${join(resources, 'cmaps')}/`,
  cMapPacked: true,
  standardFontDataUrl: `${join(resources, 'standard_fonts')}/`,
  isEvalSupported: false,
  /** Otherwise the outline of every glyph is worked out; the fonts themselves never arrive (`pagePort`). */
  disableFontFace: false,
  useSystemFonts: false,
  useWorkerFetch: false,
  useWasm: false,
  isOffscreenCanvasSupported: false,
  isImageDecoderSupported: false,
  enableXfa: false,
  stopAtErrors: false,
  /** No picture is ever decoded. */
  maxImageSize: 0,
});

/** Refuses with ENCRYPTED where a password is needed, DAMAGED where the file cannot be opened. */
export const openPdf = async (
  bytes: Uint8Array,
  resources: string = pdfResources(),
): Promise<Result<OpenedPdf, Refusal>> => {
  const { parse, numbers, ...others } = await libraries();
  const worker = startWorker({ parse, numbers, ...others });
  const parser = new parse.PDFParse({ ...settings(bytes, resources), worker });
  const close = async (): Promise<void> => {
    await parser.destroy();
    worker.destroy();
  };
  try {
    const document = await documentOf(parser);
    return accept({
      pageCount: document.numPages,
      marks: async (number) => {
        const page = await document.getPage(number);
        const marks = await marksOf(page, numbers);
        page.cleanup();
        return marks;
      },
      properties: () => propertiesOf(document),
      close,
    });
  } catch (error) {
    await close();
    if (error instanceof parse.PasswordException) return refuse(refusal('ENCRYPTED'));
    if (error instanceof parse.InvalidPDFException || error instanceof parse.FormatError)
      return refuse(refusal('DAMAGED', 'PDF'));
    if (error instanceof parse.UnknownErrorException) return refuse(refusal('DAMAGED', 'PDF'));
    throw error;
  }
};
