/** The OpenAPI 3.1 document, made from the contract. */
import * as z from 'zod';
import { SOFTWARE_VERSION } from '../domain/software.ts';
import { contract } from './contract.ts';
import { problemSchema, statusOf } from './problem.ts';
import type { Route } from './route.ts';

const jsonSchema = (schema: z.ZodType, io: 'input' | 'output'): Record<string, unknown> => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
};

const parametersIn = (place: 'path' | 'query', schema: z.ZodType): readonly unknown[] => {
  const { properties = {}, required = [] } = z
    .object({
      properties: z.record(z.string(), z.unknown()).optional(),
      required: z.array(z.string()).optional(),
    })
    .parse(jsonSchema(schema, 'input'));
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }));
};

const bodyOf = ({ takes, body }: Route): Record<string, unknown> => {
  if (takes === 'nothing') return {};
  const content =
    takes === 'bytes'
      ? { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } }
      : { 'application/json': { schema: jsonSchema(body, 'input') } };
  return { requestBody: { required: true, content } };
};

const refusalsOf = ({ refusals }: Route): Record<string, unknown> => {
  const every = ['NOT_SIGNED_IN', 'NOT_ALLOWED', ...refusals] as const;
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

const operationOf = (one: Route): Record<string, unknown> => ({
  operationId: one.operationId,
  tags: [one.tag],
  summary: one.summary,
  description: `Roles: ${one.roles.join(', ')}`,
  security: [{ bearer: [] }],
  parameters: [...parametersIn('path', one.params), ...parametersIn('query', one.query)],
  ...bodyOf(one),
  responses: {
    [String(one.status)]: {
      description: 'OK',
      content: { 'application/json': { schema: jsonSchema(one.response, 'output') } },
    },
    ...refusalsOf(one),
  },
});

export const openApiDocument = (): Record<string, unknown> => {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const one of contract) {
    const known = paths[one.path] ?? {};
    paths[one.path] = { ...known, [one.method.toLowerCase()]: operationOf(one) };
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
      schemas: { Problem: jsonSchema(problemSchema, 'output') },
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    },
  };
};
