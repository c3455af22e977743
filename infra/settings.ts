/** What an operator chooses for a deployment; everything has a safe default but the identity provider. */
import * as z from 'zod';

/** Given as `-c name=value` or under "context" in cdk.json. */
const settingsSchema = z.object({
  /** Empty: the template fits any region of any partition. */
  region: z
    .string()
    .regex(/^[a-z]{2}(?:-[a-z]+)+-\d$/u)
    .optional(),
  architecture: z.enum(['arm64', 'x86_64']).default('arm64'),
  /** Issuer and audience of the OIDC provider that signs the people in. */
  oidcIssuer: z.url({ protocol: /^https$/u }).default('https://issuer.invalid'),
  oidcAudience: z.string().min(1).default('gongkai'),
  /** Where the provider publishes its keys; its well-known place unless given. */
  oidcJwks: z.url({ protocol: /^https$/u }).optional(),
  rolesClaim: z.string().min(1).default('roles'),
  logDays: z.coerce.number().int().min(1).default(180),
});

export type Settings = z.infer<typeof settingsSchema>;

/** Throws with every fault listed. */
export const readSettings = (context: (name: string) => unknown): Settings => {
  const given = Object.fromEntries(
    Object.keys(settingsSchema.shape).map((name) => [name, context(name) ?? undefined]),
  );
  const parsed = settingsSchema.safeParse(given);
  if (!parsed.success) throw new Error(`Deployment settings: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
};
