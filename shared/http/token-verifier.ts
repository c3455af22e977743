/** Verifies bearer tokens: of any OIDC issuer in an account, of the machine's own key on a laptop. Fails closed. */
import {
  createRemoteJWKSet,
  errors,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwtVerify,
  SignJWT,
} from 'jose';
import { refusal } from '../domain/refusal.ts';
import { accept, refuse } from '../domain/result.ts';
import { type Role, rolesIn, type Verifier } from './person.ts';

interface TokenRules {
  readonly issuer: string;
  readonly audience: string;
  readonly rolesClaim: string;
  readonly algorithms: readonly string[];
}

const CLOCK_TOLERANCE_SECONDS = 5;

const personOf = (payload: JWTPayload, rolesClaim: string) => {
  const roles = rolesIn(payload[rolesClaim]);
  if (payload.sub === undefined || payload.sub === '')
    return refuse(refusal('NOT_SIGNED_IN', 'no subject'));
  return accept({ subject: payload.sub, roles });
};

const verifier =
  (
    key: JWTVerifyGetKey | Uint8Array,
    { issuer, audience, rolesClaim, algorithms }: TokenRules,
  ): Verifier =>
  async (token) => {
    const options = {
      issuer,
      audience,
      algorithms: [...algorithms],
      requiredClaims: ['exp', 'sub'],
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
    };
    try {
      const { payload } = await (key instanceof Uint8Array
        ? jwtVerify(token, key, options)
        : jwtVerify(token, key, options));
      return personOf(payload, rolesClaim);
    } catch (error) {
      if (error instanceof errors.JOSEError) return refuse(refusal('NOT_SIGNED_IN', error.code));
      throw new Error('The keys of the token issuer cannot be read', { cause: error });
    }
  };

/** Keys are fetched from the issuer's JWKS address and rotate with it. */
export const oidcVerifier = (
  rules: Omit<TokenRules, 'algorithms'> & { readonly jwksUrl: URL },
): Verifier =>
  verifier(createRemoteJWKSet(rules.jwksUrl), {
    ...rules,
    algorithms: ['RS256', 'PS256', 'ES256'],
  });

const LOCAL: TokenRules = {
  issuer: 'gongkai-local',
  audience: 'gongkai',
  rolesClaim: 'roles',
  algorithms: ['HS256'],
};

/** `key` at least 32 bytes, made on first start and kept on the machine. */
export const localVerifier = (key: Uint8Array): Verifier => verifier(key, LOCAL);

/** A token of eight hours for one person on this machine. */
export const localToken = (
  key: Uint8Array,
  subject: string,
  roles: readonly Role[],
): Promise<string> =>
  new SignJWT({ roles })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(LOCAL.issuer)
    .setAudience(LOCAL.audience)
    .setSubject(subject)
    .setIssuedAt()
    .setExpirationTime('8h')
    .sign(key);
