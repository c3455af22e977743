/** Limits that people and operators are told of. */

/** Largest file that is read, in bytes. */
export const MAX_FILE_BYTES = 50 * 2 ** 20;

/** Tags on one record, rejected ones included: every store writes them with the record in one transaction. */
export const MAX_TAGS = 20;
