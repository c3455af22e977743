/** The pictures that lie in an office file (docx, odt, pptx, ofd), in the order of their names: pages that somebody put in as scans. */
import { type Refusal, refusal } from '../../../domain/refusal.ts';
import { accept, type Result, refuse } from '../../../domain/result.ts';
import { sniff } from '../../sniff.ts';
import { openZip, type ZipParts } from '../../zip-parts.ts';
import { imagePictures } from './image-pictures.ts';
import type { PictureSource } from './picture-source.ts';

const PICTURE = /\.(?:png|jpe?g|tiff?|bmp)$/iu;
/** What is smaller is a logo, a rule or a button. */
const SMALLEST_BYTES = 12 * 1024;

const inOrder = new Intl.Collator('en', { numeric: true });

const namesIn = ({ entries }: ZipParts): string[] =>
  entries
    .filter(({ name, claimedBytes }) => PICTURE.test(name) && claimedBytes >= SMALLEST_BYTES)
    .map(({ name }) => name)
    .sort(inOrder.compare);

const openPart = async (zip: ZipParts, name: string): Promise<Result<PictureSource, Refusal>> => {
  const bytes = zip.read(name);
  if (!bytes.ok) return bytes;
  const kind = sniff(bytes.value);
  if (!kind.ok) return kind;
  return kind.value.format === 'image'
    ? imagePictures(bytes.value, kind.value.detail)
    : refuse(refusal('DAMAGED', 'picture'));
};

/** Each picture is a page; of a picture with several pages the first. Refuses as `openZip` does, and with NO_PAGES without pictures. */
export const packagePictures = (bytes: Uint8Array): Result<PictureSource, Refusal> => {
  const zip = openZip(bytes);
  if (!zip.ok) return zip;
  const names = namesIn(zip.value);
  if (names.length === 0) return refuse(refusal('NO_PAGES'));
  return accept({
    pageCount: names.length,
    picture: async (number) => {
      const opened = await openPart(zip.value, names[number - 1] ?? '');
      if (!opened.ok) return opened;
      try {
        return await opened.value.picture(1);
      } finally {
        opened.value.close();
      }
    },
    close: () => undefined,
  });
};
