import { assertOptions, assertText, wrongArgument } from '@qualm/types';
import type { S3Credentials, S3CredentialsSource } from './s3-credentials.ts';

/** How S3, or a server that speaks as it does, is reached. */
export interface S3Options {
  /** What requests are signed with; without them they are anonymous, as for public buckets. */
  readonly credentials?: S3CredentialsSource | undefined;
  /** `us-east-1` by default. The region that a bucket of AWS says it is in is remembered. */
  readonly region?: string | undefined;
  /** The address of a server that is not AWS, such as `http://127.0.0.1:9000`. Buckets are the
   * first part of its paths. It may be private, since you name it. */
  readonly endpoint?: string | undefined;
}

/** @throws RangeError */
export function assertS3Options(where: string, options: S3Options): void {
  assertOptions(where, options, "{ region: 'eu-central-1' }", 's3');
  const { credentials, region, endpoint } = options;
  if (region !== undefined && !isRegion(region)) throw wrongArgument(where, 'region', region, "a region, 'eu-west-1'");
  if (endpoint !== undefined) {
    assertText(where, 'endpoint', endpoint, 'an http or https URL');
    const url = URL.canParse(endpoint) ? new URL(endpoint) : null;
    if (!url || !/^https?:$/.test(url.protocol) || url.search !== '' || url.username !== '')
      throw wrongArgument(where, 'endpoint', endpoint, "an http or https URL, such as 'http://127.0.0.1:9000'");
  }
  if (credentials === undefined || typeof credentials === 'function') return;
  assertCredentials(where, credentials);
}

/** @throws RangeError */
export function assertCredentials(where: string, credentials: S3Credentials): void {
  const isObject = typeof credentials === 'object' && credentials !== null;
  const { accessKeyId, secretAccessKey } = (isObject ? credentials : {}) as Partial<S3Credentials>;
  if (isText(accessKeyId) && isText(secretAccessKey)) return;
  throw new RangeError(`${where}: credentials need accessKeyId and secretAccessKey, both texts`);
}

/** A region is part of a host's name. */
export function isRegion(text: unknown): text is string {
  return typeof text === 'string' && /^[a-z\d-]{2,40}$/i.test(text);
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}
