/** Lists documents by state, by code or by search words; the cost does not grow with the number stored. */

import { disclosureScheme } from '../catalogue/disclosure-scheme.ts';
import type { State } from '../domain/document.ts';
import type { DocumentSummary } from '../domain/document-summary.ts';
import { type Refusal, refusal } from '../domain/refusal.ts';
import { accept, type Result, refuse } from '../domain/result.ts';
import type { Capabilities, Page, PageRequest } from '../ports.ts';
import { activeCatalogue } from './active-catalogue.ts';
import { maskedSummary } from './mask-document.ts';

export type Filter =
  | { readonly by: 'state'; readonly state: State }
  | { readonly by: 'task'; readonly code: string }
  | { readonly by: 'category'; readonly code: string }
  | { readonly by: 'words'; readonly phrase: string };

type Needs = Pick<Capabilities, 'documents' | 'catalogues' | 'releases' | 'words'>;

/** Rows as they may be shown. Refuses with NO_SUCH_CODE, or BAD_REQUEST where a phrase holds no word to look for. */
export const findDocuments = async (
  needs: Needs,
  filter: Filter,
  page: PageRequest,
): Promise<Result<Page<DocumentSummary>, Refusal>> => {
  const found = await find(needs, filter, page);
  if (!found.ok) return found;
  return accept({ rows: found.value.rows.map(maskedSummary), next: found.value.next });
};

const find = async (
  needs: Needs,
  filter: Filter,
  page: PageRequest,
): Promise<Result<Page<DocumentSummary>, Refusal>> => {
  switch (filter.by) {
    case 'state':
      return accept(await needs.documents.byState(filter.state, page));
    case 'task':
      return byTask(needs, filter.code, page);
    case 'category': {
      const known = disclosureScheme.codes.some(
        ({ code, kind }) => code === filter.code && 'CEP'.includes(kind),
      );
      if (!known) return refuse(refusal('NO_SUCH_CODE', filter.code.slice(0, 40)));
      return accept(await needs.documents.byCode('category', filter.code, page));
    }
    case 'words':
      return byWords(needs, filter.phrase, page);
  }
};

const byTask = async (
  needs: Needs,
  code: string,
  page: PageRequest,
): Promise<Result<Page<DocumentSummary>, Refusal>> => {
  const { catalogueId, tasks } = await activeCatalogue(needs);
  const full = code.includes(':') ? code : `${catalogueId}:${code}`;
  const known = tasks.some((task) => task.code === full) || full.split(':')[0] !== catalogueId;
  return known
    ? accept(await needs.documents.byCode('task', full, page))
    : refuse(refusal('NO_SUCH_CODE', code.slice(0, 40)));
};

/** Pages run over the most telling (longest) word; the other words must stand in the title or number of what it finds. */
const byWords = async (
  { documents, words }: Needs,
  phrase: string,
  page: PageRequest,
): Promise<Result<Page<DocumentSummary>, Refusal>> => {
  const parts = [...(await words.words(phrase))].sort((a, b) => b.length - a.length);
  const lead = parts[0];
  if (lead === undefined) return refuse(refusal('BAD_REQUEST', 'words'));
  const found = await documents.byWord(lead, page);
  const rest = parts.slice(1);
  const fits = ({ title, documentNumber, fileName }: DocumentSummary): boolean => {
    const said = `${title ?? ''} ${documentNumber ?? ''} ${fileName}`;
    return rest.every((word) => said.includes(word));
  };
  return accept({ rows: found.rows.filter(fits), next: found.next });
};
