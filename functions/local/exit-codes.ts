/** What the command line ends with, so that scripts can tell refusals apart. */

export const EXIT = {
  fine: 0,
  fault: 1,
  usage: 2,
  refused: 10,
  scanning: 11,
  quarantined: 12,
  tableRefused: 20,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Thrown where the command line was called wrongly; its message is shown with the usage. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
