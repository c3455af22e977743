/** The environment of each function as one schema; infra reads it as a type, so that a forgotten variable does not compile. */
import * as z from 'zod';

const storage = { TABLE_NAME: z.string().min(1), TEXT_BUCKET: z.string().min(3) };

const queues = { CLASSIFY_QUEUE_URL: z.url(), SCAN_QUEUE_URL: z.url() };

export const extractEnvironment = z.object({ ...storage, ...queues });

export const scanEnvironment = z.object({ ...storage, CLASSIFY_QUEUE_URL: z.url() });

export const classifyEnvironment = z.object(storage);

export const trainEnvironment = z.object(storage);

export const reviewEnvironment = z.object({
  ...storage,
  UPLOAD_BUCKET: z.string().min(3),
  ...queues,
  LEARNING_QUEUE_URL: z.url(),
  /** Issuer and audience of the identity provider whose tokens are accepted. */
  OIDC_ISSUER: z.url(),
  OIDC_AUDIENCE: z.string().min(1),
  /** Where the provider publishes its keys. */
  OIDC_JWKS: z.url(),
  /** Name of the claim that holds the roles uploader, reviewer, lead, operator. */
  ROLES_CLAIM: z.string().min(1),
  /** Signs page tokens; at least 32 characters. */
  PAGE_TOKEN_KEY: z.string().min(32),
});

export type ExtractEnvironment = z.infer<typeof extractEnvironment>;
export type ScanEnvironment = z.infer<typeof scanEnvironment>;
export type ClassifyEnvironment = z.infer<typeof classifyEnvironment>;
export type TrainEnvironment = z.infer<typeof trainEnvironment>;
export type ReviewEnvironment = z.infer<typeof reviewEnvironment>;

/** Throws with every fault listed: a function with a wrong environment does not start. */
export const readEnvironment = <T>(
  schema: z.ZodType<T>,
  variables: Readonly<Record<string, string | undefined>>,
): T => {
  const parsed = schema.safeParse(variables);
  if (parsed.success) return parsed.data;
  throw new Error(`The environment is incomplete: ${z.prettifyError(parsed.error)}`);
};
