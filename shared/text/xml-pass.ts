/** Passes once over an XML part of a zip and tells a handler what it meets, within bounds, without a tree and without recursion. */
import { SaxesParser } from 'saxes';
import { type Refusal, refusal } from '../domain/refusal.ts';
import { accept, type Result, refuse } from '../domain/result.ts';
import { type NameScopes, nameScopes } from './xml-names.ts';
import type { ZipParts } from './zip-parts.ts';

/** Gives the value of an attribute by its known name (`w:val`, or `val` where it stands in no namespace). */
export type Attributes = (name: string) => string | undefined;

/** Names come with the prefix that `namespaces` gives their namespace, whatever prefix the file uses; unknown ones with `?`. */
export interface XmlHandler {
  readonly open: (name: string, attributes: Attributes) => void;
  readonly close?: (name: string) => void;
  readonly text?: (text: string) => void;
}

export interface XmlCaps {
  /** Elements inside each other. */
  readonly depth: number;
  /** Of all parts of one zip that are read. */
  readonly elements: number;
  /** Attributes of one tag. */
  readonly attributes: number;
}

export const XML_CAPS: XmlCaps = { depth: 256, elements: 1_500_000, attributes: 256 };

export interface XmlReading {
  /** Namespace → the prefix it goes by here. */
  readonly namespaces: ReadonlyMap<string, string>;
  readonly handler: XmlHandler;
  readonly caps?: XmlCaps;
  /** Asked after each piece of the file: a refusal ends the pass. */
  readonly stop?: () => Refusal | null;
}

interface Pass {
  readonly write: (text: string) => Refusal | null;
  readonly end: () => Refusal | null;
  readonly elements: () => number;
}

/** Counts and stops; what comes after a stop is not told to the handler. */
const guardOf = (part: string, caps: XmlCaps, before: number) => {
  let stop: Refusal | null = null;
  let elements = before;
  let inTag = 0;
  const halt = (reason: Refusal): void => {
    stop ??= reason;
  };
  const limit = (what: string): void => halt(refusal('STRUCTURE_LIMIT', `${part}: ${what}`));
  return {
    halt,
    limit,
    stopped: () => stop,
    elements: () => elements,
    attribute: (): void => {
      inTag += 1;
      if (inTag > caps.attributes) limit(`> ${caps.attributes} attributes`);
    },
    element: (depth: number): void => {
      inTag = 0;
      elements += 1;
      if (elements > caps.elements) limit(`> ${caps.elements} elements`);
      if (depth > caps.depth) limit(`depth > ${caps.depth}`);
    },
  };
};

const passOf = (part: string, reading: XmlReading, before: number): Pass => {
  const { namespaces, handler, caps = XML_CAPS } = reading;
  const parser = new SaxesParser<{ xmlns: false; position: false }>({
    xmlns: false,
    position: false,
  });
  const guard = guardOf(part, caps, before);
  const names: NameScopes = nameScopes(namespaces);
  const openNames: string[] = [];
  const heard = (text: string): void => {
    if (guard.stopped() === null) handler.text?.(text);
  };
  parser.on('doctype', () => guard.halt(refusal('FORBIDDEN_XML')));
  parser.on('error', () => guard.halt(refusal('DAMAGED', part)));
  parser.on('attribute', guard.attribute);
  parser.on('opentag', ({ name, attributes }) => {
    guard.element(openNames.length + 1);
    if (guard.stopped() !== null) return;
    if (!names.enter(attributes)) return guard.limit('namespaces');
    const known = names.element(name);
    openNames.push(known);
    handler.open(known, (wanted) => attributes[names.attribute(wanted)]);
  });
  parser.on('closetag', () => {
    if (guard.stopped() !== null) return;
    const name = openNames.pop();
    if (name !== undefined) handler.close?.(name);
    names.leave();
  });
  parser.on('text', heard);
  parser.on('cdata', heard);
  return {
    elements: guard.elements,
    write: (text) => {
      if (guard.stopped() === null) parser.write(text);
      return guard.stopped() ?? reading.stop?.() ?? null;
    },
    end: () => {
      if (guard.stopped() === null) parser.close();
      return guard.stopped();
    },
  };
};

const charsetOf = (first: Uint8Array): string => {
  if (first[0] === 0xff && first[1] === 0xfe) return 'utf-16le';
  return first[0] === 0xfe && first[1] === 0xff ? 'utf-16be' : 'utf-8';
};

/** Decodes strictly: null where the bytes are not in the charset that they start in. */
const strictDecoder = () => {
  let decoder: InstanceType<typeof TextDecoder> | null = null;
  return (piece: Uint8Array | null): string | null => {
    decoder ??= new TextDecoder(piece === null ? 'utf-8' : charsetOf(piece), { fatal: true });
    try {
      return piece === null ? decoder.decode() : decoder.decode(piece, { stream: true });
    } catch {
      return null;
    }
  };
};

/** Many small parts cost as much as a big one. */
const elementsSoFar = new WeakMap<ZipParts, number>();

/**
 * Refuses like the zip does, and with FORBIDDEN_XML for a DOCTYPE (so no entity is ever defined), STRUCTURE_LIMIT over a
 * bound, DAMAGED where the part is not well-formed UTF-8 or UTF-16 XML. Gives the number of bytes read.
 */
export const readXml = (
  zip: ZipParts,
  part: string,
  reading: XmlReading,
): Result<number, Refusal> => {
  const pass = passOf(part, reading, elementsSoFar.get(zip) ?? 0);
  const decode = strictDecoder();
  const write = (piece: Uint8Array | null): Refusal | null => {
    const text = decode(piece);
    return text === null ? refusal('DAMAGED', part) : pass.write(text);
  };
  const streamed = zip.stream(part, write);
  elementsSoFar.set(zip, pass.elements());
  if (!streamed.ok) return streamed;
  const stop = write(null) ?? pass.end();
  return stop === null ? accept(streamed.value) : refuse(stop);
};
