import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { assertOptions, assertText, QualmError } from '@qualm/types';
import { networkOf } from '../net/network-of.ts';
import { assertNetworkOptions } from '../net/network-options.ts';
import type { NetworkOptions } from '../net/network-options.ts';
import { readBody } from '../net/read-body.ts';
import type { S3Client } from '../s3/s3-client.ts';
import { listKeys } from '../s3/list-keys.ts';
import { assertS3Options } from '../s3/s3-options.ts';
import type { S3Options } from '../s3/s3-options.ts';
import { parseS3Uri } from '../s3/s3-uri.ts';
import { fetchFile } from './fetch-file.ts';
import { putFile } from './put-file.ts';

/** Options of `createS3Mirror`. */
export interface S3MirrorOptions extends NetworkOptions {
  readonly s3?: S3Options;
  readonly signal?: AbortSignal;
}

/** A folder of predictions in S3, and a copy of it here. */
export interface S3Mirror {
  /** Whether there are predictions. */
  exists(): Promise<boolean>;
  /** Fetches all files of the set into the folder here, which becomes what it is in S3.
   * @returns how many. */
  pull(): Promise<number>;
  /** Puts a file of the folder there: the `mirror` of `createParquetSink`. The manifest goes only
   * in the place of the one that was pulled or put before.
   * @throws QualmError `io` when another run has written there. */
  put(name: string): Promise<void>;
}

const manifestName = '_qualm.json';
const mostManifestBytes = 64 * 2 ** 20;

/** Predictions in S3. A run writes its shards into a folder here, and each file goes there as soon
 * as it is whole, in the order in which it came about; so at every moment what is there is a set
 * that can be read and resumed. Each manifest is put on condition that the one before is still
 * there (If-Match, If-None-Match), so that two runs at one place are found out by the one that
 * comes second.
 * @throws RangeError for options out of range, QualmError `unsupported` for no URI of S3.
 * @example
 * const { put } = createS3Mirror('s3://bucket/run', 'scratch', { s3: s3FromEnv(process.env) });
 * const sink = await createParquetSink('scratch', { ...options, mirror: put });
 */
export function createS3Mirror(uri: string, folder: string, options: S3MirrorOptions = {}): S3Mirror {
  assertText('createS3Mirror', 'its URI', uri, "a URI, such as 's3://bucket/run'");
  assertText('createS3Mirror', 'its folder', folder, "a path, such as 'scratch'");
  assertOptions('createS3Mirror', options, "{ s3: { region: 'eu-west-1' } }");
  assertNetworkOptions('createS3Mirror', options);
  const { s3 = {}, signal } = options;
  assertS3Options('createS3Mirror', s3);
  const { bucket, key } = parseS3Uri('createS3Mirror', uri);
  const prefix = key === '' ? '' : `${key.replace(/\/+$/, '')}/`;
  const { client } = networkOf(options, s3);
  const place = (name: string): { bucket: string; key: string } => ({ bucket, key: `${prefix}${name}` });
  const whatOf = (verb: string, name: string): string => `${verb}: "s3://${bucket}/${prefix}${name}"`;
  /** The ETag of the manifest that this run knows. */
  let known: string | null = null;

  async function putManifest(): Promise<void> {
    const what = whatOf('put', manifestName);
    const body = new Uint8Array(await readFile(join(folder, manifestName)));
    const condition: Record<string, string> = known === null ? { 'if-none-match': '*' } : { 'if-match': known };
    const request = {
      ...place(manifestName),
      method: 'PUT',
      what,
      body,
      headers: condition,
      accepts: known === null ? [412] : [404, 412],
    } as const;
    const put = await client.ask({ ...request, signal }, ({ statusCode, headers }) =>
      Promise.resolve(statusCode < 300 ? String(headers['etag'] ?? '') : null),
    );
    const now = put === null ? await ownManifest(client, request, body) : put;
    if (now === null) throw otherRun(what);
    known = now;
  }

  return {
    async exists() {
      const what = whatOf('look for', manifestName);
      const request = { ...place(manifestName), method: 'HEAD', what, accepts: [404], signal } as const;
      return client.ask(request, ({ statusCode }) => Promise.resolve(statusCode < 300));
    },
    async pull() {
      let count = 0;
      // The manifest first: a shard that is put meanwhile is one that a later manifest knows.
      const target = { client, folder, signal };
      known = await fetchFile({
        ...target,
        ...place(manifestName),
        name: manifestName,
        what: whatOf('fetch', manifestName),
      });
      if (known === null) return 0;
      for await (const found of listKeys(client, { bucket, key: prefix }, signal)) {
        const name = found.slice(prefix.length);
        if (name === manifestName || !isNameOfSet(name)) continue;
        await fetchFile({ ...target, ...place(name), name, what: whatOf('fetch', name) });
        count++;
      }
      return count + 1;
    },
    async put(name) {
      if (name === manifestName) return putManifest();
      await putFile(join(folder, name), { client, ...place(name), what: whatOf('put', name), signal });
    },
  };
}

/** The ETag of what is there, if it is what was to be put: an answer may be lost on its way. */
async function ownManifest(
  client: S3Client,
  { bucket, key, what }: { readonly bucket: string; readonly key: string; readonly what: string },
  body: Uint8Array,
): Promise<string | null> {
  const request = { method: 'GET', bucket, key, what, accepts: [404] } as const;
  return client.ask(request, async (response) => {
    if (response.statusCode === 404) return null;
    const found = await readBody(response, { what, maxBytes: mostManifestBytes });
    return Buffer.compare(found, body) === 0 ? String(response.headers['etag'] ?? '') : null;
  });
}

function otherRun(what: string): QualmError {
  return new QualmError(
    'io',
    `${what}: another run has written there; choose another place, or go on with what is there (resume: true, --resume) when no other run writes`,
  );
}

/** Names are the server's, and become files here. */
function isNameOfSet(name: string): boolean {
  return /^(part-\d{5,}\.parquet|_qualm\.(images|positions)\.jsonl)$/.test(name);
}
