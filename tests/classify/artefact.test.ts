import { expect, test } from 'vitest';
import { artefactSchema, defaultArtefact, handArtefact } from '../../shared/classify/artefact.ts';

test.each([
  ['learnt', defaultArtefact],
  ['set by hand', handArtefact],
])(
  'the artefact %s that ships is whole, though nothing checks it when a function starts',
  (_, artefact) => {
    expect(artefactSchema.parse(artefact)).toEqual(artefact);
  },
);
