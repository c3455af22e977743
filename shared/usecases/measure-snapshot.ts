/** Reads the texts of a snapshot and turns each into numbers, a few at a time, so that long histories fit into memory. */
import { type MeasuredRow, type Measuring, measure } from '../classify/train/measure.ts';
import type { Snapshot, SnapshotRow } from '../domain/model.ts';
import { recognise } from '../gongwen/recognise.ts';
import type { Capabilities } from '../ports.ts';

type Needs = Pick<Capabilities, 'texts'>;

/** Texts on their way at once: enough that a distant store is not waited for, few enough for memory. */
const AT_ONCE = 16;

/** Of longer histories every so many documents teach how sure categories are. */
const MOST_CATEGORIES = 2000;

const measureRow = async (
  { texts }: Needs,
  row: SnapshotRow,
  measuring: Measuring,
): Promise<MeasuredRow> => {
  const { documentId, textSha256 } = row;
  const text = await texts.read(documentId, textSha256);
  if (text === null) throw new Error('No text of a reviewed document', { cause: { documentId } });
  return measure({ ...row, document: { text, elements: recognise(text) } }, measuring);
};

/** In the order of the snapshot. What a text says of itself is read anew, so that the rows and the software alone decide. */
export const measureSnapshot = async (
  needs: Needs,
  { rows }: Snapshot,
  measuring: Omit<Measuring, 'categories'>,
): Promise<readonly MeasuredRow[]> => {
  const every = Math.ceil(rows.length / MOST_CATEGORIES);
  const measured: MeasuredRow[] = [];
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    const batch = rows.slice(from, from + AT_ONCE);
    const done = await Promise.all(
      batch.map((row, at) =>
        measureRow(needs, row, { ...measuring, categories: (from + at) % every === 0 }),
      ),
    );
    measured.push(...done);
  }
  return measured;
};
