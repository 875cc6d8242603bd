import { assertOptions } from '@qualm/types';
import type { S3Options } from './s3-options.ts';

/** How S3 is reached, by the variables that AWS's own tools read: AWS_ACCESS_KEY_ID,
 * AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_REGION or AWS_DEFAULT_REGION, AWS_ENDPOINT_URL_S3
 * or AWS_ENDPOINT_URL. Without a key requests are anonymous.
 * @throws RangeError for what is no environment.
 * @example s3FromEnv({ AWS_REGION: 'eu-west-1' }) // { region: 'eu-west-1' }
 */
export function s3FromEnv(env: Readonly<Record<string, string | undefined>>): S3Options {
  assertOptions('s3FromEnv', env, 'process.env', 'its environment');
  const first = (...names: readonly string[]): string | undefined =>
    names.map((name) => env[name]).find((value) => typeof value === 'string' && value !== '');
  const accessKeyId = first('AWS_ACCESS_KEY_ID');
  const secretAccessKey = first('AWS_SECRET_ACCESS_KEY');
  const sessionToken = first('AWS_SESSION_TOKEN');
  const region = first('AWS_REGION', 'AWS_DEFAULT_REGION');
  const endpoint = first('AWS_ENDPOINT_URL_S3', 'AWS_ENDPOINT_URL');
  const keys = accessKeyId !== undefined && secretAccessKey !== undefined ? { accessKeyId, secretAccessKey } : null;
  return {
    ...(keys && { credentials: { ...keys, ...(sessionToken !== undefined && { sessionToken }) } }),
    ...(region !== undefined && { region }),
    ...(endpoint !== undefined && { endpoint }),
  };
}
