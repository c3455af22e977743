/** Page tokens: an opaque position in one list, signed so that nobody can point it elsewhere. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { type Refusal, refusal } from '../domain/refusal.ts';
import { accept, type Result, refuse } from '../domain/result.ts';

export interface PageTokens {
  /** null at the end of a list stays null. */
  seal(list: string, position: string | null): string | null;
  /** null asks for the first page. Refuses with BAD_PAGE_TOKEN where the token is not ours or of another list. */
  open(list: string, token: string | null): Result<string | null, Refusal>;
}

export const pageTokens = (key: string): PageTokens => {
  const mark = (list: string, body: string): Buffer =>
    createHmac('sha256', key).update(`${list}\n${body}`).digest();
  return {
    seal: (list, position) => {
      if (position === null) return null;
      const body = Buffer.from(position, 'utf8').toString('base64url');
      return `${body}.${mark(list, body).toString('base64url')}`;
    },
    open: (list, token) => {
      if (token === null) return accept(null);
      const [body = '', signature = ''] = token.split('.');
      const given = Buffer.from(signature, 'base64url');
      const due = mark(list, body);
      const ours = given.length === due.length && timingSafeEqual(given, due);
      return ours
        ? accept(Buffer.from(body, 'base64url').toString('utf8'))
        : refuse(refusal('BAD_PAGE_TOKEN'));
    },
  };
};
