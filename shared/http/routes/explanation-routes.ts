/** Why a document got its tags and why not others. */
import * as z from 'zod';
import { explainDocument, explainedDocumentSchema } from '../../usecases/explain-document.ts';
import { route } from '../route.ts';
import { documentPath } from './document-routes.ts';

export const explanationRoutes = [
  route({
    operationId: 'getExplanation',
    method: 'GET',
    path: '/v1/documents/{documentId}/explanation',
    tag: 'documents',
    summary:
      '每个标签为什么提出、某项任务为什么没有提出 / Why each tag was proposed, and why a task that is named was not',
    roles: ['reviewer', 'lead'],
    params: documentPath,
    query: z.strictObject({ task: z.string().min(1).max(60).optional() }),
    takes: 'nothing',
    body: z.null(),
    status: 200,
    response: explainedDocumentSchema,
    refusals: [
      'BAD_REQUEST',
      'NO_SUCH_DOCUMENT',
      'WRONG_STATE',
      'NO_SUCH_CATALOGUE',
      'NO_SUCH_CODE',
    ],
    answer: ({ services, params: { documentId }, query: { task } }) =>
      explainDocument(services, { documentId, task }),
  }),
];
