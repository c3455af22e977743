/** What each function may do, action by action: the grants of CDK give more than is used (Scan, DeleteObject, GetBucket*). */
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Queue } from 'aws-cdk-lib/aws-sqs';

const allow = (
  holder: LambdaFunction,
  actions: readonly string[],
  resources: readonly string[],
): void => {
  holder.addToRolePolicy(new PolicyStatement({ actions: [...actions], resources: [...resources] }));
};

/** Without the right to list, S3 says "forbidden" of an object that is gone. */
const tellGoneFromForbidden = (holder: LambdaFunction, bucket: Bucket): void =>
  allow(holder, ['s3:ListBucket'], [bucket.bucketArn]);

/** Originals are read, in the version that was announced, and never changed. */
export const mayReadOriginals = (holder: LambdaFunction, uploads: Bucket): void => {
  allow(holder, ['s3:GetObject', 's3:GetObjectVersion'], [uploads.arnForObjects('*')]);
  tellGoneFromForbidden(holder, uploads);
};

/** An upload link carries the rights of who signed it: only new objects of one folder. */
export const maySignUploads = (holder: LambdaFunction, uploads: Bucket): void =>
  allow(holder, ['s3:PutObject'], [uploads.arnForObjects('uploads/*')]);

/** Files out of a container are written once, in a folder of their own, and looked at where they lie already. */
export const mayKeepChildren = (holder: LambdaFunction, uploads: Bucket): void =>
  allow(holder, ['s3:PutObject'], [uploads.arnForObjects('expanded/*')]);

export const mayReadTexts = (holder: LambdaFunction, texts: Bucket): void => {
  allow(holder, ['s3:GetObject'], [texts.arnForObjects('texts/*')]);
  tellGoneFromForbidden(holder, texts);
};

export const mayWriteTexts = (holder: LambdaFunction, texts: Bucket): void =>
  allow(holder, ['s3:PutObject'], [texts.arnForObjects('texts/*')]);

/** Trained models lie beside the texts. Needs the right to list, which `mayReadTexts` gives. */
export const mayReadModels = (holder: LambdaFunction, texts: Bucket): void =>
  allow(holder, ['s3:GetObject'], [texts.arnForObjects('models/*')]);

/** New files only: what is there is never written again (If-None-Match). */
export const mayWriteModels = (holder: LambdaFunction, texts: Bucket): void =>
  allow(holder, ['s3:PutObject'], [texts.arnForObjects('models/*')]);

/** Reads by key and changes rows in transactions. There is no Scan on any path. */
export const mayKeepDocuments = (holder: LambdaFunction, table: TableV2): void =>
  allow(
    holder,
    [
      'dynamodb:BatchGetItem',
      'dynamodb:Query',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
      'dynamodb:DeleteItem',
    ],
    [table.tableArn],
  );

/** Lists come from the indexes. */
export const mayListDocuments = (holder: LambdaFunction, table: TableV2): void =>
  allow(holder, ['dynamodb:Query'], [`${table.tableArn}/index/*`]);

/** A release is put in force only while its catalogue is there. */
export const mayMoveReleases = (holder: LambdaFunction, table: TableV2): void =>
  allow(holder, ['dynamodb:ConditionCheckItem'], [table.tableArn]);

export const mayHandOn = (holder: LambdaFunction, queue: Queue): void =>
  allow(holder, ['sqs:SendMessage'], [queue.queueArn]);
