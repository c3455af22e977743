/** Looks at what a store does to its table. */
import { type DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';

/** Every key in the table: only tests may scan. */
export const keysIn = async (client: DynamoDBClient, TableName: string): Promise<string[]> => {
  const keys: string[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    const ExclusiveStartKey = from as never;
    const page = await client.send(new ScanCommand({ TableName, ExclusiveStartKey }));
    for (const found of page.Items ?? []) {
      const { pk, sk } = unmarshall(found);
      keys.push(`${pk} / ${sk}`);
    }
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
  return keys.sort();
};

/** Names of the commands that the client sends from now on. */
export const commandsOf = (client: DynamoDBClient): string[] => {
  const names: string[] = [];
  client.middlewareStack.add(
    (nextStep, context) => (args) => {
      names.push(String(context.commandName));
      return nextStep(args);
    },
    { step: 'initialize' },
  );
  return names;
};
