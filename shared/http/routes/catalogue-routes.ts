/** Task tables, the disclosure scheme and the ledger. */
import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { disclosureScheme } from '../../catalogue/disclosure-scheme.ts';
import { donghu2021 } from '../../catalogue/donghu-2021.ts';
import { catalogueSchema } from '../../domain/catalogue.ts';
import { refusal } from '../../domain/refusal.ts';
import { accept, refuse } from '../../domain/result.ts';
import { schemeSchema } from '../../domain/scheme.ts';
import { warningSchema } from '../../domain/text.ts';
import { activateCatalogue } from '../../usecases/activate-catalogue.ts';
import { activeCatalogue, findCatalogue } from '../../usecases/active-catalogue.ts';
import { countLedger } from '../../usecases/count-ledger.ts';
import { proposeVersion } from '../../usecases/edit-catalogue.ts';
import { importCatalogue } from '../../usecases/import-catalogue.ts';
import { activeRelease } from '../../usecases/release-in-force.ts';
import { route } from '../route.ts';

const nothing = z.strictObject({});
const everyone = ['uploader', 'reviewer', 'lead', 'operator'] as const;
export const cataloguePath = z.object({
  catalogueId: z.string().regex(/^[a-z][a-z0-9-]{1,39}$/u),
  version: z.coerce.number().int().min(1).max(1_000_000),
});
/** How reading a file of a task table or of edits can end. */
export const FILE_REFUSALS = [
  'EMPTY_FILE',
  'UNKNOWN_FORMAT',
  'FORMAT_NOT_YET_READ',
  'CONTAINER',
  'ARCHIVE_NOT_OPENED',
  'ENCRYPTED',
  'DAMAGED',
  'ARCHIVE_LIMIT',
  'FORBIDDEN_XML',
  'STRUCTURE_LIMIT',
  'TOO_MANY_PAGES',
  'TEXT_TOO_LONG',
  'NO_PAGES',
  'NO_TEXT_LAYER',
  'GARBLED_TEXT',
  'NO_TEXT',
  'UNKNOWN_CHARSET',
  'BROKEN_UNICODE',
  'TIME_LIMIT',
  'MEMORY_LIMIT',
  'SECRET_MARK',
] as const;

const nameOf = ({ catalogueId, version }: z.infer<typeof cataloguePath>): string =>
  `${catalogueId} ${version}`;

export const catalogueRoutes = [
  route({
    operationId: 'listCatalogues',
    method: 'GET',
    path: '/v1/catalogues',
    tag: 'catalogues',
    summary: '全部任务表与当前启用的一张 / All catalogues and the active one',
    roles: everyone,
    params: nothing,
    query: nothing,
    takes: 'nothing',
    body: z.null(),
    status: 200,
    response: z.object({
      active: z.object({ catalogueId: z.string(), version: z.int() }),
      rows: z.array(z.object({ catalogueId: z.string(), version: z.int(), title: z.string() })),
    }),
    refusals: [],
    answer: async ({ services }) => {
      const { catalogueId, version } = await activeCatalogue(services);
      const stored = await services.catalogues.list();
      const ships = {
        catalogueId: donghu2021.catalogueId,
        version: donghu2021.version,
        title: donghu2021.title,
      };
      const known = stored.some(
        (row) => row.catalogueId === ships.catalogueId && row.version === ships.version,
      );
      return accept({
        active: { catalogueId, version },
        rows: known ? stored : [ships, ...stored],
      });
    },
  }),
  route({
    operationId: 'getCatalogue',
    method: 'GET',
    path: '/v1/catalogues/{catalogueId}/{version}',
    tag: 'catalogues',
    summary: '一张任务表 / One catalogue',
    roles: everyone,
    params: cataloguePath,
    query: nothing,
    takes: 'nothing',
    body: z.null(),
    status: 200,
    response: catalogueSchema,
    refusals: ['BAD_REQUEST', 'NO_SUCH_CATALOGUE'],
    answer: async ({ services, params }) => {
      const found = await findCatalogue(services, params.catalogueId, params.version);
      return found === null ? refuse(refusal('NO_SUCH_CATALOGUE', nameOf(params))) : accept(found);
    },
  }),
  route({
    operationId: 'importCatalogue',
    method: 'POST',
    path: '/v1/catalogues/import',
    tag: 'catalogues',
    summary:
      '读取任务分解表文件，返回草稿供核对，不保存 / Read a task table file into a draft to confirm; nothing is stored',
    roles: ['lead', 'operator'],
    params: nothing,
    query: z.strictObject({
      fileName: z.string().min(1).max(255),
      catalogueId: cataloguePath.shape.catalogueId.optional(),
    }),
    takes: 'bytes',
    body: z.instanceof(Uint8Array),
    status: 200,
    response: z.object({
      catalogue: catalogueSchema,
      warnings: z.array(warningSchema),
      rows: z.array(z.unknown()),
    }),
    refusals: [
      'BAD_REQUEST',
      ...FILE_REFUSALS,
      'TABLE_EMPTY',
      'TABLE_NO_HEADER',
      'TABLE_DUPLICATE_NUMBER',
      'TABLE_DOUBTFUL',
      'TABLE_WRONG_KIND',
    ],
    answer: ({ services, query: { fileName, catalogueId }, body }) =>
      importCatalogue(services, {
        bytes: body,
        fileName,
        ...(catalogueId === undefined ? {} : { catalogueId }),
      }),
  }),
  route({
    operationId: 'saveCatalogue',
    method: 'PUT',
    path: '/v1/catalogues/{catalogueId}/{version}',
    tag: 'catalogues',
    summary:
      '保存核对过的任务表（同一版本不可改写）/ Save a confirmed catalogue; a version is never overwritten',
    roles: ['lead', 'operator'],
    params: cataloguePath,
    query: nothing,
    takes: 'json',
    body: catalogueSchema,
    status: 201,
    response: catalogueSchema,
    refusals: ['BAD_REQUEST', 'STALE_REVISION'],
    answer: async ({ services, person, params, body }) => {
      const same = body.catalogueId === params.catalogueId && body.version === params.version;
      if (!same) return refuse(refusal('BAD_REQUEST', 'path and body name different catalogues'));
      const codes = new Set(body.tasks.map(({ code }) => code));
      const ours = body.tasks.every(({ code }) => code.startsWith(`${body.catalogueId}:`));
      if (codes.size !== body.tasks.length || !ours)
        return refuse(refusal('BAD_REQUEST', 'body.tasks: codes'));
      const known = await findCatalogue(services, params.catalogueId, params.version);
      if (known !== null && !isDeepStrictEqual(known, body))
        return refuse(refusal('STALE_REVISION', nameOf(params)));
      const saved = await services.catalogues.save(body);
      if (!saved.ok) return saved;
      services.log.write('CATALOGUE_SAVED', params);
      const inForce = await activeRelease(services);
      if (inForce.catalogueId === body.catalogueId && inForce.version !== body.version)
        await proposeVersion(services, body, person.subject);
      return accept(body);
    },
  }),
  route({
    operationId: 'activateCatalogue',
    method: 'POST',
    path: '/v1/catalogues/{catalogueId}/{version}/activation',
    tag: 'catalogues',
    summary:
      '启用：此后收到的文件按这张表标注 / Activate: documents received from now on are tagged against it',
    roles: ['lead', 'operator'],
    params: cataloguePath,
    query: nothing,
    takes: 'nothing',
    body: z.null(),
    status: 200,
    response: cataloguePath,
    refusals: ['BAD_REQUEST', 'NO_SUCH_CATALOGUE', 'STALE_REVISION', 'GATE_CLOSED'],
    answer: async ({ services, params, person }) => {
      const activated = await activateCatalogue(services, { ...params, actor: person.subject });
      return activated.ok ? accept(params) : activated;
    },
  }),
  route({
    operationId: 'getScheme',
    method: 'GET',
    path: '/v1/scheme',
    tag: 'catalogues',
    summary:
      '公开类别、属性、理由与形态代码 / Disclosure categories, attributes, grounds and forms',
    roles: everyone,
    params: nothing,
    query: nothing,
    takes: 'nothing',
    body: z.null(),
    status: 200,
    response: schemeSchema,
    refusals: [],
    answer: async () => accept(disclosureScheme),
  }),
  route({
    operationId: 'getLedger',
    method: 'GET',
    path: '/v1/ledger',
    tag: 'ledger',
    summary:
      '台账：每项任务的待审、已采纳、已否决件数，零件任务也列出 / Counts per task, tasks without evidence included',
    roles: ['reviewer', 'lead', 'operator'],
    params: nothing,
    query: nothing,
    takes: 'nothing',
    body: z.null(),
    status: 200,
    response: z.object({
      catalogueId: z.string(),
      version: z.int(),
      rows: z.array(
        z.object({
          code: z.string(),
          shortCode: z.string(),
          number: z.int(),
          title: z.string(),
          leadUnits: z.array(z.string()),
          responsibleUnits: z.array(z.string()),
          proposed: z.int(),
          accepted: z.int(),
          rejected: z.int(),
          newest: z.string().nullable(),
        }),
      ),
    }),
    refusals: [],
    answer: async ({ services }) => accept(await countLedger(services)),
  }),
];
