import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { registryToys } from '@qualm/testkit';
import { expectError } from './expect-error.ts';
import { artifactOf, draft, fakeRegistry, isListing, sendFile, sendJson, startFake, toyFiles } from './fake-server.ts';
import type { Fault } from './fake-server.ts';
import { logToy } from './folder-registry.ts';

const listing =
  (files: readonly object[]): Fault =>
  (request, response) =>
    isListing(request) ? sendJson(response, { files }) : false;

const locatedAt =
  (location: string): Fault =>
  ({ path }, response) =>
    path.endsWith('/get-download-uri') ? sendJson(response, { artifact_uri: location }) : false;

describe('a server that lists names', () => {
  it.each([
    ['..', 'path-outside'],
    ['../../../.ssh/authorized_keys', 'path-outside'],
    ['/etc/passwd', 'path-outside'],
    ['..\\..\\x', 'path-outside'],
    ['%2e%2e', 'path-outside'],
    ['a/b', 'path-outside'],
    ['C:x', 'path-outside'],
    ['a\u0000b', 'path-outside'],
    ['a\u001b[31mb', 'path-outside'],
    ['', 'path-outside'],
  ] as const)('%j is not followed, and nothing is written', async (path, code) => {
    const { registry, cache } = await fakeRegistry(listing([{ path, is_dir: false, file_size: 1 }]));
    const { message } = await expectError(registry.resolve('mlflow:/toy'), code);
    expect(message).not.toMatch(/[\u0000-\u001f]/);
    await expect(access(cache)).rejects.toThrow();
  });

  it('a name twice is refused', async () => {
    const file = { path: 'MLmodel', is_dir: false, file_size: 1 };
    const { registry } = await fakeRegistry(listing([file, file]));
    await expectError(registry.resolve('mlflow:/toy'), 'registry-invalid', 'twice');
  });

  it('folders without end are given up', async () => {
    const { registry, server } = await fakeRegistry(listing([{ path: 'a', is_dir: true }]));
    await expectError(registry.resolve('mlflow:/toy'), 'registry-invalid', 'deeper than');
    expect(server.requests.length).toBeLessThan(50);
  });

  it('files without end are given up', async () => {
    const many = Array.from({ length: 20_000 }, (_, i) => ({ path: `f${i}`, is_dir: false, file_size: 1 }));
    const { registry } = await fakeRegistry(listing(many));
    await expectError(registry.resolve('mlflow:/toy'), 'registry-invalid', 'more than 10000 files');
  });

  it('more bytes than are allowed are not fetched', async () => {
    const large = listing([
      { path: 'MLmodel', is_dir: false, file_size: toyFiles()['MLmodel']!.length },
      { path: 'qualm.json', is_dir: false, file_size: toyFiles()['qualm.json']!.length },
      { path: registryToys().newer.spec.files.model, is_dir: false, file_size: 10 ** 12 },
    ]);
    const { registry, server } = await fakeRegistry(large, { maxModelBytes: 10 ** 9 });
    await expectError(registry.resolve('mlflow:/toy'), 'registry-invalid', 'maxModelBytes');
    expect(server.requests.filter((request) => artifactOf(request)?.endsWith('.onnx'))).toEqual([]);
  });
});

describe('a server whose location', () => {
  it.each([
    ['file:///etc', 'unsupported'],
    ['/etc', 'unsupported'],
    ['../../etc', 'unsupported'],
    ['s3://bucket/key', 'unsupported'],
    ['http://169.254.169.254/api/2.0/mlflow-artifacts/artifacts/x', 'unsupported'],
    ['mlflow-artifacts://elsewhere:5000/x', 'unsupported'],
    ['mlflow-artifacts:/../../x', 'path-outside'],
    ['mlflow-artifacts:/a/%2e%2e/x', 'path-outside'],
  ] as const)('is %s is not followed', async (location, code) => {
    const { registry } = await fakeRegistry(locatedAt(location));
    const { message } = await expectError(registry.resolve('mlflow:/toy'), code);
    expect(message).not.toContain('169.254');
  });
});

describe('a server that sends us away', () => {
  it('to another host is refused, and the other host hears nothing', async () => {
    const other = await startFake();
    const { registry } = await fakeRegistry(
      (_request, response) => {
        response.writeHead(302, { location: `${other.address}/api/2.0/mlflow/registered-models/get?name=toy` }).end();
        return true;
      },
      { token: 'secret' },
    );
    await expectError(registry.resolve('mlflow:/toy'), 'access-denied', other.address);
    expect(other.requests).toEqual([]);
  });

  it('to a path of its own is followed, with our credentials', async () => {
    const { registry, server } = await fakeRegistry(
      ({ path, query }, response) => {
        if (path.startsWith('/moved')) return false;
        if (query.has('again')) return false;
        if (path !== '/api/2.0/mlflow/registered-models/get') return false;
        response.writeHead(307, { location: `${path}?name=toy&again=1` }).end();
        return true;
      },
      { token: 'secret' },
    );
    await registry.resolve('mlflow:/toy');
    const redirected = server.requests.filter(({ query }) => query.has('again'));
    expect(redirected.map(({ headers }) => headers.authorization)).toEqual(['Bearer secret']);
  });

  it('in circles is given up', async () => {
    const { registry, server } = await fakeRegistry(({ path }, response) => {
      response.writeHead(302, { location: path }).end();
      return true;
    });
    await expectError(registry.resolve('mlflow:/toy'), 'registry-invalid', 'redirects without end');
    expect(server.requests.length).toBeLessThan(10);
  });
});

describe('a server that lies', () => {
  const model = registryToys().newer.spec.files.model;
  const onModel =
    (fault: Fault): Fault =>
    (request, response) =>
      artifactOf(request) === model ? fault(request, response) : false;

  it('about the length of a file: nothing of it is kept', async () => {
    const file = toyFiles()[model]!;
    const { registry, cache } = await fakeRegistry(
      onModel((request, response) => sendFile(request, response, file.subarray(1))),
    );
    await expectError(registry.resolve('mlflow:/toy'), 'registry-invalid', model);
    expect(await readdir(join(cache, 'models')).catch(() => [])).toEqual([]);
  });

  it('with more bytes than it said, in chunks', async () => {
    const { registry } = await fakeRegistry(
      onModel((_request, response) => {
        response.writeHead(200);
        const more = setInterval(() => response.write(Buffer.alloc(65536)), 1);
        response.on('close', () => clearInterval(more));
        return true;
      }),
    );
    await expectError(registry.resolve('mlflow:/toy'), 'registry-invalid', 'longer than');
  });

  it('about what was logged: the hash tells', async () => {
    const digest = Buffer.from(`${'0'.repeat(64)}  ${model}\n`);
    const { registry, cache } = await fakeRegistry(undefined, {}, { ...toyFiles(), 'qualm.sha256': digest });
    await expectError(registry.resolve('mlflow:/toy'), 'registry-invalid', 'not what was logged');
    expect(await readdir(join(cache, 'models')).catch(() => [])).toEqual([]);
  });

  it('where a range begins', async () => {
    const file = toyFiles()[model]!;
    const { registry } = await fakeRegistry(
      onModel((request, response) => {
        if (request.headers.range === undefined) {
          response.writeHead(200, { etag: '"1"', 'content-length': file.length });
          response.write(file.subarray(0, 10), () => setTimeout(() => response.destroy(), 50));
          return true;
        }
        response.writeHead(206, { etag: '"1"', 'content-range': `bytes 5-${file.length - 1}/${file.length}` });
        response.end(file.subarray(5));
        return true;
      }),
    );
    await expectError(registry.resolve('mlflow:/toy'), 'registry-invalid', 'begins at 5, expected 10');
  });

  it('that it is MLflow', async () => {
    const { registry } = await fakeRegistry((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome</h1>');
      return true;
    });
    await expectError(registry.resolve('mlflow:/toy'), 'registry-invalid', 'expected JSON, got text/html');
  });

  it('with JSON of another kind', async () => {
    const { registry } = await fakeRegistry((_request, response) =>
      sendJson(response, { registered_model: { name: 7 } }),
    );
    await expectError(registry.resolve('mlflow:/toy'), 'registry-invalid', 'registered_model.name');
  });

  it('with an MLmodel whose data leaves its folder', async () => {
    const mlmodel = Buffer.from('flavors:\n  onnx:\n    data: ../../x\n');
    const { registry } = await fakeRegistry(undefined, {}, { ...toyFiles(), MLmodel: mlmodel });
    await expectError(registry.resolve('mlflow:/toy'), 'path-outside', 'flavors.onnx.data');
  });

  it('with an MLmodel of a billion aliases, or a tag that would run code', async () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghij'
      .split('')
      .map((key, i) => `${key}: &${key} [${Array(9).fill(`*${'abcdefghi'[i]}`).join(',')}]`)
      .join('\n')}\nflavors: {onnx: {data: x}}\n`;
    for (const text of [bomb, 'flavors: !!python/object/apply:os.system ["touch /tmp/x"]\n']) {
      const { registry } = await fakeRegistry(undefined, {}, { ...toyFiles(), MLmodel: Buffer.from(text) });
      await expectError(registry.resolve('mlflow:/toy'), 'registry-invalid', 'MLmodel');
    }
  });

  it('with a spec that names a file elsewhere', async () => {
    const { spec } = registryToys().newer;
    const outside = Buffer.from(JSON.stringify({ ...spec, files: { model: '../../x.onnx' } }));
    const { registry } = await fakeRegistry(undefined, {}, { ...toyFiles(), 'qualm.json': outside });
    await expectError(registry.resolve('mlflow:/toy'), 'spec-invalid', 'files.model');
  });

  it('with messages that would paint the terminal', async () => {
    const { registry } = await fakeRegistry((_request, response) =>
      sendJson(response, { error_code: 'BAD_REQUEST', message: 'a\u001b[2Jb\nqualm: all is well' }, 400),
    );
    const { message } = await expectError(registry.resolve('mlflow:/toy'), 'registry-invalid', 'a [2Jb qualm');
    expect(message).not.toMatch(/[\u0000-\u001f]/);
  });
});

describe('a server that keeps pickles', () => {
  it('has them listed, and not fetched', async () => {
    const files = {
      ...toyFiles(),
      'python_model.pkl': Buffer.from('cos\nsystem\n'),
      'data/model.pth': Buffer.from('x'),
    };
    const flat = Object.fromEntries(Object.entries(files).filter(([path]) => !path.includes('/')));
    const { registry, server } = await fakeRegistry(undefined, {}, flat);
    const { root, model } = await registry.resolve('mlflow:/toy');
    expect(model.files.map(({ path }) => path)).toContain('python_model.pkl');
    expect(await readdir(root)).not.toContain('python_model.pkl');
    expect(server.requests.filter((request) => artifactOf(request)?.endsWith('.pkl'))).toEqual([]);
  });
});

describe('credentials', () => {
  it('go with each request to their server: user and password of the URI, given ones first, or a token', async () => {
    const { server } = await fakeRegistry();
    const { createMlflowRegistry } = await import('../src/index.ts');
    const ask = async (trackingUri: string, options: object): Promise<string | undefined> => {
      const registry = createMlflowRegistry({ trackingUri, ...options });
      await registry.list().catch(() => undefined);
      await registry.dispose();
      expect(registry.uri).not.toContain('secret');
      return server.requests.at(-1)!.headers.authorization;
    };
    const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;
    const withUser = server.address.replace('http://', 'http://ann:secret@');
    expect(await ask(withUser, {})).toBe(basic('ann:secret'));
    expect(await ask(withUser, { username: 'bob', password: 'ß' })).toBe(basic('bob:ß'));
    expect(await ask(server.address, { token: 't' })).toBe('Bearer t');
    expect(await ask(server.address, {})).toBeUndefined();
  });

  it('do not go where the server has a part of a file put', async () => {
    const storage = await startFake((_request, response) => {
      response.writeHead(200, { etag: '"part"' }).end();
      return true;
    });
    const { registry, server } = await fakeRegistry(
      (request, response) => {
        const { method, path } = request;
        if (path.endsWith('/experiments/get-by-name'))
          return sendJson(response, { experiment: { experiment_id: '0', lifecycle_stage: 'active' } });
        if (method === 'POST' && path.endsWith('/logged-models')) return sendJson(response, { model: draft });
        if (method === 'PATCH') return sendJson(response, { model: draft });
        if (method === 'PUT') return response.end() && true;
        const [, step] = /\/mpu\/(create|complete)\//.exec(path) ?? [];
        if (step === 'complete') return sendJson(response, {});
        if (step !== 'create') return false;
        const { num_parts: parts } = JSON.parse(request.body.toString('utf8')) as { num_parts: number };
        const credentials = Array.from({ length: parts }, (_, i) => ({
          url: `${storage.address}/bucket/key?part=${i + 1}`,
          part_number: i + 1,
          headers: { 'x-part': String(i) },
        }));
        return sendJson(response, { upload_id: 'u', credentials });
      },
      { token: 'secret' },
    );
    const { spec } = registryToys().newer;
    const file = new Uint8Array(65 * 2 ** 20).fill(1);
    await logToy(registry, { spec, file });
    const parts = storage.requests.map(({ query, body, headers }) => [
      query.get('part'),
      body.length,
      headers['x-part'],
    ]);
    expect(parts.sort()).toEqual([
      ['1', 64 * 2 ** 20, '0'],
      ['2', 2 ** 20, '1'],
    ]);
    expect(storage.requests.map(({ headers }) => headers.authorization)).toEqual([undefined, undefined]);
    const completed = server.requests.find(({ path }) => path.includes('/mpu/complete/'))!;
    expect(completed.headers.authorization).toBe('Bearer secret');
    expect(JSON.parse(completed.body.toString('utf8'))).toMatchObject({
      path: spec.files.model,
      upload_id: 'u',
      parts: [
        { part_number: 1, etag: '"part"' },
        { part_number: 2, etag: '"part"' },
      ],
    });
  });
});
