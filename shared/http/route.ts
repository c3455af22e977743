/** One route of the API as a value: what it takes, gives and refuses, and the use case behind it. */
import type * as z from 'zod';
import type { DocumentRecord } from '../domain/document.ts';
import { type Refusal, type RefusalKind, refusal } from '../domain/refusal.ts';
import { type Result, refuse } from '../domain/result.ts';
import type { Capabilities } from '../ports.ts';
import type { PageTokens } from './page-token.ts';
import type { Person, Role } from './person.ts';

export interface Services extends Capabilities {
  readonly pageTokens: PageTokens;
}

/** A refusal that also shows the record as it is now. */
export interface NotDone {
  readonly refusal: Refusal;
  readonly current: DocumentRecord | null;
}

export interface Call<P, Q, B> {
  readonly services: Services;
  readonly person: Person;
  readonly params: P;
  readonly query: Q;
  readonly body: B;
}

export interface RouteSpec<P, Q, B> {
  readonly operationId: string;
  readonly method: 'GET' | 'POST' | 'PUT';
  /** OpenAPI form: /v1/documents/{documentId}. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly roles: readonly Role[];
  readonly params: z.ZodType<P>;
  readonly query: z.ZodType<Q>;
  readonly takes: 'nothing' | 'json' | 'bytes';
  /** Of a Uint8Array where bytes are taken; `z.null()` where nothing is. */
  readonly body: z.ZodType<B>;
  readonly status: 200 | 201;
  readonly response: z.ZodType;
  readonly refusals: readonly RefusalKind[];
  readonly answer: (call: Call<P, Q, B>) => Promise<Result<unknown, Refusal | NotDone>>;
}

/** What the caller sent, not yet checked. */
export interface RawCall {
  readonly services: Services;
  readonly person: Person;
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
}

export interface Route
  extends Omit<RouteSpec<unknown, unknown, unknown>, 'answer' | 'params' | 'query' | 'body'> {
  readonly params: z.ZodType;
  readonly query: z.ZodType;
  readonly body: z.ZodType;
  readonly handle: (raw: RawCall) => Promise<Result<unknown, Refusal | NotDone>>;
}

/** Every kind a route can refuse with: its own, and those of the door before it. */
export const refusalsOf = ({ takes, refusals }: Route): readonly RefusalKind[] => [
  ...new Set<RefusalKind>([
    'NOT_SIGNED_IN',
    'NOT_ALLOWED',
    'BAD_REQUEST',
    ...(takes === 'nothing' ? [] : (['TOO_LARGE'] as const)),
    ...refusals,
  ]),
];

const LONGEST_COMPLAINT = 300;

/** Where the input went wrong, without repeating it. */
const complaint = (part: string, { issues }: z.ZodError): Refusal => {
  const places = issues.map(
    (issue) => `${part}${issue.path.map((step) => `.${String(step)}`).join('')}: ${issue.code}`,
  );
  return refusal('BAD_REQUEST', places.join('; ').slice(0, LONGEST_COMPLAINT));
};

/** Checks the input once; past it nothing re-checks. */
export const route = <P, Q, B>(spec: RouteSpec<P, Q, B>): Route => ({
  ...spec,
  handle: async (raw) => {
    const params = spec.params.safeParse(raw.params);
    if (!params.success) return refuse(complaint('path', params.error));
    const query = spec.query.safeParse(raw.query);
    if (!query.success) return refuse(complaint('query', query.error));
    const body = spec.body.safeParse(raw.body);
    if (!body.success) return refuse(complaint('body', body.error));
    const { services, person } = raw;
    return spec.answer({
      services,
      person,
      params: params.data,
      query: query.data,
      body: body.data,
    });
  },
});
