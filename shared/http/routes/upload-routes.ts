/** Sending files. */
import * as z from 'zod';
import { MAX_FILE_BYTES } from '../../domain/limits.ts';
import { requestUpload } from '../../usecases/request-upload.ts';
import { route } from '../route.ts';

const nothing = z.strictObject({});

export const uploadRoutes = [
  route({
    operationId: 'requestUpload',
    method: 'POST',
    path: '/v1/uploads',
    tag: 'uploads',
    summary:
      '申请上传：返回限定大小和类型的上传地址 / Ask for a place to send one file, bound to its size and type',
    roles: ['uploader', 'reviewer', 'lead', 'operator'],
    params: nothing,
    query: nothing,
    takes: 'json',
    body: z.object({
      fileName: z.string().min(1).max(255),
      bytes: z.int().min(0),
      contentType: z.string().regex(/^[\w.+-]{1,80}\/[\w.+-]{1,120}$/u),
    }),
    status: 201,
    response: z
      .object({
        method: z.literal('PUT'),
        url: z.string(),
        headers: z.record(z.string(), z.string()),
        key: z.string(),
        expiresAt: z.string(),
      })
      .meta({ description: `At most ${MAX_FILE_BYTES} bytes` }),
    refusals: ['BAD_REQUEST', 'BAD_KEY', 'EMPTY_FILE', 'TOO_LARGE'],
    answer: ({ services, body }) => requestUpload(services, body),
  }),
];
