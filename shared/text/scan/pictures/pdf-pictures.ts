/** Draws the pages of a PDF, each at the resolution that its scan has. */
import { type Refusal, refusal } from '../../../domain/refusal.ts';
import { accept, type Result, refuse } from '../../../domain/result.ts';
import { type ColourImage, MOST_DPI, MOST_PIXELS } from '../page-image.ts';
import { greyWithoutSeals } from '../without-seal.ts';
import { openPdfium, type Pdfium } from './open-pdfium.ts';
import type { PagePicture, PictureSource } from './picture-source.ts';

/** For pages that are not one picture. */
const USUAL_DPI = 200;
const COARSEST_DPI = 100;
const MOST_DRAWN_PIXELS = 18_000_000;
const MOST_OBJECTS = 20_000;
const DEEPEST_FORM = 4;
const POINTS = 72;

const PASSWORD_ERROR = 4;
const IMAGE_OBJECT = 3;
const FORM_OBJECT = 5;
const BGRX = 3;
const WHITE_PAPER = 0xffffffff;
/** FPDF_ANNOT: seals are often annotations. FPDF_REVERSE_BYTE_ORDER: red comes first. */
const FLAGS = 0x01 | 0x10;

/** The objects on a page and in its forms, as far as they are looked at. */
const objectsOn = (pdfium: Pdfium, page: number): number[] => {
  const found: number[] = [];
  const add = (count: number, objectAt: (index: number) => number, depth: number): void => {
    for (let at = 0; at < count && found.length < MOST_OBJECTS; at += 1) {
      const object = objectAt(at);
      if (object === 0) continue;
      found.push(object);
      if (depth === DEEPEST_FORM || pdfium._FPDFPageObj_GetType(object) !== FORM_OBJECT) continue;
      const inner = pdfium._FPDFFormObj_CountObjects(object);
      add(inner, (index) => pdfium._FPDFFormObj_GetObject(object, index), depth + 1);
    }
  };
  const count = pdfium._FPDFPage_CountObjects(page);
  add(count, (index) => pdfium._FPDFPage_GetObject(page, index), 0);
  return found;
};

/** Declared pixels of the pictures on a page; none is decoded for this. */
const pictureSizes = (pdfium: Pdfium, page: number): { width: number; height: number }[] => {
  const place = pdfium.wasmExports.malloc(8);
  const sizes = objectsOn(pdfium, page).flatMap((object) => {
    if (pdfium._FPDFPageObj_GetType(object) !== IMAGE_OBJECT) return [];
    if (pdfium._FPDFImageObj_GetImagePixelSize(object, place, place + 4) === 0) return [];
    const [width = 0, height = 0] = pdfium.HEAP32.subarray(place / 4, place / 4 + 2);
    return [{ width: width >>> 0, height: height >>> 0 }];
  });
  pdfium.wasmExports.free(place);
  return sizes;
};

/** The resolution of the largest picture, taken to fill the page. */
const resolutionFor = (
  sizes: readonly { width: number; height: number }[],
  inches: number,
): number => {
  const pixels = sizes.reduce((most, { width, height }) => Math.max(most, width * height), 0);
  const own = Math.sqrt(pixels / Math.max(0.01, inches));
  const wanted = own < COARSEST_DPI ? USUAL_DPI : Math.min(MOST_DPI, own);
  return Math.min(wanted, Math.sqrt(MOST_DRAWN_PIXELS / Math.max(0.01, inches)));
};

const drawn = (
  pdfium: Pdfium,
  page: number,
  { width, height }: { width: number; height: number },
) => {
  const size = width * height * 4;
  const place = pdfium.wasmExports.malloc(size);
  if (place === 0) return null;
  const bitmap = pdfium._FPDFBitmap_CreateEx(width, height, BGRX, place, width * 4);
  if (bitmap !== 0) {
    pdfium._FPDFBitmap_FillRect(bitmap, 0, 0, width, height, WHITE_PAPER);
    pdfium._FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, FLAGS);
  }
  const image: ColourImage = { width, height, pixels: pdfium.HEAPU8.subarray(place, place + size) };
  const grey = bitmap === 0 ? null : greyWithoutSeals(image);
  if (bitmap !== 0) pdfium._FPDFBitmap_Destroy(bitmap);
  pdfium.wasmExports.free(place);
  return grey;
};

const pictureOf = (pdfium: Pdfium, page: number): Result<PagePicture, Refusal> => {
  const [across, down] = [pdfium._FPDF_GetPageWidthF(page), pdfium._FPDF_GetPageHeightF(page)];
  if (!(across >= 1 && down >= 1)) return refuse(refusal('DAMAGED', 'PDF'));
  const sizes = pictureSizes(pdfium, page);
  const largest = sizes.reduce((most, { width, height }) => Math.max(most, width * height), 0);
  if (largest > MOST_PIXELS) return refuse(refusal('TOO_LARGE', `${MOST_PIXELS / 1e6} MP`));
  const dpi = resolutionFor(sizes, (across * down) / POINTS ** 2);
  const width = Math.max(1, Math.round((across * dpi) / POINTS));
  const height = Math.max(1, Math.round((down * dpi) / POINTS));
  const grey = drawn(pdfium, page, { width, height });
  return grey === null ? refuse(refusal('MEMORY_LIMIT', 'PDF')) : accept({ ...grey, dpi });
};

const openDocument = (pdfium: Pdfium, bytes: Uint8Array): Result<number, Refusal> => {
  const place = pdfium.wasmExports.malloc(bytes.length);
  if (place === 0) return refuse(refusal('MEMORY_LIMIT', 'PDF'));
  pdfium.HEAPU8.set(bytes, place);
  const document = pdfium._FPDF_LoadMemDocument(place, bytes.length, 0);
  if (document !== 0) return accept(document);
  const isLocked = pdfium._FPDF_GetLastError() === PASSWORD_ERROR;
  return refuse(isLocked ? refusal('ENCRYPTED') : refusal('DAMAGED', 'PDF'));
};

/** An instance that broke down is not asked again. */
const guarded = <T>(work: () => Result<T, Refusal>, broken: () => void): Result<T, Refusal> => {
  try {
    return work();
  } catch {
    broken();
    return refuse(refusal('DAMAGED', 'PDF'));
  }
};

/** Refuses with ENCRYPTED, DAMAGED or MEMORY_LIMIT; a page with TOO_LARGE where a picture on it declares too many pixels. */
export const pdfPictures = async (bytes: Uint8Array): Promise<Result<PictureSource, Refusal>> => {
  let pdfium: Pdfium | null = await openPdfium();
  const broken = (): void => {
    pdfium = null;
  };
  const instance = pdfium;
  const opened = guarded(() => openDocument(instance, bytes), broken);
  if (!opened.ok) return opened;
  const document = opened.value;
  const pageCount = guarded(() => accept(instance._FPDF_GetPageCount(document)), broken);
  if (!pageCount.ok) return pageCount;
  return accept({
    pageCount: pageCount.value,
    picture: async (number) => {
      const alive = pdfium;
      if (alive === null) return refuse(refusal('DAMAGED', 'PDF'));
      return guarded(() => {
        const page = alive._FPDF_LoadPage(document, number - 1);
        if (page === 0) return refuse(refusal('DAMAGED', 'PDF'));
        const picture = pictureOf(alive, page);
        alive._FPDF_ClosePage(page);
        return picture;
      }, broken);
    },
    close: broken,
  });
};
