/** The review API behind an HTTP API: tokens are checked at the gateway and again in the app. */
import type { Duration } from 'aws-cdk-lib';
import { HttpApi, HttpMethod, HttpNoneAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { ReviewEnvironment } from '../../shared/environment.ts';
import type { Bundle } from '../bundle-functions.ts';
import type { DataStack } from '../data-stack.ts';
import type { Settings } from '../settings.ts';
import {
  mayHandOn,
  mayKeepChildren,
  mayKeepDocuments,
  mayListDocuments,
  mayMoveReleases,
  mayReadModels,
  mayReadOriginals,
  mayReadTexts,
  maySignUploads,
  mayWriteTexts,
} from './rights.ts';
import { StepFunction } from './step-function.ts';
import { FIVE_MINUTES, watch } from './watch.ts';

interface ReviewApiProps {
  readonly data: DataStack;
  readonly bundle: Bundle;
  readonly settings: Settings;
  readonly timeout: Duration;
}

const PUBLIC = ['/health', '/docs', '/openapi.json'];

export class ReviewApi extends Construct {
  readonly api: HttpApi;

  constructor(scope: Construct, id: string, { data, bundle, settings, timeout }: ReviewApiProps) {
    super(scope, id);
    const { uploads, texts, table, classifyQueue, scanQueue, learningQueue } = data;
    const { oidcIssuer, oidcAudience, rolesClaim } = settings;
    const key = new Secret(this, 'PageTokenKey', {
      generateSecretString: { passwordLength: 48, excludePunctuation: true },
    });
    const logDays: RetentionDays = settings.logDays;
    const review = new StepFunction<ReviewEnvironment>(this, 'ReviewApi', {
      ...bundle,
      environment: {
        TABLE_NAME: table.tableName,
        TEXT_BUCKET: texts.bucket.bucketName,
        UPLOAD_BUCKET: uploads.bucket.bucketName,
        CLASSIFY_QUEUE_URL: classifyQueue.queue.queueUrl,
        SCAN_QUEUE_URL: scanQueue.queue.queueUrl,
        LEARNING_QUEUE_URL: learningQueue.queue.queueUrl,
        OIDC_ISSUER: oidcIssuer,
        OIDC_AUDIENCE: oidcAudience,
        OIDC_JWKS: settings.oidcJwks ?? `${oidcIssuer.replace(/\/$/u, '')}/.well-known/jwks.json`,
        ROLES_CLAIM: rolesClaim,
        PAGE_TOKEN_KEY: key.secretValue.unsafeUnwrap(),
      },
      timeout,
      memoryMb: 1536,
      logDays,
    });
    this.allow(review.handler, data);

    const integration = new HttpLambdaIntegration('Review', review.handler);
    const authorizer = new HttpJwtAuthorizer('Oidc', oidcIssuer, { jwtAudience: [oidcAudience] });
    this.api = new HttpApi(this, 'Api', { defaultAuthorizer: authorizer });
    this.api.addRoutes({
      path: '/v1/{proxy+}',
      methods: [HttpMethod.GET, HttpMethod.POST, HttpMethod.PUT],
      integration,
    });
    for (const path of PUBLIC) {
      this.api.addRoutes({
        path,
        methods: [HttpMethod.GET],
        integration,
        authorizer: new HttpNoneAuthorizer(),
      });
    }
    // A fault that the app answers with 500 is no error of the function: only the gateway counts it.
    watch(this, 'ReviewApiServerErrors', {
      metric: this.api.metricServerError({ ...FIVE_MINUTES, statistic: 'Sum' }),
      threshold: 1,
    });
  }

  private allow(
    handler: LambdaFunction,
    { uploads, texts, table, classifyQueue, scanQueue, learningQueue }: DataStack,
  ): void {
    mayReadOriginals(handler, uploads.bucket);
    mayKeepChildren(handler, uploads.bucket);
    maySignUploads(handler, uploads.bucket);
    mayReadTexts(handler, texts.bucket);
    mayWriteTexts(handler, texts.bucket);
    mayReadModels(handler, texts.bucket);
    mayKeepDocuments(handler, table);
    mayListDocuments(handler, table);
    mayMoveReleases(handler, table);
    mayHandOn(handler, classifyQueue.queue);
    mayHandOn(handler, scanQueue.queue);
    mayHandOn(handler, learningQueue.queue);
  }
}
