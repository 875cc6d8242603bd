import type { S3Place } from './s3-uri.ts';

/** The URL of an object, of a bucket where the key is empty. AWS wants the bucket in the name of
 * the host; other servers, and names that no certificate covers, have it in the path.
 */
export function s3Address({ bucket, key }: S3Place, region: string, endpoint: string | undefined): URL {
  const path = key.split('/').map(encodePart).join('/');
  if (endpoint !== undefined) return new URL(`${endpoint.replace(/\/+$/, '')}/${encodePart(bucket)}/${path}`);
  const host = `s3.${region}.amazonaws.com`;
  return /^[a-z\d-]+$/.test(bucket)
    ? new URL(`https://${bucket}.${host}/${path}`)
    : new URL(`https://${host}/${encodePart(bucket)}/${path}`);
}

/** As signatures want it: more is encoded than JavaScript does by itself. */
function encodePart(part: string): string {
  return encodeURIComponent(part).replaceAll(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}
