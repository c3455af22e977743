/** What may be the key of an upload, and the file name that people see of it. */

/** S3 allows 1,024 bytes of UTF-8. */
const LONGEST_KEY_BYTES = 1024;

const CONTROL = /[\u0000-\u001f\u007f]/u;

/** Why a key is not allowed, in a few words that hold no part of it; null where it is. */
export const keyProblem = (key: string): string | null => {
  if (key === '') return 'empty';
  if (!key.isWellFormed()) return 'unpaired surrogates';
  if (new TextEncoder().encode(key).length > LONGEST_KEY_BYTES) return 'over 1024 bytes';
  if (CONTROL.test(key)) return 'control characters';
  if (key.includes('\\')) return 'backslash';
  if (key.startsWith('/')) return 'absolute path';
  if (key.split('/').some((part) => part === '..' || part === '.')) return '. or .. in the path';
  return null;
};

/** The last part of the key, made safe to show. */
export const fileNameOf = (key: string): string => {
  const parts = key.toWellFormed().split(/[\\/]/u);
  return (parts.findLast((part) => part !== '') ?? '')
    .replace(/[\u0000-\u001f\u007f]/gu, '')
    .slice(-255);
};
