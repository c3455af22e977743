/** Reads a stream whole, but never past a limit. */

export interface Chunks extends AsyncIterable<Uint8Array> {
  destroy(): unknown;
}

/** The bytes; null, with the stream let go, as soon as there are more than `limit`. */
export const boundedBytes = async (chunks: Chunks, limit: number): Promise<Uint8Array | null> => {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of chunks) {
    bytes += part.length;
    if (bytes > limit) {
      chunks.destroy();
      return null;
    }
    parts.push(part);
  }
  return Buffer.concat(parts);
};
