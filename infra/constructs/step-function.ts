/** A function of the pipeline with the defaults that all share; its environment is typed by the schema that it reads. */
import { type Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  type Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { StepQueue } from './step-queue.ts';
import { FIVE_MINUTES, watch } from './watch.ts';

interface StepFunctionProps<E extends object> {
  /** Folder of the bundle. */
  readonly bundle: string;
  readonly architecture: Architecture;
  readonly environment: { readonly [K in keyof E]: string };
  readonly timeout: Duration;
  readonly memoryMb: number;
  readonly logDays: RetentionDays;
}

export class StepFunction<E extends object> extends Construct {
  readonly handler: LambdaFunction;

  constructor(scope: Construct, id: string, props: StepFunctionProps<E>) {
    super(scope, id);
    const logGroup = new LogGroup(this, 'Logs', {
      retention: props.logDays,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    // A role of its own: the managed policy that CDK attaches may write to every log group of the account.
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    });
    logGroup.grantWrite(role);
    this.handler = new LambdaFunction(this, 'Function', {
      role,
      runtime: Runtime.NODEJS_24_X,
      architecture: props.architecture,
      code: Code.fromAsset(props.bundle),
      handler: 'handler.handler',
      timeout: props.timeout,
      memorySize: props.memoryMb,
      environment: { ...props.environment },
      tracing: Tracing.ACTIVE,
      loggingFormat: LoggingFormat.TEXT,
      logGroup,
    });
    watch(this, `${id}Errors`, { metric: this.handler.metricErrors(FIVE_MINUTES), threshold: 1 });
  }

  /** Takes from the queue in small batches; only the messages that failed come again. */
  takeFrom({ queue }: StepQueue, batchSize: number, maxConcurrency = 50): void {
    this.handler.addEventSource(
      new SqsEventSource(queue, { batchSize, reportBatchItemFailures: true, maxConcurrency }),
    );
  }
}
