/** What is in force, what waits to be, and moving between them; learning on demand. */
import * as z from 'zod';
import { refusal } from '../../domain/refusal.ts';
import { candidateSchema, releaseSchema, standingReleaseSchema } from '../../domain/release.ts';
import { accept, refuse } from '../../domain/result.ts';
import { maskedMove } from '../../usecases/mask-document.ts';
import {
  endShadow,
  promoteRelease,
  rollBackRelease,
  shadowRelease,
  shadowReport,
  shadowReportSchema,
} from '../../usecases/move-release.ts';
import { activeRelease } from '../../usecases/release-in-force.ts';
import { reviewsSinceTraining } from '../../usecases/train-when-due.ts';
import type { Moved } from '../../usecases/write-move.ts';
import { paged, pageOf, pageQuery } from '../pages.ts';
import { route } from '../route.ts';

const nothing = z.strictObject({});
const leads = ['lead', 'operator'] as const;
const readers = ['reviewer', 'lead', 'operator'] as const;
const releasePath = z.object({
  releaseId: z.string().regex(/^[a-z][a-z0-9-]{1,39}\.\d{1,7}\.[A-Za-z0-9-]{1,80}$/u),
});
const cataloguePath = z.object({ catalogueId: releaseSchema.shape.catalogueId });
const why = z.string().trim().min(1).max(2000);

/** A move as its maker is shown it. */
const shown = async (move: Moved): Moved => {
  const made = await move;
  return made.ok ? accept(maskedMove(made.value)) : made;
};

const moved = {
  takes: 'json',
  status: 200,
  tag: 'releases',
  method: 'POST',
  roles: leads,
  query: nothing,
  response: standingReleaseSchema,
} as const;

export const releaseRoutes = [
  route({
    operationId: 'getStandingRelease',
    method: 'GET',
    path: '/v1/releases/standing',
    tag: 'releases',
    summary:
      '现行版本、试运行版本与上次变动 / What is in force, what runs in shadow, and the last move',
    roles: readers,
    params: nothing,
    query: nothing,
    takes: 'nothing',
    body: z.null(),
    status: 200,
    response: z.object({
      active: releaseSchema,
      /** null until the first move: then what ships is in force. */
      standing: standingReleaseSchema.nullable(),
    }),
    refusals: [],
    answer: async ({ services }) => {
      const standing = await services.releases.standing();
      return accept({
        active: await activeRelease(services),
        standing: standing && maskedMove(standing),
      });
    },
  }),
  route({
    operationId: 'listMoves',
    method: 'GET',
    path: '/v1/releases/moves',
    tag: 'releases',
    summary: '历次启用、试运行与回退，只增不改 / Every move of the pointer, append-only',
    roles: readers,
    params: nothing,
    query: pageQuery,
    takes: 'nothing',
    body: z.null(),
    status: 200,
    response: pageOf(standingReleaseSchema),
    refusals: ['BAD_REQUEST', 'BAD_PAGE_TOKEN'],
    answer: ({ services, query }) =>
      paged({ ...services, list: 'moves', query }, async (page) => {
        const { rows, next } = await services.releases.moves(page);
        return accept({ rows: rows.map(maskedMove), next });
      }),
  }),
  route({
    operationId: 'listReleases',
    method: 'GET',
    path: '/v1/releases',
    tag: 'releases',
    summary: '一张任务表的全部待启用与已启用版本 / All releases of one catalogue, newest first',
    roles: readers,
    params: nothing,
    query: pageQuery.extend(cataloguePath.shape),
    takes: 'nothing',
    body: z.null(),
    status: 200,
    response: pageOf(candidateSchema),
    refusals: ['BAD_REQUEST', 'BAD_PAGE_TOKEN'],
    answer: ({ services, query: { catalogueId, ...query } }) =>
      paged({ ...services, list: `releases ${catalogueId}`, query }, async (page) =>
        accept(await services.releases.candidates(catalogueId, page)),
      ),
  }),
  route({
    operationId: 'getRelease',
    method: 'GET',
    path: '/v1/releases/{releaseId}',
    tag: 'releases',
    summary:
      '一个版本的检验报告与试运行差异 / One release: the report of its checks and what its shadow run showed',
    roles: readers,
    params: releasePath,
    query: nothing,
    takes: 'nothing',
    body: z.null(),
    status: 200,
    response: z.object({ candidate: candidateSchema, shadow: shadowReportSchema }),
    refusals: ['BAD_REQUEST', 'NO_SUCH_RELEASE'],
    answer: async ({ services, params: { releaseId } }) => {
      const candidate = await services.releases.candidate(releaseId);
      if (candidate === null) return refuse(refusal('NO_SUCH_RELEASE', releaseId));
      return accept({ candidate, shadow: await shadowReport(services, releaseId) });
    },
  }),
  route({
    operationId: 'judgeRelease',
    method: 'POST',
    path: '/v1/releases/{releaseId}/judgement',
    tag: 'releases',
    summary: '重新检验；报告随后出现在该版本上 / Judge again; the report appears on the release',
    roles: leads,
    params: releasePath,
    query: nothing,
    takes: 'nothing',
    body: z.null(),
    status: 200,
    response: candidateSchema,
    refusals: ['BAD_REQUEST', 'NO_SUCH_RELEASE'],
    answer: async ({ services, params: { releaseId } }) => {
      const candidate = await services.releases.candidate(releaseId);
      if (candidate === null) return refuse(refusal('NO_SUCH_RELEASE', releaseId));
      await services.learningQueue.send({ kind: 'judge', releaseId });
      return accept(candidate);
    },
  }),
  route({
    ...moved,
    operationId: 'shadowRelease',
    path: '/v1/releases/{releaseId}/shadow',
    summary:
      '开始试运行：新收文件另打一遍，只记差异 / Run in shadow: score new uploads beside the active release',
    params: releasePath,
    body: z.strictObject({ why }),
    refusals: ['BAD_REQUEST', 'NO_SUCH_RELEASE', 'STALE_REVISION', 'GATE_CLOSED', 'WRONG_STATE'],
    answer: ({ services, person, params: { releaseId }, body }) =>
      shown(shadowRelease(services, { releaseId, actor: person.subject, why: body.why })),
  }),
  route({
    ...moved,
    operationId: 'endShadow',
    path: '/v1/releases/shadow/end',
    summary: '结束试运行 / End the shadow run',
    params: nothing,
    body: z.strictObject({ why }),
    refusals: ['BAD_REQUEST', 'STALE_REVISION', 'NO_SUCH_RELEASE', 'WRONG_STATE'],
    answer: ({ services, person, body }) =>
      shown(endShadow(services, { actor: person.subject, why: body.why })),
  }),
  route({
    ...moved,
    operationId: 'promoteRelease',
    path: '/v1/releases/{releaseId}/promotion',
    summary:
      '启用：检验通过且试运行足够；跳过试运行须写明理由 / Put in force what passed its checks; waiving the shadow run needs a reason',
    params: releasePath,
    body: z.strictObject({ why, waiveShadow: z.boolean().default(false) }),
    refusals: [
      'BAD_REQUEST',
      'NO_SUCH_RELEASE',
      'STALE_REVISION',
      'GATE_CLOSED',
      'SHADOW_TOO_SHORT',
      'WRONG_STATE',
      'NO_SUCH_CATALOGUE',
    ],
    answer: ({ services, person, params: { releaseId }, body }) =>
      shown(promoteRelease(services, { releaseId, actor: person.subject, ...body })),
  }),
  route({
    ...moved,
    operationId: 'rollBackRelease',
    path: '/v1/releases/roll-back',
    summary: '退回上一个启用过的版本 / Go back to the release that was in force before',
    params: nothing,
    body: z.strictObject({ why }),
    refusals: ['BAD_REQUEST', 'NO_SUCH_RELEASE', 'STALE_REVISION', 'NO_SUCH_CATALOGUE'],
    answer: ({ services, person, body }) =>
      shown(rollBackRelease(services, { actor: person.subject, why: body.why })),
  }),
  route({
    operationId: 'trainModel',
    method: 'POST',
    path: '/v1/catalogues/{catalogueId}/training',
    tag: 'releases',
    summary:
      '按审核记录学习；结果成为待启用版本 / Learn from the reviews; what comes of it waits as a candidate',
    roles: leads,
    params: cataloguePath,
    query: nothing,
    takes: 'nothing',
    body: z.null(),
    status: 200,
    response: z.object({ reviews: z.int(), sinceTraining: z.int() }),
    refusals: ['BAD_REQUEST', 'TOO_FEW_REVIEWS'],
    answer: async ({ services, person, params: { catalogueId } }) => {
      const reviews = await services.reviews.reviewCount(catalogueId);
      if (reviews === 0) return refuse(refusal('TOO_FEW_REVIEWS', '0'));
      const sinceTraining = await reviewsSinceTraining(services, catalogueId);
      await services.learningQueue.send({ kind: 'train', catalogueId, actor: person.subject });
      return accept({ reviews, sinceTraining });
    },
  }),
];
