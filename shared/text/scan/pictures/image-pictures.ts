/** Opens an image file as pages of pictures, whatever kind of image it is. */
import { type Refusal, refusal } from '../../../domain/refusal.ts';
import { accept, type Result, refuse } from '../../../domain/result.ts';
import { type ColourImage, type GreyImage, MOST_DPI, shrunk } from '../page-image.ts';
import { greyWithoutSeals } from '../without-seal.ts';
import { bmpPicture } from './bmp-picture.ts';
import { jpegPicture } from './jpeg-picture.ts';
import { pdfPictures } from './pdf-pictures.ts';
import { picturePdf, type WrappedPicture } from './picture-pdf.ts';
import type { PagePicture, PictureSource } from './picture-source.ts';
import { pngPicture } from './png-picture.ts';
import { tiffPictures } from './tiff-pictures.ts';

type Opened = Result<PictureSource, Refusal>;

const onePage = (picture: PagePicture): PictureSource => ({
  pageCount: 1,
  picture: async () => accept(picture),
  close: () => undefined,
});

const seenPage = (image: ColourImage, dpi: number): PictureSource =>
  onePage({ ...greyWithoutSeals(image), dpi });

const wrapped = (picture: WrappedPicture): Promise<Opened> => pdfPictures(picturePdf(picture));

const openJpeg = async (bytes: Uint8Array): Promise<Opened> => {
  const picture = jpegPicture(bytes);
  return picture.ok ? wrapped(picture.value) : picture;
};

const openPng = async (bytes: Uint8Array): Promise<Opened> => {
  const png = pngPicture(bytes);
  if (!png.ok) return png;
  return png.value.kind === 'wrapped'
    ? wrapped(png.value.picture)
    : accept(seenPage(png.value.image, png.value.dpi));
};

const openBmp = async (bytes: Uint8Array): Promise<Opened> => {
  const bmp = bmpPicture(bytes);
  return bmp.ok ? accept(seenPage(bmp.value.image, bmp.value.dpi)) : bmp;
};

const OPENERS: Readonly<Record<string, (bytes: Uint8Array) => Promise<Opened>>> = {
  PNG: openPng,
  JPEG: openJpeg,
  TIFF: async (bytes) => tiffPictures(bytes),
  BMP: openBmp,
};

/** A finer picture takes more time and gives no more characters. */
const coarsened = (grey: GreyImage, dpi: number): { grey: GreyImage; dpi: number } => {
  if (dpi <= MOST_DPI * 1.05) return { grey, dpi };
  const smaller = shrunk(grey, dpi / MOST_DPI);
  return { grey: smaller, dpi: (dpi * smaller.width) / grey.width };
};

/** `kind` as the signature tells. Refuses with FORMAT_NOT_YET_READ for kinds that no scanner writes, DAMAGED, TOO_LARGE. */
export const imagePictures = async (bytes: Uint8Array, kind: string): Promise<Opened> => {
  const open = OPENERS[kind];
  if (open === undefined) return refuse(refusal('FORMAT_NOT_YET_READ', kind));
  const opened = await open(bytes);
  if (!opened.ok) return opened;
  const source = opened.value;
  return accept({
    ...source,
    picture: async (number) => {
      const page = await source.picture(number);
      return page.ok
        ? accept({ ...page.value, ...coarsened(page.value.grey, page.value.dpi) })
        : page;
    },
  });
};
