/** Takes files in on one machine through the use cases of the Lambdas. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { currentRef, storeOriginal } from '../../shared/adapters/local/folder-objects.ts';
import type { DocumentRecord, State } from '../../shared/domain/document.ts';
import { keyProblem } from '../../shared/domain/object-key.ts';
import { type ExtractOutcome, extractDocument } from '../../shared/usecases/extract-document.ts';
import type { LocalServices } from './local-services.ts';

/** The file now lying under the key of a bucket folder; null where there is none. A key that is not allowed gets its refused record. */
export const receiveFile = async (
  services: LocalServices,
  bucket: string,
  key: string,
): Promise<ExtractOutcome | null> => {
  const isAllowed = keyProblem(key) === null;
  const ref = isAllowed
    ? await currentRef(services.home, { bucket, key })
    : { bucket, key, versionId: '' };
  return ref === null ? null : extractDocument(services, { ref, uploadedAt: services.clock.now() });
};

export const takeIn = async (
  services: LocalServices,
  bucket: string,
  key: string,
): Promise<DocumentRecord | null> => (await receiveFile(services, bucket, key))?.record ?? null;

/** A fixture is kept as an original first, so that it can be opened and read again like any upload. */
export const takeInFixture = async (
  services: LocalServices,
  path: string,
): Promise<DocumentRecord | null> => {
  const key = basename(path);
  const stored = await storeOriginal(
    services.home,
    { bucket: 'fixtures', key },
    await readFile(path),
  );
  if (!stored.ok)
    throw new Error(
      'A fixture changed since it was taken in; remove the local folder to start anew',
      { cause: stored.error },
    );
  return takeIn(services, 'fixtures', key);
};

const UNFINISHED: readonly State[] = ['received', 'extracted', 'scanning'];

/** What a stopped process left half-way goes on where it stood. */
export const resume = async (services: LocalServices): Promise<number> => {
  const ids: { readonly documentId: string; readonly state: State }[] = [];
  for (const state of UNFINISHED) {
    let after: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof services.documents.byState>> =
        await services.documents.byState(state, { limit: 100, after });
      ids.push(...page.rows.map(({ documentId }) => ({ documentId, state })));
      after = page.next;
    } while (after !== null);
  }
  for (const { documentId } of ids) {
    const record = await services.documents.get(documentId);
    if (record !== null)
      await extractDocument(services, { ref: record.source, uploadedAt: record.receivedAt });
  }
  return ids.length;
};
