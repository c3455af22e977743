/** `gongkai catalogue words` and `gongkai catalogue edit`: the words of the active catalogue as a sheet, out and in again. */
import { basename } from 'node:path';
import { editSheet } from '../../shared/catalogue/read-edits.ts';
import { editCatalogueByFile } from '../../shared/usecases/edit-catalogue.ts';
import { judgeRelease } from '../../shared/usecases/judge-release.ts';
import { releaseInForce } from '../../shared/usecases/release-in-force.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { localActor, tellRefusal, withHome } from './open-home.ts';

import { readPath } from './read-path.ts';
import { candidateText } from './release-command.ts';
import { spreadsheetCsv } from './spreadsheet-csv.ts';

export const writeWords = (home: string | undefined): Promise<ExitCode> =>
  withHome(home, async (services) => {
    const { catalogue } = await releaseInForce(services);
    process.stdout.write(spreadsheetCsv(editSheet(catalogue), true));
    return EXIT.fine;
  });

/** The new version is judged at once and waits; `gongkai release promote` puts it in force. */
export const editByFile = async (
  path: string,
  { home, json }: { readonly home: string | undefined; readonly json: boolean },
): Promise<ExitCode> => {
  const bytes = await readPath(path);
  if (!bytes.ok) return tellRefusal(bytes.error, json);
  return withHome(home, async (services) => {
    const { catalogue } = await releaseInForce(services);
    const edited = await editCatalogueByFile(services, {
      catalogueId: catalogue.catalogueId,
      version: catalogue.version,
      bytes: bytes.value,
      fileName: basename(path),
      actor: localActor(),
    });
    if (!edited.ok) return tellRefusal(edited.error, json);
    const judged = await judgeRelease(services, edited.value.releaseId);
    if (!judged.ok) return tellRefusal(judged.error, json);
    const text = json ? JSON.stringify(judged.value) : candidateText(judged.value);
    process.stdout.write(`${text}\n`);
    return EXIT.fine;
  });
};
