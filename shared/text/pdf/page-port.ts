/** Carries messages between the two halves of pdf.js in this one thread, without copying what pages hold. */
import type { Transferable } from 'node:worker_threads';

type Listener = (event: { readonly data: unknown }) => void;

/** What both halves of pdf.js expect of the port that they share; each hears everything and takes what is meant for it. */
export interface PagePort {
  postMessage(message: unknown, transfer?: Transferable[] | null): void;
  addEventListener(name: string, listener: Listener, options?: { signal?: AbortSignal }): void;
  removeEventListener(name: string, listener: Listener): void;
  terminate(): void;
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The sender empties its lists after it has sent them, but leaves what is in them alone. */
const withOwnLists = (chunk: Fields): Fields => {
  const own: Record<string, unknown> = { ...chunk };
  for (const [name, value] of Object.entries(chunk))
    if (Array.isArray(value)) own[name] = value.slice();
  return own;
};

/** Fonts, patterns and pictures made ready for drawing, sent without waiting for an answer: nobody draws here. */
const isForDrawing = ({ action, callbackId }: Fields): boolean =>
  (action === 'commonobj' || action === 'obj') && callbackId === undefined;

/** Made anew for each message, of names and numbers alone: "go on", "that was all". */
const isSignal = ({ stream, reason }: Fields): boolean =>
  stream !== undefined && reason === undefined;

/** What the receiver gets: null for what is of no use to it. Pieces of pages share their content with the sender. */
const delivered = (message: unknown, transfer: Transferable[] | null): unknown => {
  if (!isFields(message) || isForDrawing(message)) return null;
  const { chunk } = message;
  if (isFields(chunk)) return { ...message, chunk: withOwnLists(chunk) };
  if (isSignal(message)) return message;
  return structuredClone(message, transfer === null ? {} : { transfer });
};

/** A port as pdf.js makes for itself in Node, except that it copies a page's text and operators no more than it must. */
export const pagePort = (): PagePort => {
  const listeners = new Set<Listener>();
  const done = Promise.resolve();
  return {
    postMessage: (message, transfer = null) => {
      const data = delivered(message, transfer);
      if (data === null) return;
      void done.then(() => {
        for (const listener of listeners) listener({ data });
      });
    },
    addEventListener: (_, listener, { signal } = {}) => {
      if (signal?.aborted === true) return;
      listeners.add(listener);
      signal?.addEventListener('abort', () => listeners.delete(listener), { once: true });
    },
    removeEventListener: (_, listener) => {
      listeners.delete(listener);
    },
    terminate: () => listeners.clear(),
  };
};
