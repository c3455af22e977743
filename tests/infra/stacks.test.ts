import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { TABLE_SHAPE } from '../../shared/domain/table-shape.ts';
import {
  classifyEnvironment,
  extractEnvironment,
  reviewEnvironment,
  scanEnvironment,
  trainEnvironment,
} from '../../shared/environment.ts';
import { rightsOf } from './rights.ts';
import { type Deployed, deployed, ofType, type Resource, type Where } from './stacks.ts';

const PLACES: readonly Where[] = [
  { architecture: 'arm64' },
  { architecture: 'arm64', region: 'cn-north-1' },
  { architecture: 'x86_64', region: 'cn-north-1' },
];

/** The beginning of the logical id, and what it reads of its environment. */
const FUNCTIONS = {
  ExtractText: extractEnvironment,
  ReadScan: scanEnvironment,
  ClassifyDocument: classifyEnvironment,
  ReviewReviewApi: reviewEnvironment,
  TrainModel: trainEnvironment,
} as const;
type FunctionName = keyof typeof FUNCTIONS;
const NAMES: readonly FunctionName[] = [
  'ExtractText',
  'ReadScan',
  'ClassifyDocument',
  'ReviewReviewApi',
  'TrainModel',
];

const OWN_LOG = (name: string) => [
  `logs:CreateLogStream on ${name}Logs`,
  `logs:PutLogEvents on ${name}Logs`,
];
const TRACES = ['xray:PutTelemetryRecords on *', 'xray:PutTraceSegments on *'];
const taking = (queue: string) =>
  [
    'ChangeMessageVisibility',
    'DeleteMessage',
    'GetQueueAttributes',
    'GetQueueUrl',
    'ReceiveMessage',
  ].map((action) => `sqs:${action} on ${queue}`);
const ROWS = ['BatchGetItem', 'DeleteItem', 'PutItem', 'Query', 'UpdateItem'].map(
  (action) => `dynamodb:${action} on Table`,
);
const ORIGINALS = [
  's3:GetObject on Uploads/*',
  's3:GetObjectVersion on Uploads/*',
  's3:ListBucket on Uploads',
];

const RIGHTS: Readonly<Record<FunctionName, readonly string[]>> = {
  ExtractText: [
    ...ROWS,
    ...ORIGINALS,
    's3:PutObject on Uploads/expanded/*',
    's3:PutObject on Texts/texts/*',
    'sqs:SendMessage on Classify',
    'sqs:SendMessage on Scan',
    ...taking('Intake'),
  ],
  ReadScan: [
    ...ROWS,
    ...ORIGINALS,
    's3:PutObject on Texts/texts/*',
    'sqs:SendMessage on Classify',
    ...taking('Scan'),
  ],
  ClassifyDocument: [
    ...ROWS,
    's3:GetObject on Texts/texts/*',
    's3:GetObject on Texts/models/*',
    's3:ListBucket on Texts',
    ...taking('Classify'),
  ],
  TrainModel: [
    ...ROWS,
    's3:GetObject on Texts/texts/*',
    's3:GetObject on Texts/models/*',
    's3:PutObject on Texts/models/*',
    's3:ListBucket on Texts',
    ...taking('Learning'),
  ],
  ReviewReviewApi: [
    ...ROWS,
    'dynamodb:ConditionCheckItem on Table',
    'dynamodb:Query on Table/index/*',
    ...ORIGINALS,
    's3:PutObject on Uploads/uploads/*',
    's3:PutObject on Uploads/expanded/*',
    's3:GetObject on Texts/texts/*',
    's3:ListBucket on Texts',
    's3:PutObject on Texts/texts/*',
    's3:GetObject on Texts/models/*',
    'sqs:SendMessage on Classify',
    'sqs:SendMessage on Scan',
    'sqs:SendMessage on Learning',
  ],
};

const functionSchema = z.object({
  Timeout: z.number(),
  Runtime: z.string(),
  Handler: z.string(),
  Architectures: z.array(z.string()),
  Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }),
  Role: z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.literal('Arn')]) }),
});

const functionOf = (all: Deployed, name: FunctionName) => {
  const found = ofType(all, 'AWS::Lambda::Function').filter(({ id }) => id.startsWith(name));
  expect(found).toHaveLength(1);
  return functionSchema.parse(found[0]?.Properties);
};

const retained = ({ UpdateReplacePolicy, DeletionPolicy }: Resource): boolean =>
  UpdateReplacePolicy === 'Retain' && DeletionPolicy === 'Retain';

/** Every string in a value, keys left out. */
const stringsIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(stringsIn);
};

const alarmsOf = (all: Deployed): readonly string[] =>
  ofType(all, 'AWS::CloudWatch::Alarm').map(({ Properties }) =>
    z.string().parse(Properties['AlarmDescription']),
  );

describe.each(PLACES)('for $architecture in $region', (where) => {
  const all = deployed(where);
  const denials = (statements: unknown) =>
    z
      .array(z.object({ Effect: z.string(), Action: z.unknown(), Condition: z.unknown() }))
      .parse(statements)
      .filter(({ Effect }) => Effect === 'Deny');
  const NO_TLS = { Bool: { 'aws:SecureTransport': 'false' } };

  test('buckets keep every version, encrypted, are closed to the public and outlive the stack', () => {
    const buckets = ofType(all, 'AWS::S3::Bucket');
    expect(buckets.map(({ id }) => id.slice(0, 6)).sort()).toEqual(['TextsB', 'Upload']);
    for (const bucket of buckets) {
      expect(retained(bucket)).toBe(true);
      expect(bucket.Properties).toMatchObject({
        VersioningConfiguration: { Status: 'Enabled' },
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [
            { ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } },
          ],
        },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      });
    }
  });

  test('buckets and queues refuse whoever comes without TLS', () => {
    const policies = ['AWS::S3::BucketPolicy', 'AWS::SQS::QueuePolicy'].flatMap((type) =>
      ofType(all, type),
    );
    expect(policies).toHaveLength(10);
    for (const { Properties } of policies) {
      const { Statement } = z
        .object({ Statement: z.unknown() })
        .parse(Properties['PolicyDocument']);
      expect(denials(Statement).map(({ Condition }) => Condition)).toContainEqual(NO_TLS);
    }
  });

  test('the bucket of uploads tells the intake queue, and only buckets of this account may', () => {
    const [uploads] = ofType(all, 'AWS::S3::Bucket').filter(({ id }) => id.startsWith('Uploads'));
    const queue = { 'Fn::GetAtt': [expect.stringMatching(/^IntakeQueue/u), 'Arn'] };
    expect(uploads?.Properties['NotificationConfiguration']).toEqual({
      QueueConfigurations: [{ Event: 's3:ObjectCreated:*', Queue: queue }],
    });
    const allowed = ofType(all, 'AWS::SQS::QueuePolicy').flatMap(({ Properties }) =>
      z
        .object({ Statement: z.array(z.object({ Effect: z.string() }).loose()) })
        .parse(Properties['PolicyDocument'])
        .Statement.filter(({ Effect }) => Effect === 'Allow'),
    );
    expect(allowed).toEqual([
      {
        Effect: 'Allow',
        Action: 'sqs:SendMessage',
        Principal: { Service: 's3.amazonaws.com' },
        Resource: queue,
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      },
    ]);
  });

  test.each([
    ['Intake', 'ExtractText'],
    ['Scan', 'ReadScan'],
    ['Classify', 'ClassifyDocument'],
    ['Learning', 'TrainModel'],
  ] as const)(
    '%s gives way to dead letters and waits six times as long as %s may run',
    (id, step) => {
      const [queue] = ofType(all, 'AWS::SQS::Queue').filter((one) =>
        one.id.startsWith(`${id}Queue`),
      );
      const { Timeout } = functionOf(all, step);
      expect(queue?.Properties['VisibilityTimeout']).toBeGreaterThanOrEqual(Timeout * 6);
      expect(queue?.Properties).toMatchObject({
        SqsManagedSseEnabled: true,
        MessageRetentionPeriod: 14 * 86_400,
        RedrivePolicy: {
          maxReceiveCount: 5,
          deadLetterTargetArn: {
            'Fn::GetAtt': [expect.stringMatching(new RegExp(`^${id}DeadLetters`, 'u')), 'Arn'],
          },
        },
      });
    },
  );

  test('a failed message of a batch comes again alone', () => {
    const mappings = ofType(all, 'AWS::Lambda::EventSourceMapping');
    expect(mappings).toHaveLength(4);
    for (const { Properties } of mappings)
      expect(Properties['FunctionResponseTypes']).toEqual(['ReportBatchItemFailures']);
  });

  test('the table has the shape that the product reads, is paid by use, restorable and protected', () => {
    const [table, ...others] = ofType(all, 'AWS::DynamoDB::GlobalTable');
    expect(others).toEqual([]);
    const keys = ({ partitionKey, sortKey }: { partitionKey: string; sortKey: string }) => [
      { AttributeName: partitionKey, KeyType: 'HASH' },
      { AttributeName: sortKey, KeyType: 'RANGE' },
    ];
    expect(table !== undefined && retained(table)).toBe(true);
    expect(table?.Properties).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: keys(TABLE_SHAPE),
      SSESpecification: { SSEEnabled: true },
      Replicas: [
        {
          DeletionProtectionEnabled: true,
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        },
      ],
    });
    expect(table?.Properties['GlobalSecondaryIndexes']).toEqual(
      TABLE_SHAPE.indexes.map((index) => ({
        IndexName: index.name,
        KeySchema: keys(index),
        Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: [...index.nonKeyAttributes] },
      })),
    );
  });

  test.each(NAMES)('%s runs on Node 24 with exactly the environment that it reads', (name) => {
    const { Runtime, Architectures, Handler, Environment } = functionOf(all, name);
    expect({ Runtime, Architectures, Handler }).toEqual({
      Runtime: 'nodejs24.x',
      Architectures: [where.architecture],
      Handler: 'handler.handler',
    });
    expect(Object.keys(Environment.Variables).sort()).toEqual(
      Object.keys(FUNCTIONS[name].shape).sort(),
    );
  });

  test.each(NAMES)('%s may do what it does and nothing more', (name) => {
    const [roleId] = functionOf(all, name).Role['Fn::GetAtt'];
    const wanted = [...RIGHTS[name], ...OWN_LOG(name), ...TRACES].sort();
    expect(rightsOf(all, roleId)).toEqual(wanted);
  });

  test('roles carry no ready-made policies and are for functions alone', () => {
    const roles = ofType(all, 'AWS::IAM::Role');
    expect(roles).toHaveLength(NAMES.length);
    for (const { Properties } of roles) {
      expect(Object.keys(Properties).sort()).toEqual(['AssumeRolePolicyDocument', 'Tags']);
      expect(Properties['AssumeRolePolicyDocument']).toMatchObject({
        Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' } }],
      });
    }
  });

  test('the gateway asks for a token on every route but the three public ones', () => {
    const routes = ofType(all, 'AWS::ApiGatewayV2::Route').map(({ Properties }) => Properties);
    const open = routes.filter((route) => route['AuthorizationType'] !== 'JWT');
    expect(open.map((route) => route['RouteKey']).sort()).toEqual([
      'GET /docs',
      'GET /health',
      'GET /openapi.json',
    ]);
    expect(routes.length - open.length).toBe(3);
  });

  test('nothing names a partition, an endpoint or a region that the operator did not choose', () => {
    const principals = new Set(
      ['s3', 'lambda', 'apigateway'].map((service) => `${service}.amazonaws.com`),
    );
    const strings = all.templates.flatMap(stringsIn).filter((text) => !principals.has(text));
    expect(strings.length).toBeGreaterThan(500);
    const regions = strings.flatMap((text) => text.match(/\b[a-z]{2}(?:-[a-z]+)+-\d\b/gu) ?? []);
    expect([...new Set(regions)]).toEqual(where.region === undefined ? [] : [where.region]);
    expect(strings.filter((text) => /arn:aws|amazonaws\.com/u.test(text))).toEqual([]);
  });

  test('every log group is kept for half a year and outlives the stack', () => {
    const groups = ofType(all, 'AWS::Logs::LogGroup');
    expect(groups).toHaveLength(NAMES.length);
    for (const group of groups) {
      expect(group.Properties['RetentionInDays']).toBe(180);
      expect(retained(group)).toBe(true);
    }
  });
});

test('every alarm has its heading in the runbook, and every heading its alarm', () => {
  const [, alarms = ''] = readFileSync('docs/runbook.md', 'utf8').split('\n## Alarms\n');
  const [section = ''] = alarms.split('\n## ');
  const headings = [...section.matchAll(/^### (.+)$/gmu)].map(
    ([, name]) => `docs/runbook.md: ${name}`,
  );
  const found = alarmsOf(deployed({ architecture: 'arm64' }));
  expect([...headings].sort()).toEqual([...found].sort());
  expect(found).toHaveLength(14);
});
