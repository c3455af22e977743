/** Says all that the product would say of a file, without storing anything. */
import type { Equipped } from '../classify/artefact.ts';
import { classify } from '../classify/classify.ts';
import type { Catalogue } from '../domain/catalogue.ts';
import type { Classification } from '../domain/classification.ts';
import { MAX_FILE_BYTES, megabytes } from '../domain/limits.ts';
import { refusal } from '../domain/refusal.ts';
import type { Capabilities } from '../ports.ts';
import { aside, type Reading, readText, readUpload } from './read-upload.ts';

export type Analysis =
  | Extract<Reading, { kind: 'aside' }>
  | (Extract<Reading, { kind: 'read' }> & { readonly classification: Classification });

export interface Knowledge {
  readonly catalogue: Catalogue;
  readonly artefact: Equipped;
}

type Needs = Pick<Capabilities, 'reader'> & Knowledge;

const classified = (needs: Knowledge, reading: Reading): Analysis => {
  if (reading.kind === 'aside') return reading;
  const { text, elements, personal } = reading;
  const classification = classify({ text, elements, personal }, needs.catalogue, needs.artefact);
  return { ...reading, classification };
};

export const analyseFile = async (
  needs: Needs,
  bytes: Uint8Array,
  fileName: string,
): Promise<Analysis> => {
  if (bytes.byteLength === 0) return aside(refusal('EMPTY_FILE'));
  if (bytes.byteLength > MAX_FILE_BYTES)
    return aside(refusal('TOO_LARGE', megabytes(MAX_FILE_BYTES)));
  return classified(needs, await readUpload(needs, bytes, fileName));
};

/** One file, or one out of a container: `names` lead from the file that was given inwards. */
export interface Analysed {
  readonly names: readonly string[];
  /** null for an archive, which has no text of its own. */
  readonly analysis: Analysis | null;
}

/** A container is followed by what is in it, each at most two containers deep; what could not be taken out is refused by name. */
export const analyseAll = async (
  needs: Needs,
  bytes: Uint8Array,
  names: readonly string[],
): Promise<readonly Analysed[]> => {
  const analysis = await analyseFile(needs, bytes, names.at(-1) ?? '');
  if (analysis.kind !== 'aside' || analysis.refusal.kind !== 'CONTAINER')
    return [{ names, analysis }];
  const opened = await needs.reader.open(bytes, names.length - 1);
  if (!opened.ok) return [{ names, analysis: aside(opened.error) }];
  const { body, members, left } = opened.value;
  const own = body === null ? null : classified(needs, readText(body, names.at(-1) ?? ''));
  if (own?.kind === 'aside') return [{ names, analysis: own }];
  const inner: Analysed[] = [];
  for (const member of members)
    inner.push(...(await analyseAll(needs, member.bytes, [...names, member.name])));
  const missed = left.map(
    ({ name, why }): Analysed => ({ names: [...names, name], analysis: aside(refusal(why)) }),
  );
  return [{ names, analysis: own }, ...inner, ...missed];
};
