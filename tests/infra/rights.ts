/** Reads IAM policies of a template as short lines: `dynamodb:Query on Table/index/*`. */
import * as z from 'zod';
import { type Deployed, ofType } from './stacks.ts';

const HASH = /[0-9A-F]{8}$/u;
const kindOf = (logicalId: string): string =>
  logicalId.replace(HASH, '').replace(/(?<=.)(?:Bucket|Queue)$/u, '');

const named = (name: unknown): string => {
  const text = z.string().parse(name);
  return kindOf(/FnGetAtt(?<id>\w+?[0-9A-F]{8})Arn/u.exec(text)?.groups?.['id'] ?? text);
};

const resourceSchema = z.union([
  z.string(),
  z.object({ 'Fn::ImportValue': z.string() }).transform((value) => named(value['Fn::ImportValue'])),
  z
    .object({ 'Fn::GetAtt': z.tuple([z.string(), z.literal('Arn')]) })
    .transform((value) => kindOf(value['Fn::GetAtt'][0])),
]);

const joinedSchema = z
  .object({ 'Fn::Join': z.tuple([z.string(), z.array(resourceSchema)]) })
  .transform(({ 'Fn::Join': [glue, parts] }) => parts.join(glue));

const oneOrMore = <T extends z.ZodType>(schema: T) =>
  z.union([z.array(schema), schema.transform((one) => [one])]);

const statementSchema = z.object({
  Effect: z.literal('Allow'),
  Action: oneOrMore(z.string()),
  Resource: oneOrMore(z.union([joinedSchema, resourceSchema])),
});

const policySchema = z.object({
  Roles: z.array(z.object({ Ref: z.string() })),
  PolicyDocument: z.object({ Statement: z.array(statementSchema) }),
});

/** Every right of the role, sorted. Throws on a policy of any other shape: then this reader does not see it all. */
export const rightsOf = (all: Deployed, roleId: string): readonly string[] =>
  ofType(all, 'AWS::IAM::Policy')
    .map(({ Properties }) => policySchema.parse(Properties))
    .filter(({ Roles }) => Roles.some(({ Ref }) => Ref === roleId))
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
    .flatMap(({ Action, Resource }) =>
      Action.flatMap((action) => Resource.map((resource) => `${action} on ${resource}`)),
    )
    .sort();
