/** What every kind of file with pictures of pages gives to the reader of scans. */
import type { Refusal } from '../../../domain/refusal.ts';
import type { Result } from '../../../domain/result.ts';
import type { GreyImage } from '../page-image.ts';

export interface PagePicture {
  /** Without red seals. */
  readonly grey: GreyImage;
  /** Dots per inch. */
  readonly dpi: number;
  /** Red seals that were taken off. */
  readonly seals: number;
}

/** Pages are made one by one, so that memory does not grow with their number. */
export interface PictureSource {
  readonly pageCount: number;
  /** Counts from 1. Refuses where this page cannot be drawn: it is damaged, or too large. */
  picture(number: number): Promise<Result<PagePicture, Refusal>>;
  close(): void;
}
