import { QualmError } from '@qualm/types';

/** What an `s3:` URI names. */
export interface S3Place {
  readonly bucket: string;
  /** Without a slash at the beginning; empty for a whole bucket. */
  readonly key: string;
}

/** The parts of an `s3:` URI. A key is taken literally: `%`, `?` and `#` are part of it.
 * @throws QualmError `unsupported` for what is no such URI, or a key that no URL can name.
 * @example parseS3Uri('open', 's3://photos/2024/a b.jpg') // { bucket: 'photos', key: '2024/a b.jpg' }
 */
export function parseS3Uri(where: string, uri: string): S3Place {
  const [, bucket, key = ''] = /^s3:\/\/([^/]+)(?:\/(.*))?$/is.exec(uri) ?? [];
  if (bucket === undefined || !/^[a-z\d][a-z\d._-]{1,253}[a-z\d]$/i.test(bucket)) {
    throw new QualmError('unsupported', `${where}: ${JSON.stringify(uri)} is no URI of S3; expected s3://bucket/key`);
  }
  if (key.split('/').some((part) => part === '.' || part === '..')) {
    throw new QualmError(
      'unsupported',
      `${where}: ${JSON.stringify(uri)} has "." or ".." in its key, which no URL can name; copy the object to another key`,
    );
  }
  return { bucket, key };
}
