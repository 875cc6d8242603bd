import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { registryToys } from '@qualm/testkit';
import { createMlflowRegistry } from '../src/index.ts';
import type { MlflowRegistry, MlflowRegistryOptions } from '../src/index.ts';
import { scratchFolder } from './folder-registry.ts';

export interface FakeRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** A logged model that is begun. */
export const draft = {
  info: {
    model_id: 'm-00000000000000000000000000000000',
    experiment_id: '0',
    status: 'LOGGED_MODEL_PENDING',
    artifact_uri: 'mlflow-artifacts:/0/models/m-0/artifacts',
  },
};

/** Answers a request; `false` leaves it to the routes below. */
export type Fault = (
  request: FakeRequest,
  response: ServerResponse,
) => boolean | undefined | Promise<boolean | undefined>;

export interface FakeServer {
  readonly address: string;
  readonly requests: FakeRequest[];
}

const root = '0/models/m-0/artifacts';
const route = '/api/2.0/mlflow-artifacts/artifacts';

/** A server that speaks as much of MLflow as resolving `mlflow:/toy` needs, and whose faults are
 * written for a test: the real one does not lie, stall or attack on request.
 */
export async function startFake(fault: Fault = () => false, files = toyFiles()): Promise<FakeServer> {
  const requests: FakeRequest[] = [];
  const server = createServer((incoming, response) => {
    void (async () => {
      const parts: Buffer[] = [];
      for await (const part of incoming) parts.push(part as Buffer);
      const { pathname, searchParams } = new URL(incoming.url!, 'http://fake');
      const request = {
        method: incoming.method!,
        path: pathname,
        query: searchParams,
        headers: incoming.headers,
        body: Buffer.concat(parts),
      };
      requests.push(request);
      if ((await fault(request, response)) === false) answer(request, response, files);
    })();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(
    () =>
      new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  );
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

/** A registry of a fake server, which waits for nothing between attempts. */
export async function fakeRegistry(
  fault?: Fault,
  options: MlflowRegistryOptions = {},
  files?: Readonly<Record<string, Buffer>>,
): Promise<{ registry: MlflowRegistry; server: FakeServer; cache: string }> {
  const server = await startFake(fault, files);
  const cache = join(await scratchFolder(), 'cache');
  const registry = createMlflowRegistry({
    trackingUri: server.address,
    cacheFolder: cache,
    backoffSeconds: 0.001,
    jitterSeconds: 0,
    maxRetries: 3,
    ...options,
  });
  onTestFinished(() => registry.dispose());
  return { registry, server, cache };
}

export function toyFiles(): Readonly<Record<string, Buffer>> {
  const { spec, file } = registryToys().newer;
  return {
    MLmodel: Buffer.from(`flavors:\n  onnx:\n    data: ${spec.files.model}\n`),
    'qualm.json': Buffer.from(JSON.stringify(spec)),
    [spec.files.model]: Buffer.from(file),
  };
}

export function sendJson(response: ServerResponse, value: unknown, status = 200): true {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  return true;
}

/** A file as newer servers send it: with its length, a validator, and from where it was asked for.
 */
export function sendFile(request: FakeRequest, response: ServerResponse, file: Buffer, etag = '"1"'): true {
  const [, first] = /^bytes=(\d+)-$/.exec(request.headers.range ?? '') ?? [];
  const start = first !== undefined && request.headers['if-range'] === etag ? Number(first) : 0;
  response.writeHead(start > 0 ? 206 : 200, {
    etag,
    'content-length': file.length - start,
    ...(start > 0 && { 'content-range': `bytes ${start}-${file.length - 1}/${file.length}` }),
  });
  response.end(file.subarray(start));
  return true;
}

/** The part of a path below the proxy, null for other paths. */
export function artifactOf({ method, path }: FakeRequest): string | null {
  const prefix = `${route}/${root}/`;
  return method === 'GET' && path.startsWith(prefix) ? decodeURIComponent(path.slice(prefix.length)) : null;
}

export function isListing({ method, path }: FakeRequest): boolean {
  return method === 'GET' && path === route;
}

function answer(request: FakeRequest, response: ServerResponse, files: Readonly<Record<string, Buffer>>): void {
  const version = { name: 'toy', version: '1', source: 'mlflow-artifacts:/x', status: 'READY' };
  const artifact = artifactOf(request);
  if (artifact !== null) {
    if (Object.hasOwn(files, artifact)) sendFile(request, response, files[artifact]!);
    else sendJson(response, { error_code: 'RESOURCE_DOES_NOT_EXIST', message: 'no such file' }, 404);
    return;
  }
  if (isListing(request)) {
    const listed = Object.entries(files).map(([path, { length }]) => ({ path, is_dir: false, file_size: length }));
    sendJson(response, { files: listed });
    return;
  }
  switch (request.path) {
    case '/version':
      response.end('3.99.0');
      return;
    case '/api/2.0/mlflow/registered-models/get':
      if (request.query.get('name') !== 'toy') break;
      sendJson(response, { registered_model: { name: 'toy', latest_versions: [version] } });
      return;
    case '/api/2.0/mlflow/model-versions/get':
      sendJson(response, { model_version: version });
      return;
    case '/api/2.0/mlflow/model-versions/get-download-uri':
      sendJson(response, { artifact_uri: `mlflow-artifacts:/${root}` });
      return;
  }
  sendJson(response, { error_code: 'RESOURCE_DOES_NOT_EXIST', message: 'not here' }, 404);
}
