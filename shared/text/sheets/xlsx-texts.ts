/** Reads what the cells of an xlsx point at: shared texts, the formats of their styles, the texts of drawings. */
import { type Refusal, refusal } from '../../domain/refusal.ts';
import { accept, type Result } from '../../domain/result.ts';
import { LIMITS } from '../limits.ts';
import { readXml } from '../xml-pass.ts';
import type { ZipParts } from '../zip-parts.ts';
import { builtInFormat } from './number-text.ts';
import { SHEET_NAMESPACES, SHEET_XML_CAPS } from './xlsx-parts.ts';

/** Signs that XML cannot hold are written _x000D_. */
export const unescaped = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/gu, (_, code: string) =>
        String.fromCharCode(Number.parseInt(code, 16)),
      )
    : text;

/** Gathers the text of one shared or inline string: its runs, not the reading aids above them. */
export const stringReader = () => {
  let text = '';
  let isText = false;
  let inReading = false;
  return {
    open: (name: string): void => {
      if (name === 's:rPh') inReading = true;
      isText = name === 's:t' && !inReading;
    },
    text: (more: string): void => {
      if (isText) text += more;
    },
    close: (name: string): void => {
      if (name === 's:rPh') inReading = false;
      if (name === 's:t') isText = false;
    },
    take: (): string => {
      const whole = unescaped(text);
      text = '';
      return whole;
    },
  };
};

export const readSharedTexts = (
  zip: ZipParts,
  part: string,
): Result<readonly string[], Refusal> => {
  const texts: string[] = [];
  const string = stringReader();
  let characters = 0;
  const read = readXml(zip, part, {
    namespaces: SHEET_NAMESPACES,
    caps: SHEET_XML_CAPS,
    handler: {
      open: string.open,
      text: (more) => {
        characters += more.length;
        string.text(more);
      },
      close: (name) => {
        string.close(name);
        if (name === 's:si') texts.push(string.take());
      },
    },
    stop: () =>
      characters > LIMITS.sheetCharacters
        ? refusal('TEXT_TOO_LONG', `${LIMITS.sheetCharacters} characters`)
        : null,
  });
  return read.ok ? accept(texts) : read;
};

/** The format code of each cell style, by its number. */
export const readFormats = (zip: ZipParts, part: string): Result<readonly string[], Refusal> => {
  const own = new Map<number, string>();
  const ids: number[] = [];
  let inCells = false;
  const read = readXml(zip, part, {
    namespaces: SHEET_NAMESPACES,
    handler: {
      open: (name, attributes) => {
        if (name === 's:numFmt')
          own.set(Number(attributes('numFmtId')), attributes('formatCode') ?? '');
        if (name === 's:cellXfs') inCells = true;
        if (name === 's:xf' && inCells) ids.push(Number(attributes('numFmtId') ?? 0));
      },
      close: (name) => {
        if (name === 's:cellXfs') inCells = false;
      },
    },
  });
  return read.ok ? accept(ids.map((id) => own.get(id) ?? builtInFormat(id))) : read;
};

/** One text for each box that has words. */
export const readBoxes = (zip: ZipParts, part: string): Result<readonly string[], Refusal> => {
  const boxes: string[] = [];
  let lines: string[] = [];
  let line = '';
  let isText = false;
  const read = readXml(zip, part, {
    namespaces: SHEET_NAMESPACES,
    handler: {
      open: (name) => {
        isText = name === 'a:t';
      },
      text: (more) => {
        if (isText) line += more;
      },
      close: (name) => {
        isText = false;
        if (name === 'a:p') {
          lines.push(line);
          line = '';
        } else if (name.endsWith(':txBody')) {
          boxes.push(lines.join('\n'));
          lines = [];
        }
      },
    },
  });
  return read.ok ? accept(boxes.filter((text) => text.trim() !== '')) : read;
};
