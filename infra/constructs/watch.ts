/** Alarms. Each has its heading in docs/runbook.md: a test compares the lists. */
import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  type MetricOptions,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';

/** What every watched metric is asked over. */
export const FIVE_MINUTES: MetricOptions = { period: Duration.minutes(5) };

export interface Watched {
  readonly metric: IMetric;
  /** The alarm goes off from here on. */
  readonly threshold: number;
}

/** `name` is the heading in the runbook, and unique over all stacks. */
export const watch = (scope: Construct, name: string, { metric, threshold }: Watched): Alarm =>
  new Alarm(scope, name, {
    metric,
    threshold,
    evaluationPeriods: 1,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
    alarmDescription: `docs/runbook.md: ${name}`,
  });
