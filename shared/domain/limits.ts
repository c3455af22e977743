/** Limits that people and operators are told of. */

/** Largest file that is read, in bytes. */
export const MAX_FILE_BYTES = 50 * 2 ** 20;
