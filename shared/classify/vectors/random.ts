/** Numbers that look random and are the same for the same seed on every machine (xorshift, 32 bits, integers only). */
export interface Random {
  /** 0 … 2^32 − 1. */
  next(): number;
}

export const randomOf = (seed: number): Random => {
  let state = (seed ^ 0x9e3779b9) >>> 0 || 1;
  return {
    next: () => {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      state >>>= 0;
      return state;
    },
  };
};
