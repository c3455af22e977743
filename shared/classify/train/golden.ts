/** The golden part of an office's reviews: fixed by the document's id, never trained on, so that every model can be judged on it. */

/** One document in this many. */
const GOLDEN_EVERY = 10;

/** FNV-1a over UTF-16 code units with a last mix, as an unsigned 32-bit number. */
const hashOf = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1)
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  const mixed = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (mixed ^ (mixed >>> 13)) >>> 0;
};

/** About one document in ten; the same answer for an id for ever. */
export const isGolden = (documentId: string): boolean => hashOf(documentId) % GOLDEN_EVERY === 0;
