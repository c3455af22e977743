/** Looking at documents: lists, one record, its text with evidence, its original, its audit. */
import * as z from 'zod';
import { documentEventSchema, documentSchema, stateSchema } from '../../domain/document.ts';
import { documentSummarySchema } from '../../domain/document-summary.ts';
import { refusal } from '../../domain/refusal.ts';
import { refuse } from '../../domain/result.ts';
import { blockSchema, pageSchema, quoteSchema } from '../../domain/text.ts';
import { type Filter, findDocuments } from '../../usecases/find-documents.ts';
import { linkOriginal, showDocument, showEvents, showText } from '../../usecases/show-document.ts';
import { paged, pageOf, pageQuery } from '../pages.ts';
import { route } from '../route.ts';

const nothing = z.strictObject({});
export const documentPath = z.object({ documentId: z.string().regex(/^[0-9a-f]{32}$/u) });
const readers = ['reviewer', 'lead', 'operator'] as const;

const listQuery = pageQuery.extend({
  state: stateSchema.optional(),
  task: z.string().max(60).optional(),
  category: z.string().max(10).optional(),
  words: z.string().min(1).max(200).optional(),
});

const filterOf = ({ state, task, category, words }: z.infer<typeof listQuery>): Filter | null => {
  const given: Filter[] = [];
  if (state !== undefined) given.push({ by: 'state', state });
  if (task !== undefined) given.push({ by: 'task', code: task });
  if (category !== undefined) given.push({ by: 'category', code: category });
  if (words !== undefined) given.push({ by: 'words', phrase: words });
  return given.length > 1 ? null : (given[0] ?? { by: 'state', state: 'proposed' });
};

export const documentRoutes = [
  route({
    operationId: 'listDocuments',
    method: 'GET',
    path: '/v1/documents',
    tag: 'documents',
    summary:
      '按状态、任务、类别或关键词之一列出文件 / List documents by one of state, task, category or words',
    roles: readers,
    params: nothing,
    query: listQuery,
    takes: 'nothing',
    body: z.null(),
    status: 200,
    response: pageOf(documentSummarySchema),
    refusals: ['BAD_REQUEST', 'BAD_PAGE_TOKEN', 'NO_SUCH_CODE'],
    answer: async ({ services, query }) => {
      const filter = filterOf(query);
      if (filter === null)
        return refuse(refusal('BAD_REQUEST', 'one of state, task, category, words'));
      const list = `documents ${JSON.stringify(filter)}`;
      return paged({ ...services, list, query }, (page) => findDocuments(services, filter, page));
    },
  }),
  route({
    operationId: 'getDocument',
    method: 'GET',
    path: '/v1/documents/{documentId}',
    tag: 'documents',
    summary: '一份文件：要素、标签与依据 / One document: elements, tags and their quotes',
    roles: readers,
    params: documentPath,
    query: nothing,
    takes: 'nothing',
    body: z.null(),
    status: 200,
    response: documentSchema,
    refusals: ['BAD_REQUEST', 'NO_SUCH_DOCUMENT'],
    answer: ({ services, params }) => showDocument(services, params.documentId),
  }),
  route({
    operationId: 'getText',
    method: 'GET',
    path: '/v1/documents/{documentId}/text',
    tag: 'documents',
    summary:
      '正文与核对过的依据，个人信息已遮盖 / The text with its quotes checked again, personal data masked',
    roles: ['reviewer', 'lead'],
    params: documentPath,
    query: nothing,
    takes: 'nothing',
    body: z.null(),
    status: 200,
    response: z.object({
      textSha256: z.string(),
      text: z.string(),
      blocks: z.array(blockSchema),
      pages: z.array(pageSchema),
      evidence: z.array(
        quoteSchema.extend({
          scheme: z.enum(['task', 'category']),
          code: z.string(),
          holds: z.boolean(),
        }),
      ),
    }),
    refusals: ['BAD_REQUEST', 'NO_SUCH_DOCUMENT', 'WRONG_STATE'],
    answer: ({ services, params }) => showText(services, params.documentId),
  }),
  route({
    operationId: 'getOriginal',
    method: 'GET',
    path: '/v1/documents/{documentId}/original',
    tag: 'documents',
    summary:
      '原件的短时链接；已隔离或尚未筛查的文件没有 / A short-lived link to the original; none for files quarantined or not screened yet',
    roles: ['reviewer', 'lead'],
    params: documentPath,
    query: nothing,
    takes: 'nothing',
    body: z.null(),
    status: 200,
    response: z.object({ url: z.string() }),
    refusals: ['BAD_REQUEST', 'NO_SUCH_DOCUMENT', 'WRONG_STATE'],
    answer: ({ services, params }) => linkOriginal(services, params.documentId),
  }),
  route({
    operationId: 'listEvents',
    method: 'GET',
    path: '/v1/documents/{documentId}/events',
    tag: 'documents',
    summary: '这份文件的全部变更记录，只增不改 / The append-only audit of one document',
    roles: readers,
    params: documentPath,
    query: pageQuery,
    takes: 'nothing',
    body: z.null(),
    status: 200,
    response: pageOf(documentEventSchema),
    refusals: ['BAD_REQUEST', 'BAD_PAGE_TOKEN', 'NO_SUCH_DOCUMENT'],
    answer: ({ services, params: { documentId }, query }) =>
      paged({ ...services, list: `events ${documentId}`, query }, (page) =>
        showEvents(services, documentId, page),
      ),
  }),
];
