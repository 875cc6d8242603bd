import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { registryToys } from '@qualm/testkit';
import { createMlflowRegistry } from '../src/index.ts';
import { expectError } from './expect-error.ts';
import { artifactOf, draft, fakeRegistry, sendFile, sendJson, toyFiles } from './fake-server.ts';
import type { Fault } from './fake-server.ts';
import { logToy } from './folder-registry.ts';

const toy = registryToys().newer;
const model = toy.spec.files.model;
const large = Buffer.alloc(3 * 2 ** 20, 7);
const files = { ...toyFiles(), [model]: large };

/** A fault for the first so many requests that `matches`. */
function first(count: number, matches: (path: string) => boolean, fault: Fault): Fault {
  let seen = 0;
  return (request, response) => (matches(request.path) && seen++ < count ? fault(request, response) : false);
}

describe('requests that may be repeated', () => {
  it.each([408, 429, 500, 502, 503, 504])('are after %i', async (status) => {
    const fault = first(
      2,
      (path) => path.endsWith('/registered-models/get'),
      (_request, response) => {
        response.writeHead(status, { 'content-type': 'text/html' }).end('<h1>busy</h1>');
        return true;
      },
    );
    const { registry, server } = await fakeRegistry(fault);
    await registry.resolve('mlflow:/toy');
    expect(server.requests.filter(({ path }) => path.endsWith('/registered-models/get'))).toHaveLength(3);
  });

  it('are not for ever: registry-unavailable after maxRetries', async () => {
    const { registry, server } = await fakeRegistry((_request, response) => {
      response.writeHead(503).end('no workers');
      return true;
    });
    await expectError(registry.resolve('mlflow:/toy'), 'registry-unavailable', 'no workers', '503');
    expect(server.requests).toHaveLength(4);
  });

  it.each([400, 401, 403, 404, 409])('are not after %i', async (status) => {
    const { registry, server } = await fakeRegistry((_request, response) => {
      response.writeHead(status).end('no');
      return true;
    });
    const code = status === 401 || status === 403 ? 'access-denied' : 'registry-invalid';
    await expectError(registry.resolve('mlflow:/toy'), code);
    expect(server.requests).toHaveLength(1);
  });

  it('wait as long as Retry-After says', async () => {
    const fault = first(
      1,
      () => true,
      (_request, response) => {
        response.writeHead(429, { 'retry-after': '1' }).end();
        return true;
      },
    );
    const { registry } = await fakeRegistry(fault);
    const began = performance.now();
    await registry.resolve('mlflow:/toy');
    expect(performance.now() - began).toBeGreaterThan(990);
  });

  it('are when the connection breaks', async () => {
    const fault = first(
      2,
      () => true,
      (_request, response) => {
        response.destroy();
        return true;
      },
    );
    const { registry } = await fakeRegistry(fault);
    expect((await registry.resolve('mlflow:/toy')).spec.name).toBe(toy.spec.name);
  });

  it('end at once when they are aborted while they wait', { timeout: 50_000 }, async () => {
    let answer = (): void => undefined;
    const answered = new Promise<void>((resolve) => (answer = resolve));
    const fault: Fault = (_request, response) => {
      response.writeHead(503, { 'retry-after': '60' }).end(answer);
      return true;
    };
    const { registry } = await fakeRegistry(fault);
    const controller = new AbortController();
    const resolving = expectError(registry.resolve('mlflow:/toy', controller), 'aborted');
    await answered;
    controller.abort();
    await resolving;
  });
});

it('nobody listening is registry-unavailable, with the address and without the password', async () => {
  const trackingUri = 'http://ann:secret@127.0.0.1:9';
  const registry = createMlflowRegistry({ trackingUri, maxRetries: 1, backoffSeconds: 0, jitterSeconds: 0 });
  const { message } = await expectError(registry.list(), 'registry-unavailable', '127.0.0.1:9', 'check the address');
  expect(message).not.toContain('secret');
  await registry.dispose();
});

describe('downloads go on where they stopped', () => {
  /** Cuts each answer after so many bytes. */
  const cutting =
    (bytes: number, ranges: (string | undefined)[], etag = (): string => '"1"'): Fault =>
    (request, response) => {
      if (artifactOf(request) !== model) return false;
      ranges.push(request.headers.range);
      const tag = etag();
      const [, from] = /^bytes=(\d+)-$/.exec(request.headers.range ?? '') ?? [];
      const start = from !== undefined && request.headers['if-range'] === tag ? Number(from) : 0;
      const rest = large.subarray(start);
      response.writeHead(start > 0 ? 206 : 200, {
        etag: tag,
        'content-length': rest.length,
        ...(start > 0 && { 'content-range': `bytes ${start}-${large.length - 1}/${large.length}` }),
      });
      if (rest.length <= bytes) response.end(rest);
      else response.write(rest.subarray(0, bytes), () => setTimeout(() => response.destroy(), 20));
      return true;
    };

  it('in one call, as long as they get further, however often that is', async () => {
    const ranges: (string | undefined)[] = [];
    const { registry } = await fakeRegistry(cutting(200_000, ranges), { maxRetries: 1 }, files);
    const { root } = await registry.resolve('mlflow:/toy');
    expect(large.equals(await readFile(join(root, model)))).toBe(true);
    expect(ranges.length).toBeGreaterThan(10);
    expect(ranges[0]).toBeUndefined();
    expect(ranges.slice(1).every((range) => /^bytes=[1-9]\d*-$/.test(range ?? ''))).toBe(true);
  });

  it('in a later call', async () => {
    const ranges: (string | undefined)[] = [];
    let broken = true;
    const cut = cutting(2 ** 20, ranges);
    const fault: Fault = (request, response) => {
      if (broken) return cut(request, response);
      if (artifactOf(request) === model) ranges.push(request.headers.range);
      return false;
    };
    const { registry } = await fakeRegistry(fault, { maxRetries: 0 }, files);
    const stopped = new AbortController();
    const onProgress = ({ bytes }: { bytes: number }): void => {
      if (bytes > 2 ** 19) stopped.abort();
    };
    await expectError(registry.resolve('mlflow:/toy', { signal: stopped.signal, onProgress }), 'aborted');
    broken = false;
    const { root } = await registry.resolve('mlflow:/toy');
    expect(large.equals(await readFile(join(root, model)))).toBe(true);
    expect(ranges.at(-1)).toMatch(/^bytes=[1-9]\d*-$/);
  });

  it('from the beginning where the file is another one now', async () => {
    const ranges: (string | undefined)[] = [];
    let version = 0;
    const changing = cutting(2 ** 20, ranges, () => `"${Math.min(++version, 2)}"`);
    const { registry } = await fakeRegistry(changing, { maxRetries: 2 }, files);
    const { root } = await registry.resolve('mlflow:/toy');
    expect(large.equals(await readFile(join(root, model)))).toBe(true);
  });

  it('from the beginning where the server has no validator, until there is no progress', async () => {
    const fault: Fault = (request, response) => {
      if (artifactOf(request) !== model) return false;
      expect(request.headers.range).toBeUndefined();
      response.writeHead(200, { 'content-length': large.length });
      response.write(large.subarray(0, 1000), () => setTimeout(() => response.destroy(), 20));
      return true;
    };
    const { registry } = await fakeRegistry(fault, { maxRetries: 1 }, files);
    await expectError(registry.resolve('mlflow:/toy'), 'registry-unavailable', model);
  });

  it('progress adds up to the bytes that there are, in the end, whatever was fetched twice', async () => {
    const { registry } = await fakeRegistry(cutting(700_000, []), {}, files);
    const told: { bytes: number; totalBytes: number | null; files: number; totalFiles: number }[] = [];
    await registry.resolve('mlflow:/toy', { onProgress: (progress) => told.push(progress) });
    const total = Object.values(files).reduce((sum, { length }) => sum + length, 0);
    expect(told[0]).toEqual({ bytes: 0, totalBytes: total, files: 0, totalFiles: 3 });
    expect(told.at(-1)).toEqual({ bytes: total, totalBytes: total, files: 3, totalFiles: 3 });
    expect(Math.max(...told.map(({ bytes }) => bytes))).toBe(total);
    expect(Math.min(...told.map(({ bytes }) => bytes))).toBe(0);
  });
});

describe('logModel(options) and answers that are lost', () => {
  /** A server that registers what it is told to, and loses the answers to creates. */
  function losing(lost: number): {
    fault: Fault;
    versions: { tags: { key: string; value: string }[] }[];
    names: Set<string>;
  } {
    const versions: { tags: { key: string; value: string }[] }[] = [];
    const names = new Set<string>();
    const models: object[] = [];
    let left = lost;
    const fault: Fault = ({ method, path, body, query }, response) => {
      const json = (body.length > 0 && method !== 'PUT' ? JSON.parse(body.toString('utf8')) : {}) as Record<
        string,
        unknown
      >;
      const reply = (value: unknown): true => (left-- > 0 ? !response.destroy() || true : sendJson(response, value));
      if (method === 'PUT') return response.end() && true;
      if (path.endsWith('/experiments/get-by-name'))
        return sendJson(response, { experiment: { experiment_id: '0', lifecycle_stage: 'active' } });
      if (path.endsWith('/logged-models/search')) return sendJson(response, { models });
      if (path.endsWith('/logged-models') && method === 'POST') {
        models.push(draft);
        return reply({ model: draft });
      }
      if (method === 'PATCH') return sendJson(response, {});
      if (path.endsWith('/registered-models/get') && !names.has(query.get('name')!)) return false;
      if (path.endsWith('/registered-models/get')) return sendJson(response, { registered_model: { name: 'n' } });
      if (path.endsWith('/registered-models/create')) {
        if (names.has(String(json['name'])))
          return sendJson(response, { error_code: 'RESOURCE_ALREADY_EXISTS', message: 'there' }, 400);
        names.add(String(json['name']));
        return reply({ registered_model: { name: json['name'] } });
      }
      if (path.endsWith('/model-versions/create')) {
        versions.push(json as (typeof versions)[number]);
        return reply({ model_version: { name: json['name'], version: versions.length } });
      }
      if (path.endsWith('/model-versions/search')) {
        const [, nonce] = /qualm\.nonce` = '([^']+)'/.exec(query.get('filter') ?? '') ?? [];
        const found = versions.flatMap(({ tags }, index) =>
          tags.some(({ value }) => value === nonce) ? [{ name: 'n', version: String(index + 1) }] : [],
        );
        return sendJson(response, { model_versions: found });
      }
      return false;
    };
    return { fault, versions, names };
  }

  it.each([0, 1, 2, 3])('registers one version, with %i answers lost', async (lost) => {
    const { fault, versions } = losing(lost);
    const { registry } = await fakeRegistry(fault);
    const { version } = await logToy(registry, toy, { registeredModelName: 'n' });
    expect(version?.version).toBe(1);
    expect(versions).toHaveLength(1);
  });

  it('registers nothing where a file cannot be sent, and says that the model failed', async () => {
    const { fault, versions } = losing(0);
    const { registry, server } = await fakeRegistry((request, response) => {
      if (request.method !== 'PUT' || !request.path.endsWith(`/${model}`)) return fault(request, response);
      return sendJson(response, { error_code: 'INTERNAL_ERROR', message: 'disk full' }, 500);
    });
    await expectError(logToy(registry, toy, { registeredModelName: 'n' }), 'registry-unavailable', 'disk full');
    expect(versions).toEqual([]);
    const patched = server.requests.filter(({ method }) => method === 'PATCH');
    expect(patched.map(({ body }) => JSON.parse(body.toString('utf8')) as unknown)).toEqual([
      { model_id: draft.info.model_id, status: 'LOGGED_MODEL_FAILED' },
    ]);
    expect(server.requests.some(({ method, path }) => method === 'PUT' && path.endsWith('/MLmodel'))).toBe(false);
  });

  it('waits until a version is ready, and says why it failed', async () => {
    for (const end of ['READY', 'FAILED_REGISTRATION']) {
      const { fault } = losing(0);
      let asked = 0;
      const { registry } = await fakeRegistry((request, response) => {
        const status = asked > 0 ? end : 'PENDING_REGISTRATION';
        if (request.path.endsWith('/model-versions/create'))
          return sendJson(response, { model_version: { name: 'n', version: '1', status } });
        if (!request.path.endsWith('/model-versions/get')) return fault(request, response);
        asked++;
        return sendJson(response, {
          model_version: { name: 'n', version: '1', status: end, status_message: 'because' },
        });
      });
      const logging = logToy(registry, toy, { registeredModelName: 'n' });
      if (end === 'READY') expect((await logging).version?.status).toBe('READY');
      else await expectError(logging, 'registry-unavailable', 'because');
    }
  });

  it.each([
    [{ tags: { long: 'x'.repeat(8001) } }, '8001 characters'],
    [{ params: { long: 'x'.repeat(6001) } }, '6001 characters'],
    [{ tags: { 'a\nb': '1' } }, 'cannot be kept'],
    [{ tags: { '../../x': '1' } }, 'cannot be kept'],
  ])('tells before the server cuts: %j', async (options, why) => {
    const { fault } = losing(0);
    const { registry } = await fakeRegistry(fault);
    await expectError(logToy(registry, toy, options), 'unsupported', why);
  });
});

describe('the cache', () => {
  it('fetches a model once; asking again reads the small files alone', async () => {
    const { registry, server } = await fakeRegistry(undefined, {}, files);
    const once = await registry.resolve('mlflow:/toy');
    const again = await registry.resolve('mlflow:/toy');
    expect(again.root).toBe(once.root);
    expect(server.requests.filter((request) => artifactOf(request) === model)).toHaveLength(1);
  });

  it('keeps one copy of a file that several models share, and folders that do not name it', async () => {
    const { registry, cache } = await fakeRegistry(undefined, {}, files);
    await registry.resolve('mlflow:/toy');
    const blobs = await readdir(join(cache, 'blobs'), { recursive: true });
    expect(blobs.filter((path) => /[0-9a-f]{64}$/.test(path))).toHaveLength(3);
    expect(await readdir(join(cache, 'partial'))).toEqual([]);
  });

  it('finds with verify what was changed under its hands, and fetches it again', async () => {
    const { chmod, writeFile } = await import('node:fs/promises');
    const { registry } = await fakeRegistry(undefined, {}, files);
    const { root } = await registry.resolve('mlflow:/toy');
    await chmod(join(root, model), 0o644);
    await writeFile(join(root, model), Buffer.alloc(large.length, 8));
    const again = await registry.resolve('mlflow:/toy', { verify: true });
    expect(large.equals(await readFile(join(again.root, model)))).toBe(true);
  });

  it('lets go what was used longest ago when it is full', async () => {
    const { utimes } = await import('node:fs/promises');
    const limit = { maxCacheBytes: large.length + 10_000 };
    const { cache } = await fakeRegistry(undefined, limit, files);
    const roots: string[] = [];
    for (const byte of [1, 2, 3]) {
      const content = { ...files, [model]: Buffer.alloc(large.length, byte) };
      const { registry } = await fakeRegistry(undefined, { ...limit, cacheFolder: cache }, content);
      const { root } = await registry.resolve('mlflow:/toy');
      const old = new Date(Date.now() - 10 ** 6 * (4 - byte));
      await utimes(join(root, '../tree.json'), old, old);
      roots.push(root);
    }
    const kept = await readdir(join(cache, 'models'));
    expect(kept).toEqual([roots[2]!.split('/').at(-2)]);
  });

  it('throws away downloads that nobody went on with for a day, and no others', async () => {
    const { mkdir, utimes, writeFile } = await import('node:fs/promises');
    const { registry, cache } = await fakeRegistry(undefined, {}, files);
    const old = new Date(Date.now() - 25 * 60 * 60_000);
    for (const [name, time] of [
      ['old', old],
      ['new', new Date()],
    ] as const) {
      const folder = join(cache, 'partial', name);
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, '0'), 'half');
      await utimes(join(folder, '0'), time, time);
      await utimes(folder, old, old);
    }
    const { root } = await registry.resolve('mlflow:/toy');
    expect(await readdir(join(cache, 'partial'))).toEqual(['new']);
    expect(await readdir(join(cache, 'models'))).toEqual([root.split('/').at(-2)]);
  });

  it('serves a file with an answer of any length where the list does not say it', async () => {
    const fault: Fault = (request, response) => {
      if (artifactOf(request) === model) return sendFile(request, response, large);
      if (request.path !== '/api/2.0/mlflow-artifacts/artifacts') return false;
      return sendJson(response, { files: Object.keys(files).map((path) => ({ path, is_dir: false })) });
    };
    const { registry } = await fakeRegistry(fault, {}, files);
    const { root } = await registry.resolve('mlflow:/toy');
    expect(large.equals(await readFile(join(root, model)))).toBe(true);
  });
});
