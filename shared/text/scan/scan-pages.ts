/** Reads the pictures of pages one by one and says of each how far it can be relied on. */
import { type Refusal, type RefusalKind, refusal } from '../../domain/refusal.ts';
import { accept, type Result, refuse } from '../../domain/result.ts';
import type { PageMarks } from '../pdf/page-marks.ts';
import { type GreyImage, quarterTurned } from './page-image.ts';
import type { PagePicture, PictureSource } from './pictures/picture-source.ts';
import { type ReadPage, readPageImage } from './read-page-image.ts';
import type { LineRecogniser } from './recognise-lines.ts';

/** Pages that are read as pictures of one file. */
export const MOST_SCANNED_PAGES = 200;
/** Looked at between pages. */
const MOST_SECONDS = 780;
/** A page read with a lower mean probability is not shown. */
export const PAGE_FLOOR = 0.75;
/** Above this nothing suggests that the page lies on its side or its head. */
const UPRIGHT = 0.88;
const SAMPLE_LINES = 10;
/** More lines under the floor than this share of all: the rest cannot be relied on either. */
const MOST_DOUBTFUL = 0.5;

export type ScannedPage =
  | {
      readonly kind: 'read';
      readonly marks: PageMarks;
      readonly confidence: number;
      readonly seals: number;
      /** Lines that were left out. */
      readonly doubtful: number;
    }
  | { readonly kind: 'blank' }
  | {
      readonly kind: 'unread';
      readonly confidence: number | null;
      /** Why it could not even be drawn; null where it was drawn and could not be read. */
      readonly why: RefusalKind | null;
    };

const scoreOf = ({ confidence, characters, doubtful }: ReadPage): number =>
  (confidence ?? 0) * Math.min(1, characters / 20) - doubtful * 0.01;

type Turns = 0 | 1 | 2 | 3;

const turnedBy = (grey: GreyImage, turns: Turns): GreyImage =>
  turns === 0 ? grey : quarterTurned(grey, turns);

/** The way up in which a few of its lines are read best. */
const uprightTurns = async (picture: PagePicture, recogniser: LineRecogniser): Promise<Turns> => {
  let best: { turns: Turns; score: number } = { turns: 0, score: Number.NEGATIVE_INFINITY };
  for (const turns of [0, 2, 1, 3] as const) {
    const page = { ...picture, grey: turnedBy(picture.grey, turns) };
    const score = scoreOf(await readPageImage(page, recogniser, SAMPLE_LINES));
    if (score > best.score + 0.02) best = { turns, score };
  }
  return best.turns;
};

const readUpright = async (picture: PagePicture, recogniser: LineRecogniser): Promise<ReadPage> => {
  const page = await readPageImage(picture, recogniser);
  if (page.blank || scoreOf(page) >= UPRIGHT) return page;
  const turns = await uprightTurns(picture, recogniser);
  if (turns === 0) return page;
  return readPageImage({ ...picture, grey: turnedBy(picture.grey, turns) }, recogniser);
};

const judged = (page: ReadPage, seals: number): ScannedPage => {
  if (page.blank) return { kind: 'blank' };
  const { marks, confidence, doubtful } = page;
  const lines = marks.runs.length + doubtful;
  if (confidence === null || confidence < PAGE_FLOOR || doubtful > MOST_DOUBTFUL * lines)
    return { kind: 'unread', confidence, why: null };
  return { kind: 'read', marks, confidence, seals, doubtful };
};

/** Refuses with TOO_MANY_PAGES or TIME_LIMIT; a page that cannot be drawn or read is `unread`. */
export const scanPages = async (
  source: PictureSource,
  numbers: readonly number[],
  recogniser: LineRecogniser,
): Promise<Result<ReadonlyMap<number, ScannedPage>, Refusal>> => {
  if (numbers.length > MOST_SCANNED_PAGES)
    return refuse(refusal('TOO_MANY_PAGES', `${MOST_SCANNED_PAGES}, OCR`));
  const end = performance.now() + MOST_SECONDS * 1000;
  const pages = new Map<number, ScannedPage>();
  for (const number of numbers) {
    if (performance.now() > end) return refuse(refusal('TIME_LIMIT', `${MOST_SECONDS} s`));
    const picture = await source.picture(number);
    pages.set(
      number,
      picture.ok
        ? judged(await readUpright(picture.value, recogniser), picture.value.seals)
        : { kind: 'unread', confidence: null, why: picture.error.kind },
    );
  }
  return accept(pages);
};
