/** Calls a function as an HTTP API does (payload format 2.0). */
import * as z from 'zod';
import type { LambdaProcess } from './lambda-process.ts';

export interface HttpCall {
  readonly method?: 'GET' | 'POST' | 'PUT';
  readonly token?: string;
  readonly body?: unknown;
}

const answerSchema = z.object({
  statusCode: z.int(),
  headers: z.record(z.string(), z.string()).optional(),
  body: z.string(),
  isBase64Encoded: z.boolean().optional(),
});

const eventOf = (path: string, { method = 'GET', token, body }: HttpCall) => {
  const [rawPath, rawQueryString = ''] = path.split('?');
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString,
    headers: {
      host: 'abc123.execute-api.us-east-1.example',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    requestContext: {
      accountId: '123456789012',
      apiId: 'abc123',
      domainName: 'abc123.execute-api.us-east-1.example',
      domainPrefix: 'abc123',
      http: { method, path: rawPath, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'x' },
      requestId: 'r1',
      routeKey: '$default',
      stage: '$default',
      time: '01/Jan/2026:00:00:00 +0000',
      timeEpoch: 1_767_225_600_000,
    },
    isBase64Encoded: false,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  };
};

export const callThroughGateway = async (
  lambda: LambdaProcess,
  path: string,
  call: HttpCall = {},
): Promise<{ readonly status: number; readonly json: unknown }> => {
  const answer = answerSchema.parse(await lambda.invoke(eventOf(path, call)));
  const text = answer.isBase64Encoded
    ? Buffer.from(answer.body, 'base64').toString('utf8')
    : answer.body;
  return { status: answer.statusCode, json: JSON.parse(text) };
};
