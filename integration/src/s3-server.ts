import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AwsClient } from 'aws4fetch';
import { freePort } from './mlflow-server.ts';
import { pythonEnvironment } from './python-environment.ts';
import { root } from './repository.ts';

/** A server on this machine that speaks S3. */
export interface S3Server {
  readonly endpoint: string;
  /** What `qualm` and AWS's own tools read. */
  readonly env: Readonly<Record<string, string>>;
  makeBucket(name: string): Promise<void>;
  put(
    bucket: string,
    key: string,
    body: Uint8Array | string,
    headers?: Readonly<Record<string, string>>,
  ): Promise<void>;
  get(bucket: string, key: string): Promise<Uint8Array | null>;
  keys(bucket: string): Promise<string[]>;
  stop(): void;
}

/** Starts moto's server; or gives the one at `S3_TEST_ENDPOINT`, whose keys the environment has.
 */
export async function startS3(): Promise<S3Server> {
  const given = process.env['S3_TEST_ENDPOINT'];
  if (given !== undefined) return serverAt(given, () => undefined);
  const python = await pythonEnvironment(join(root, 'integration/python/s3.txt'));
  const port = await freePort();
  const child = spawn(join(dirname(python), 'moto_server'), ['-H', '127.0.0.1', '-p', String(port)], {
    stdio: 'ignore',
  });
  const endpoint = `http://127.0.0.1:${port}`;
  for (let waited = 0; waited < 60_000; waited += 100) {
    if (child.exitCode !== null) throw new Error("moto's server did not start");
    if (await fetch(endpoint).catch(() => null)) return serverAt(endpoint, () => child.kill());
    await sleep(100);
  }
  child.kill();
  throw new Error("moto's server does not answer");
}

function serverAt(endpoint: string, stop: () => void): S3Server {
  const { AWS_ACCESS_KEY_ID = 'qualm', AWS_SECRET_ACCESS_KEY = 'qualm-secret' } = process.env;
  const region = 'us-east-1';
  const aws = new AwsClient({
    ...{ accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY, service: 's3', region, retries: 0 },
  });
  const urlOf = (bucket: string, key = ''): string =>
    `${endpoint}/${bucket}/${key.split('/').map(encodeURIComponent).join('/')}`;
  const ask = async (url: string, init: RequestInit = {}): Promise<Response> => {
    const response = await aws.fetch(url, init);
    if (!response.ok && ![404, 409].includes(response.status))
      throw new Error(`${init.method ?? 'GET'} ${url}: ${response.status}`);
    return response;
  };
  return {
    endpoint,
    env: { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION: region, AWS_ENDPOINT_URL: endpoint },
    async makeBucket(name) {
      await ask(urlOf(name), { method: 'PUT' });
    },
    async put(bucket, key, body, headers = {}) {
      await ask(urlOf(bucket, key), { method: 'PUT', body: body as BodyInit, headers });
    },
    async get(bucket, key) {
      const response = await ask(urlOf(bucket, key));
      return response.ok ? new Uint8Array(await response.arrayBuffer()) : null;
    },
    async keys(bucket) {
      const xml = await (await ask(`${urlOf(bucket)}?list-type=2`)).text();
      return Array.from(xml.matchAll(/<Key>([^<]*)<\/Key>/g), ([, key]) => key!);
    },
    stop,
  };
}
