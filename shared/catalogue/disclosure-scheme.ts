/** Disclosure categories C/E/P, attributes A, grounds N and document forms F, each with the article it rests on. */
import { SCHEME_KINDS, type Scheme, type SchemeCode } from '../domain/scheme.ts';
import scheme from './disclosure-scheme.json' with { type: 'json' };

const kindOf = (written: string): SchemeCode['kind'] => {
  const kind = SCHEME_KINDS.find((known) => known === written);
  if (kind === undefined) throw new Error(`Unknown kind of scheme code: ${written}`);
  return kind;
};

export const disclosureScheme: Scheme = {
  version: scheme.version,
  codes: scheme.codes.map((code) => ({ ...code, kind: kindOf(code.kind) })),
};
