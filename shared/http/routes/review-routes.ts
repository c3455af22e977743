/** Reviewing: the queue, the decision, running a document again. */
import * as z from 'zod';
import { decisionSchema, documentSchema } from '../../domain/document.ts';
import { documentSummarySchema } from '../../domain/document-summary.ts';
import { accept, refuse } from '../../domain/result.ts';
import { decideDocument } from '../../usecases/decide-document.ts';
import { findDocuments } from '../../usecases/find-documents.ts';
import { maskedRecord } from '../../usecases/mask-document.ts';
import { rerunDocument } from '../../usecases/rerun-document.ts';
import { undoDecision } from '../../usecases/undo-decision.ts';
import { paged, pageOf, pageQuery } from '../pages.ts';
import { route } from '../route.ts';
import { documentPath } from './document-routes.ts';

const nothing = z.strictObject({});

export const reviewRoutes = [
  route({
    operationId: 'listQueue',
    method: 'GET',
    path: '/v1/queue',
    tag: 'review',
    summary: '待审核队列：拿不准和有风险提示的在前 / The review queue: unsure and flagged first',
    roles: ['reviewer', 'lead'],
    params: nothing,
    query: pageQuery,
    takes: 'nothing',
    body: z.null(),
    status: 200,
    response: pageOf(documentSummarySchema),
    refusals: ['BAD_REQUEST', 'BAD_PAGE_TOKEN'],
    answer: ({ services, query }) =>
      paged({ ...services, list: 'queue', query }, (page) =>
        findDocuments(services, { by: 'state', state: 'proposed' }, page),
      ),
  }),
  route({
    operationId: 'decideDocument',
    method: 'POST',
    path: '/v1/documents/{documentId}/decision',
    tag: 'review',
    summary:
      '一次决定全部标签；须带看到的 revision / Decide all tags at once, guarded by the revision that was seen',
    roles: ['reviewer', 'lead'],
    params: documentPath,
    query: nothing,
    takes: 'json',
    body: decisionSchema,
    status: 200,
    response: documentSchema,
    refusals: [
      'BAD_REQUEST',
      'NO_SUCH_DOCUMENT',
      'STALE_REVISION',
      'WRONG_STATE',
      'NO_SUCH_CODE',
      'QUOTE_MISMATCH',
    ],
    answer: async ({ services, person, params: { documentId }, body }) => {
      const decided = await decideDocument(services, {
        documentId,
        decision: body,
        reviewer: person.subject,
      });
      return decided.ok ? accept(maskedRecord(decided.value)) : refuse(decided.error);
    },
  }),
  route({
    operationId: 'undoDecision',
    method: 'POST',
    path: '/v1/documents/{documentId}/undo',
    tag: 'review',
    summary:
      '撤销最近一次审核决定：标签恢复原状，学习时不再计入 / Take back the newest decision: tags stand as before, learning forgets it',
    roles: ['reviewer', 'lead'],
    params: documentPath,
    query: nothing,
    takes: 'json',
    body: z.strictObject({ revision: z.int().min(1), note: z.string().max(2000) }),
    status: 200,
    response: documentSchema,
    refusals: [
      'BAD_REQUEST',
      'NO_SUCH_DOCUMENT',
      'STALE_REVISION',
      'WRONG_STATE',
      'NOTHING_TO_UNDO',
    ],
    answer: async ({ services, person, params: { documentId }, body }) => {
      const request = { documentId, ...body, reviewer: person.subject };
      const undone = await undoDecision(services, request);
      return undone.ok ? accept(maskedRecord(undone.value)) : refuse(undone.error);
    },
  }),
  route({
    operationId: 'rerunDocument',
    method: 'POST',
    path: '/v1/documents/{documentId}/rerun',
    tag: 'review',
    summary:
      '重新读取被退回或待识别的文件 / Read a document again that was refused or waits for OCR',
    roles: ['lead', 'operator'],
    params: documentPath,
    query: nothing,
    takes: 'nothing',
    body: z.null(),
    status: 200,
    response: documentSchema,
    refusals: ['BAD_REQUEST', 'NO_SUCH_DOCUMENT', 'STALE_REVISION', 'WRONG_STATE'],
    answer: async ({ services, person, params }) => {
      const rerun = await rerunDocument(services, params.documentId, person.subject);
      return rerun.ok ? accept(maskedRecord(rerun.value)) : rerun;
    },
  }),
];
