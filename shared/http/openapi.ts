/** The OpenAPI 3.1 document, made from the contract. */
import * as z from 'zod';
import { catalogueSchema } from '../domain/catalogue.ts';
import { documentEventSchema, documentSchema, storedTagSchema } from '../domain/document.ts';
import { documentSummarySchema } from '../domain/document-summary.ts';
import { elementsSchema } from '../domain/elements.ts';
import {
  categoryExplanationSchema,
  explanationSchema,
  matchSchema,
  sentenceSchema,
  taskExplanationSchema,
  weighedRuleSchema,
  weighedSentenceSchema,
} from '../domain/explanation.ts';
import { reasonSchema } from '../domain/refusal.ts';
import { SOFTWARE_VERSION } from '../domain/software.ts';
import { quoteSchema } from '../domain/text.ts';
import { contract } from './contract.ts';
import { problemSchema, statusOf } from './problem.ts';
import { type Route, refusalsOf } from './route.ts';

/** Shapes that several routes share stand once, under their names. */
const named = z.registry<{ id: string }>();
named.add(documentSchema, { id: 'Document' });
named.add(storedTagSchema, { id: 'Tag' });
named.add(elementsSchema, { id: 'Elements' });
named.add(quoteSchema, { id: 'Quote' });
named.add(reasonSchema, { id: 'Reason' });
named.add(documentEventSchema, { id: 'Event' });
named.add(catalogueSchema, { id: 'Catalogue' });
named.add(documentSummarySchema, { id: 'Summary' });
named.add(explanationSchema, { id: 'Explanation' });
named.add(taskExplanationSchema, { id: 'TaskExplanation' });
named.add(categoryExplanationSchema, { id: 'CategoryExplanation' });
named.add(sentenceSchema, { id: 'Sentence' });
named.add(weighedRuleSchema, { id: 'WeighedRule' });
named.add(weighedSentenceSchema, { id: 'WeighedSentence' });
named.add(matchSchema, { id: 'Match' });
named.add(problemSchema, { id: 'Problem' });

const pointed = (text: string): string => text.replaceAll('"#/$defs/', '"#/components/schemas/');

type Components = Record<string, unknown>;

const looseSchema = z.record(z.string(), z.unknown());

/** The schema of one place; what it shares is put among the components. */
const jsonSchema = (
  schema: z.ZodType,
  io: 'input' | 'output',
  components: Components,
): Record<string, unknown> => {
  const made = z.toJSONSchema(schema, { io, unrepresentable: 'any', metadata: named });
  const {
    $schema: _,
    $defs = {},
    id,
    ...rest
  } = looseSchema.parse(JSON.parse(pointed(JSON.stringify(made))));
  Object.assign(components, $defs);
  if (typeof id !== 'string') return rest;
  components[id] = rest;
  return { $ref: `#/components/schemas/${id}` };
};

const parametersIn = (place: 'path' | 'query', schema: z.ZodType): readonly unknown[] => {
  const { properties = {}, required = [] } = z
    .object({
      properties: z.record(z.string(), z.unknown()).optional(),
      required: z.array(z.string()).optional(),
    })
    .parse(jsonSchema(schema, 'input', {}));
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }));
};

const bodyOf = ({ takes, body }: Route, components: Components): Record<string, unknown> => {
  if (takes === 'nothing') return {};
  const content =
    takes === 'bytes'
      ? { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } }
      : { 'application/json': { schema: jsonSchema(body, 'input', components) } };
  return { requestBody: { required: true, content } };
};

const refusalResponses = (one: Route): Record<string, unknown> => {
  const every = refusalsOf(one);
  const statuses = [...new Set(every.map(statusOf))].sort((a, b) => a - b);
  return Object.fromEntries(
    statuses.map((status) => [
      String(status),
      {
        description: every.filter((kind) => statusOf(kind) === status).join(', '),
        content: {
          'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
        },
      },
    ]),
  );
};

const operationOf = (one: Route, components: Components): Record<string, unknown> => ({
  operationId: one.operationId,
  tags: [one.tag],
  summary: one.summary,
  description: `Roles: ${one.roles.join(', ')}`,
  security: [{ bearer: [] }],
  parameters: [...parametersIn('path', one.params), ...parametersIn('query', one.query)],
  ...bodyOf(one, components),
  responses: {
    [String(one.status)]: {
      description: 'OK',
      content: { 'application/json': { schema: jsonSchema(one.response, 'output', components) } },
    },
    ...refusalResponses(one),
  },
});

export const openApiDocument = (): Record<string, unknown> => {
  const components: Components = {};
  jsonSchema(problemSchema, 'output', components);
  const paths: Record<string, Record<string, unknown>> = {};
  for (const one of contract) {
    const known = paths[one.path] ?? {};
    paths[one.path] = { ...known, [one.method.toLowerCase()]: operationOf(one, components) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'gongkai 公开',
      version: SOFTWARE_VERSION,
      description: '政务公开审核接口 / Review API',
    },
    paths,
    components: {
      schemas: components,
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    },
  };
};
