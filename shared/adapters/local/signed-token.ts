/** Tokens that only this installation can make and that say what they allow: base64url(JSON) and its HMAC-SHA256. */
import { createHmac, timingSafeEqual } from 'node:crypto';

const LEAST_SECRET_BYTES = 32;

const sign = (secret: Uint8Array, body: string): Buffer => {
  if (secret.length < LEAST_SECRET_BYTES)
    throw new RangeError(`A signing secret has at least ${LEAST_SECRET_BYTES} bytes`);
  return createHmac('sha256', secret).update(body).digest();
};

export const signedToken = (secret: Uint8Array, content: unknown): string => {
  const body = Buffer.from(JSON.stringify(content)).toString('base64url');
  return `${body}.${sign(secret, body).toString('base64url')}`;
};

/** What the token says; undefined where it is not ours. */
export const tokenContent = (secret: Uint8Array, token: string): unknown => {
  const [body = '', signature = '', ...rest] = token.split('.');
  const given = Buffer.from(signature, 'base64url');
  const due = sign(secret, body);
  if (rest.length > 0 || given.length !== due.length || !timingSafeEqual(given, due))
    return undefined;
  return JSON.parse(Buffer.from(body, 'base64url').toString());
};
