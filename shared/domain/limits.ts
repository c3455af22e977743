/** Limits that people and operators are told of. */

/** Largest file that is read, in bytes. */
export const MAX_FILE_BYTES = 50 * 2 ** 20;

/** Tags on one record, rejected ones included: every store writes them with the record in one transaction (DynamoDB: 100 items). */
export const MAX_TAGS = 20;

/** Search words of one record, in the same transaction. */
export const MAX_WORDS = 40;

/** 50 MB: what an officer reads of a bound in bytes. */
export const megabytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MB`;
