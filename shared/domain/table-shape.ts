/** Keys and indexes of the one table, so that what deploys it and what reads it name the same. All keys are strings. */

export const TABLE_SHAPE = {
  partitionKey: 'pk',
  sortKey: 'sk',
  indexes: [
    /** Documents by state: STATE#<state>#<shard> / <risk>#<received>#<id>. */
    { name: 'byState', partitionKey: 'gsi1pk', sortKey: 'gsi1sk', nonKeyAttributes: ['summary'] },
    /** Listed tags by code: CODE#<scheme>#<code> / <received>#<id>. */
    { name: 'byCode', partitionKey: 'gsi2pk', sortKey: 'gsi2sk', nonKeyAttributes: ['summary'] },
  ],
} as const;
