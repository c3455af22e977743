/** Says all that the product would say of a file, without storing anything. */
import type { Equipped } from '../classify/artefact.ts';
import { classify } from '../classify/classify.ts';
import type { Catalogue } from '../domain/catalogue.ts';
import type { Classification } from '../domain/classification.ts';
import { MAX_FILE_BYTES, megabytes } from '../domain/limits.ts';
import { refusal } from '../domain/refusal.ts';
import type { Capabilities } from '../ports.ts';
import { aside, type Reading, readUpload } from './read-upload.ts';

export type Analysis =
  | Extract<Reading, { kind: 'aside' }>
  | (Extract<Reading, { kind: 'read' }> & { readonly classification: Classification });

export interface Knowledge {
  readonly catalogue: Catalogue;
  readonly artefact: Equipped;
}

export const analyseFile = async (
  needs: Pick<Capabilities, 'reader'> & Knowledge,
  bytes: Uint8Array,
  fileName: string,
): Promise<Analysis> => {
  if (bytes.byteLength === 0) return aside(refusal('EMPTY_FILE'));
  if (bytes.byteLength > MAX_FILE_BYTES)
    return aside(refusal('TOO_LARGE', megabytes(MAX_FILE_BYTES)));
  const reading = await readUpload(needs, bytes, fileName);
  if (reading.kind === 'aside') return reading;
  const { text, elements, personal } = reading;
  return {
    ...reading,
    classification: classify({ text, elements, personal }, needs.catalogue, needs.artefact),
  };
};
