import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import type { ServerResponse } from 'node:http';
import { Agent } from 'undici';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { registryToys } from '@qualm/testkit';
import type { RetryWait } from '../src/index.ts';
import { retryAfter } from '../src/http/retry-after.ts';
import { expectError } from './expect-error.ts';
import { artifactOf, fakeRegistry, sendJson, toyFiles } from './fake-server.ts';
import type { Fault } from './fake-server.ts';

const model = registryToys().newer.spec.files.model;
const onSearch =
  (fault: Fault): Fault =>
  (request, response) =>
    request.path.endsWith('/registered-models/search') ? fault(request, response) : false;
const onModel =
  (fault: Fault): Fault =>
  (request, response) =>
    artifactOf(request) === model ? fault(request, response) : false;

let isDripping = false;

/** A byte now and then, for ever: the connection is never silent. */
function drip(response: ServerResponse, text: string): true {
  response.write(text);
  const more = setInterval(() => response.write(' '), 20);
  response.on('close', () => clearInterval(more));
  isDripping = true;
  return true;
}

/** What `asked` settles as, where time passes only while an answer drips: no other answer is late,
 * however busy the machine.
 */
async function whileItDrips(asked: () => Promise<unknown>): Promise<unknown> {
  isDripping = false;
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
  let isSettled = false;
  const settled = asked().finally(() => (isSettled = true));
  settled.catch(() => undefined);
  while (!isSettled) {
    if (isDripping) vi.advanceTimersByTime(20);
    await setImmediate();
  }
  return settled;
}

describe('a list without end is given up', () => {
  it('that leads back to a page it gave before', async () => {
    const { registry, server } = await fakeRegistry(
      onSearch((_request, response) =>
        sendJson(response, { registered_models: [{ name: 'a' }], next_page_token: 'again' }),
      ),
    );
    await expectError(registry.list(), 'registry-invalid', 'list of registered_models does not end', 'gave before');
    expect(server.requests).toHaveLength(2);
  });

  it('of more models than anybody has', async () => {
    const many = Array.from({ length: 60_000 }, (_, i) => ({ name: `m${i}` }));
    let page = 0;
    const { registry } = await fakeRegistry(
      onSearch((_request, response) => sendJson(response, { registered_models: many, next_page_token: `${page++}` })),
    );
    await expectError(registry.list(), 'registry-invalid', 'more than 100000 of them');
  });
});

describe('an answer that drips is given up', () => {
  // Silence is measured by another clock, and is not what these are about.
  const dispatcher = new Agent({ headersTimeout: 0, bodyTimeout: 0 });
  const options = { timeoutSeconds: 0.2, maxRetries: 0, dispatcher };
  afterEach(() => vi.useRealTimers());
  afterAll(() => dispatcher.destroy());

  it.each([
    ['JSON', onSearch((_request, response) => drip(response.writeHead(200), '{')), 'did not end within 0.2 s'],
    ['an error', onSearch((_request, response) => drip(response.writeHead(400), 'no')), 'did not end within 0.2 s'],
  ] as const)('of %s', async (_, fault, words) => {
    const { registry } = await fakeRegistry(fault, options);
    const asked = whileItDrips(() => registry.list());
    await expectError(asked, 'registry-unavailable', words);
  });

  it('of a small file of a model', async () => {
    const { registry } = await fakeRegistry(
      (request, response) => (artifactOf(request) === 'qualm.json' ? drip(response.writeHead(200), '{') : false),
      options,
    );
    const asked = whileItDrips(() => registry.resolve('mlflow:/toy'));
    await expectError(asked, 'registry-unavailable', 'did not end within 0.2 s');
  });

  it('of a version', async () => {
    const { registry } = await fakeRegistry(
      ({ path }, response) => (path === '/version' ? drip(response.writeHead(200), '3') : false),
      options,
    );
    const asked = whileItDrips(() => registry.about());
    await expectError(asked, 'registry-unavailable', 'did not end within 0.2 s');
  });

  it('of a model', async () => {
    const length = { 'content-length': toyFiles()[model]!.length };
    const { registry } = await fakeRegistry(
      onModel((_request, response) => drip(response.writeHead(200, length), 'x')),
      options,
    );
    const asked = whileItDrips(() => registry.resolve('mlflow:/toy'));
    await expectError(asked, 'registry-unavailable', model, 'bytes in 0.2 s');
  });

  it('of a redirect', async () => {
    const { registry } = await fakeRegistry(
      onSearch(({ path }, response) => drip(response.writeHead(302, { location: `${path}?x=1` }), 'moved')),
      options,
    );
    const asked = whileItDrips(() => registry.list());
    await expectError(asked, 'registry-unavailable');
  });
});

it('a model of which no part exists (416) is given up', async () => {
  const { registry, server } = await fakeRegistry(
    onModel((_request, response) => response.writeHead(416).end() && true),
  );
  await expectError(registry.resolve('mlflow:/toy'), 'registry-invalid', model, '416');
  expect(server.requests.filter((request) => artifactOf(request) === model)).toHaveLength(1);
});

describe('Retry-After', () => {
  const date = 'Sat, 28 Nov 2026 12:00:00 GMT';

  it.each([
    [{}, null],
    [{ 'retry-after': '30' }, 30],
    [{ 'retry-after': '86400' }, 86_400],
    [{ 'retry-after': 'soon' }, null],
    [{ 'retry-after': '-5' }, null],
    [{ 'retry-after': 'Sat, 28 Nov 2026 12:01:30 GMT', date }, 90],
    [{ 'retry-after': 'Sat, 28 Nov 2026 11:00:00 GMT', date }, 0],
    [{ 'retry-after': 'Sat, 28 Nov 2026 12:01:30 GMT' }, null],
  ])('of %j is %s seconds', (headers, seconds) => expect(retryAfter({ headers })).toBe(seconds));

  it.each([
    ['a list', onSearch((_request, response) => response.writeHead(429, { 'retry-after': '86400' }).end() && true)],
    ['a file', onModel((_request, response) => response.writeHead(503, { 'retry-after': '86400' }).end() && true)],
  ] as const)('of a day is not waited for, and told: %s', async (what, fault) => {
    const { registry, server } = await fakeRegistry(fault);
    const asked = what === 'a list' ? registry.list() : registry.resolve('mlflow:/toy');
    await expectError(asked, 'registry-unavailable', 'it asks to wait 86400 s, more than the 60 s');
    const last = server.requests.at(-1)!;
    expect(server.requests.filter(({ path }) => path === last.path)).toHaveLength(1);
  });

  it('and each wait is told', async () => {
    const waits: RetryWait[] = [];
    let busy = 2;
    const { registry } = await fakeRegistry(
      onSearch((_request, response) => (busy-- > 0 ? response.writeHead(503).end('no workers') && true : false)),
      { onWait: (wait) => waits.push(wait), maxRetries: 2 },
    );
    await registry.list().catch(() => undefined);
    expect(waits).toEqual([
      { seconds: 0.001, reason: 'no workers' },
      { seconds: 0.002, reason: 'no workers' },
    ]);
  });
});

describe('a proxy that compresses what nobody asked it to', () => {
  const encodings = [
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ] as const;

  it.each(encodings)('answers: %s', async (encoding, compress) => {
    const { registry, server } = await fakeRegistry(
      onSearch((_request, response) => {
        response.writeHead(200, { 'content-encoding': encoding });
        return response.end(compress(JSON.stringify({ registered_models: [{ name: 'toy' }] }))) && true;
      }),
    );
    expect((await registry.list()).map(({ name }) => name)).toEqual(['toy']);
    expect(server.requests[0]!.headers['accept-encoding']).toBe('identity');
  });

  it.each(encodings)('files: %s', async (encoding, compress) => {
    const { registry } = await fakeRegistry((request, response) => {
      const path = artifactOf(request);
      if (path === null) return false;
      const body = compress(toyFiles()[path]!);
      response.writeHead(200, { 'content-encoding': encoding, 'content-length': body.length, etag: '"1"' });
      return response.end(body) && true;
    });
    const { root } = await registry.resolve('mlflow:/toy');
    expect(await readFile(join(root, model))).toEqual(toyFiles()[model]);
  });

  it('with a bomb in it: nothing larger than what was listed is kept', async () => {
    const bomb = gzipSync(Buffer.alloc(2 ** 24));
    const { registry } = await fakeRegistry(
      onModel((_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb) && true),
    );
    await expectError(registry.resolve('mlflow:/toy'), 'registry-invalid', 'longer than');
  });

  it('that cuts its answer off is asked again', async () => {
    let cuts = 1;
    const whole = gzipSync(toyFiles()[model]!);
    const { registry } = await fakeRegistry(
      onModel((_request, response) => {
        const body = cuts-- > 0 ? whole.subarray(0, -10) : whole;
        return response.writeHead(200, { 'content-encoding': 'gzip' }).end(body) && true;
      }),
    );
    const { root } = await registry.resolve('mlflow:/toy');
    expect(await readFile(join(root, model))).toEqual(toyFiles()[model]);
  });

  it('as nothing that Node reads is told', async () => {
    const { registry } = await fakeRegistry(
      onSearch((_request, response) => response.writeHead(200, { 'content-encoding': 'zstd' }).end('x') && true),
    );
    await expectError(registry.list(), 'registry-invalid', 'compressed as "zstd"', 'tell the proxy');
  });
});
