/** Reads the paragraphs of a text body: runs, line breaks, fields, automatic numbers. */
import { joinLabel } from '../docx/number-labels.ts';
import { wholeNumber } from '../docx/on-off.ts';
import type { Attributes } from '../xml-pass.ts';
import { type AutoNumber, bulletNumbers } from './bullet-numbers.ts';
import type { ShapeMarks } from './shape.ts';

interface OpenParagraph {
  readonly pieces: string[];
  level: number;
  number: AutoNumber | null;
}

export interface TextPlace {
  /** Where finished paragraphs go; null outside of shapes. */
  readonly lines: () => string[] | null;
  readonly marks: ShapeMarks;
}

const LEVELS = { least: 0, most: 8 };
const STARTS = { least: 1, most: 32_767 };

/** The text body that is open: its paragraphs go to `place` with their numbers. */
const openBody = ({ lines, marks }: TextPlace) => {
  let numbers = bulletNumbers();
  let paragraph: OpenParagraph | null = null;
  return {
    restart: (): void => {
      numbers = bulletNumbers();
    },
    begin: (): void => {
      paragraph = { pieces: [], level: 0, number: null };
    },
    append: (text: string): void => {
      paragraph?.pieces.push(text);
      marks.characters += text.length;
    },
    set: (change: Partial<Pick<OpenParagraph, 'level' | 'number'>>): void => {
      if (paragraph !== null) Object.assign(paragraph, change);
    },
    end: (): void => {
      const { pieces = [], level = 0, number = null } = paragraph ?? {};
      const text = pieces.join('');
      paragraph = null;
      if (text.trim() === '') return;
      const label = numbers.next(level, number);
      lines()?.push(label === '' ? text : joinLabel(label, 'space', text.trimStart()));
    },
  };
};

export const textReader = (place: TextPlace) => {
  const body = openBody(place);
  let inText = false;
  const begin = (): void => {
    inText = true;
  };
  const end = (): void => {
    inText = false;
  };
  const open: readonly (readonly [string, (attributes: Attributes) => void])[] = [
    ['p:txBody', body.restart],
    ['a:txBody', body.restart],
    ['a:p', body.begin],
    ['a:pPr', (at) => body.set({ level: wholeNumber(at('lvl'), LEVELS) ?? 0 })],
    [
      'a:buAutoNum',
      (at) => {
        const start = wholeNumber(at('startAt'), STARTS) ?? 1;
        body.set({ number: { type: at('type') ?? '', start } });
      },
    ],
    ['a:br', () => body.append('\n')],
    ['a:t', begin],
    ['m:t', begin],
  ];
  const close: readonly (readonly [string, () => void])[] = [
    ['a:p', body.end],
    ['a:t', end],
    ['m:t', end],
  ];
  return {
    open,
    close,
    text: (text: string): void => {
      if (inText) body.append(text);
    },
  };
};
