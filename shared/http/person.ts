/** Who is asking, and what each role may do. */
import type { Refusal } from '../domain/refusal.ts';
import type { Result } from '../domain/result.ts';

export const ROLES = ['uploader', 'reviewer', 'lead', 'operator'] as const;
export type Role = (typeof ROLES)[number];

export interface Person {
  /** Stands as actor in the audit. */
  readonly subject: string;
  readonly roles: readonly Role[];
}

/** Tells who a bearer token belongs to; refuses with NOT_SIGNED_IN on any doubt. */
export type Verifier = (token: string) => Promise<Result<Person, Refusal>>;

const ROLE_NAMES: ReadonlySet<string> = new Set(ROLES);

const isRole = (name: string): name is Role => ROLE_NAMES.has(name);

/** Roles out of a claim that is a list or a string of names; unknown names give nothing. */
export const rolesIn = (claim: unknown): readonly Role[] => {
  const names = Array.isArray(claim)
    ? claim
    : typeof claim === 'string'
      ? claim.split(/[\s,]+/u)
      : [];
  return [...new Set(names.filter((name) => typeof name === 'string').filter(isRole))];
};
