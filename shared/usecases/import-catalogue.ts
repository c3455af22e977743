/** A task table in a file becomes a draft catalogue for a person to confirm; nothing is stored. */
import { parseTaskTable } from '../catalogue/parse-task-table.ts';
import { type Refusal, refusal } from '../domain/refusal.ts';
import type { Result } from '../domain/result.ts';
import { refuse } from '../domain/result.ts';
import type { Capabilities } from '../ports.ts';
import { sha256Of } from './document-identity.ts';
import { readUpload } from './read-upload.ts';

type Draft = ReturnType<typeof parseTaskTable>;

/** Refuses as extraction does, or with TABLE_EMPTY, TABLE_NO_HEADER, TABLE_DUPLICATE_NUMBER, TABLE_DOUBTFUL, TABLE_WRONG_KIND. */
export const importCatalogue = async (
  { reader }: Pick<Capabilities, 'reader'>,
  {
    bytes,
    fileName,
    catalogueId,
  }: { readonly bytes: Uint8Array; readonly fileName: string; readonly catalogueId?: string },
): Promise<Draft | Result<never, Refusal>> => {
  const reading = await readUpload({ reader }, bytes, fileName);
  if (reading.kind === 'aside') return refuse(reading.refusal);
  const { text, elements } = reading;
  const summed = text.warnings.find(({ code }) => code === 'W_ROWS_SUMMARISED');
  if (summed !== undefined)
    return refuse(
      refusal(
        'TABLE_DOUBTFUL',
        `行数过多，只读到摘要 / too many rows, summed up: ${summed.detail}`,
      ),
    );
  const year = elements.documentNumber?.value.year ?? elements.date?.value.slice(0, 4) ?? 'x';
  return parseTaskTable(text, {
    catalogueId: catalogueId ?? `table-${year}-${sha256Of(text.text).slice(0, 6)}`,
    version: 1,
    fileName,
    elements,
  });
};
