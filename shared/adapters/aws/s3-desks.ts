/** Presigned links to send one file to S3 or to fetch one original from it. */
import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { Clock, DownloadDesk, UploadDesk } from '../../ports.ts';

const UPLOAD_SECONDS = 900;
const DOWNLOAD_SECONDS = 300;

/**
 * `client` has to be made with requestChecksumCalculation 'WHEN_REQUIRED': by default the SDK signs the checksum of an empty
 * body into the link, and S3 then refuses the real one. Throws on another client.
 */
export const s3Uploads = (client: S3Client, bucket: string, clock: Clock): UploadDesk => ({
  ticket: async ({ key, bytes, contentType }) => {
    if ((await client.config.requestChecksumCalculation()) !== 'WHEN_REQUIRED')
      throw new Error("Upload links need a client with requestChecksumCalculation 'WHEN_REQUIRED'");
    const signingDate = new Date(clock.now());
    const command = new PutObjectCommand({
      Bucket: bucket,
      Key: key,
      ContentLength: bytes,
      ContentType: contentType,
    });
    const url = await getSignedUrl(client, command, {
      expiresIn: UPLOAD_SECONDS,
      signingDate,
      signableHeaders: new Set(['host', 'content-length', 'content-type']),
    });
    const expiresAt = new Date(signingDate.getTime() + UPLOAD_SECONDS * 1000).toISOString();
    return { method: 'PUT', url, headers: { 'content-type': contentType }, key, expiresAt };
  },
});

/** RFC 8187: what `encodeURIComponent` leaves as it is but the header does not allow. */
const encodedName = (fileName: string): string =>
  encodeURIComponent(fileName.toWellFormed()).replace(
    /['()*]/gu,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** The browser keeps the file under its name and never shows it as a page of the bucket. */
export const s3Downloads = (client: S3Client): DownloadDesk => ({
  link: ({ bucket, key, versionId }, fileName) =>
    getSignedUrl(
      client,
      new GetObjectCommand({
        Bucket: bucket,
        Key: key,
        ...(versionId === '' ? {} : { VersionId: versionId }),
        ResponseContentDisposition: `attachment; filename*=UTF-8''${encodedName(fileName)}`,
        ResponseContentType: 'application/octet-stream',
      }),
      { expiresIn: DOWNLOAD_SECONDS },
    ),
});
