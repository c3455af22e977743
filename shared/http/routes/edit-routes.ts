/** An office edits the words by which its tasks and categories are told apart. */
import * as z from 'zod';
import { catalogueEditsSchema } from '../../domain/catalogue-edits.ts';
import { candidateSchema } from '../../domain/release.ts';
import { editCatalogue, editCatalogueByFile } from '../../usecases/edit-catalogue.ts';
import { route } from '../route.ts';
import { cataloguePath, FILE_REFUSALS } from './catalogue-routes.ts';

const edits = {
  method: 'POST',
  tag: 'catalogues',
  roles: ['lead', 'operator'],
  params: cataloguePath,
  status: 201,
  response: candidateSchema,
} as const;

export const editRoutes = [
  route({
    ...edits,
    operationId: 'editCatalogue',
    path: '/v1/catalogues/{catalogueId}/{version}/edits',
    summary:
      '修改任务与类别的范围、典型材料、不属于；成为新版本，检验后才可启用 / Edit scope, evidence and not-this: a new version, judged before it is in force',
    query: z.strictObject({}),
    takes: 'json',
    body: catalogueEditsSchema,
    refusals: ['BAD_REQUEST', 'NO_SUCH_CATALOGUE', 'NO_SUCH_CODE', 'STALE_REVISION'],
    answer: ({ services, person, params, body }) =>
      editCatalogue(services, { ...params, edits: body, actor: person.subject }),
  }),
  route({
    ...edits,
    operationId: 'editCatalogueByFile',
    path: '/v1/catalogues/{catalogueId}/{version}/edits/file',
    summary:
      '同上，用表格文件（代码、范围、典型材料、不属于） / The same from a sheet with these columns',
    query: z.strictObject({ fileName: z.string().min(1).max(255) }),
    takes: 'bytes',
    body: z.instanceof(Uint8Array),
    refusals: [
      ...FILE_REFUSALS,
      'BAD_REQUEST',
      'NO_SUCH_CATALOGUE',
      'NO_SUCH_CODE',
      'STALE_REVISION',
      'TABLE_NO_HEADER',
    ],
    answer: ({ services, person, params, query: { fileName }, body }) =>
      editCatalogueByFile(services, { ...params, bytes: body, fileName, actor: person.subject }),
  }),
];
