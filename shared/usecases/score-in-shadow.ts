/** While a release runs in shadow, every new document is scored by it too; only the difference is kept, and nobody is shown it. */
import { classify, type DocumentToClassify } from '../classify/classify.ts';
import type { Classification } from '../domain/classification.ts';
import type { Capabilities } from '../ports.ts';
import { loadRelease } from './release-in-force.ts';

type Needs = Pick<Capabilities, 'catalogues' | 'releases' | 'models' | 'clock' | 'log'>;

interface Scored {
  readonly documentId: string;
  readonly document: DocumentToClassify;
  /** What the release in force said. */
  readonly classification: Classification;
}

const codesOf = ({ tasks }: Classification): string[] => tasks.map(({ code }) => code);

/** A release that cannot be scored with is left out and logged: a trial must not hold up the documents. */
export const scoreInShadow = async (
  needs: Needs,
  { documentId, document, classification }: Scored,
): Promise<void> => {
  const standing = await needs.releases.standing();
  if (standing === null || standing.shadow === null) return;
  try {
    const { releaseId, catalogue, artefact } = await loadRelease(needs, standing.shadow);
    const said = classify(document, catalogue, artefact);
    await needs.releases.noteShadow(releaseId, {
      documentId,
      at: needs.clock.now(),
      active: codesOf(classification),
      shadow: codesOf(said),
    });
  } catch (error) {
    needs.log.write('SHADOW_FAILED', {
      documentId,
      error: error instanceof Error ? error.name : 'unknown',
    });
  }
};
