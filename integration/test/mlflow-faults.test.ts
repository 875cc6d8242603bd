import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import * as vitest from 'vitest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMlflowRegistry } from '@qualm/registry-mlflow';
import type { MlflowRegistry, MlflowRegistryOptions } from '@qualm/registry-mlflow';
import { registryToys, testRegistry } from '@qualm/testkit';
import { logToys, logToy, toyUris } from '../src/log-toys.ts';
import { freePort, mlflowPython, startMlflow } from '../src/mlflow-server.ts';
import type { MlflowServer } from '../src/mlflow-server.ts';
import { runPython } from '../src/python-environment.ts';
import { root } from '../src/repository.ts';

const run = promisify(execFile);
const mebibyte = 2 ** 20;
const toy = registryToys().newer;
const model = toy.spec.files.model;
const script = (name: string): string => join(root, 'integration/python', name);

let scratch: string;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'qualm-mlflow-'));
});

afterAll(() => rm(scratch, { recursive: true, force: true }));

/** A file of so many MiB that do not repeat. */
async function largeFile(mebibytes: number): Promise<{ path: string; sha256: string }> {
  const path = join(scratch, `${mebibytes}.onnx`);
  const hash = createHash('sha256');
  const file = createWriteStream(path);
  for (let at = 0; at < mebibytes; at++) {
    const part = Buffer.alloc(mebibyte, createHash('sha512').update(String(at)).digest());
    hash.update(part);
    if (!file.write(part)) await new Promise<void>((done) => file.once('drain', done));
  }
  await new Promise<void>((done) => file.end(done));
  return { path, sha256: hash.digest('hex') };
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const part of createReadStream(path)) hash.update(part as Buffer);
  return hash.digest('hex');
}

describe('a server that is killed, and started again', () => {
  let server: MlflowServer;
  let large: { path: string; sha256: string };
  const patient = { maxRetries: 20, backoffSeconds: 0.5, jitterSeconds: 0.1 };

  beforeAll(async () => {
    server = await startMlflow('3.17', join(scratch, 'killed'));
    large = await largeFile(300);
  });

  afterAll(() => server?.stop());

  function registryOf(options: MlflowRegistryOptions = {}): MlflowRegistry {
    return createMlflowRegistry({ trackingUri: server.address, ...patient, ...options });
  }

  /** Kills the server once, when so many bytes have moved, and starts it a second later. */
  function killer(bytes: number): { onProgress: (progress: { bytes: number }) => void; killed: () => Promise<void> } {
    let killing: Promise<void> | null = null;
    return {
      onProgress(progress) {
        if (progress.bytes > bytes)
          killing ??= server
            .kill()
            .then(() => sleep(1000))
            .then(() => server.start());
      },
      killed: async () => {
        expect(killing).not.toBeNull();
        await killing;
      },
    };
  }

  it('in the middle of an upload: the model is registered once, and whole', async () => {
    const registry = registryOf();
    const { onProgress, killed } = killer(100 * mebibyte);
    const { version } = await registry.logModel({
      files: { [model]: large.path },
      spec: toy.spec,
      registeredModelName: 'large',
      onProgress,
    });
    await killed();
    expect(version?.version).toBe(1);
    expect(await registry.versions('large')).toHaveLength(1);
    const { root: files } = await registryOf({ cacheFolder: join(scratch, 'upload-cache') }).resolve('mlflow:/large');
    expect(await sha256Of(join(files, model))).toBe(large.sha256);
    await registry.dispose();
  });

  it('in the middle of a download: it goes on where it stopped', async () => {
    const registry = registryOf({ cacheFolder: join(scratch, 'download-cache') });
    const { onProgress, killed } = killer(100 * mebibyte);
    const { root: files } = await registry.resolve('mlflow:/large', { onProgress });
    await killed();
    expect(await sha256Of(join(files, model))).toBe(large.sha256);
    expect(await readFile(join(server.folder, 'server.log'), 'utf8')).toContain(`${model} HTTP/1.1" 206`);
    await registry.dispose();
  });

  it('a client that is killed in the middle of a download leaves what it had to the next one', async () => {
    const cacheFolder = join(scratch, 'client-cache');
    const code = `
      import { createMlflowRegistry } from '@qualm/registry-mlflow';
      const registry = createMlflowRegistry(${JSON.stringify({ trackingUri: server.address, cacheFolder })});
      await registry.resolve('mlflow:/large', { onProgress({ bytes }) { if (bytes > ${100 * mebibyte}) process.kill(process.pid, 'SIGKILL'); } });`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', code], { cwd: join(root, 'integration') });
    await new Promise((done) => child.once('exit', done));
    expect(child.signalCode).toBe('SIGKILL');
    const before = (await readFile(join(server.folder, 'server.log'), 'utf8')).split('" 206').length;
    const registry = registryOf({ cacheFolder });
    const { root: files } = await registry.resolve('mlflow:/large');
    expect(await sha256Of(join(files, model))).toBe(large.sha256);
    const after = (await readFile(join(server.folder, 'server.log'), 'utf8')).split('" 206').length;
    expect(after).toBe(before + 1);
    await registry.dispose();
  });

  it('300 MiB go up and come down in less than 150 MiB of memory', async () => {
    const options = { trackingUri: server.address, cacheFolder: join(scratch, 'memory-cache') };
    const code = `
      import { createMlflowRegistry } from '@qualm/registry-mlflow';
      const registry = createMlflowRegistry(${JSON.stringify(options)});
      const spec = ${JSON.stringify(toy.spec)};
      await registry.logModel({ files: { '${model}': '${large.path}' }, spec, registeredModelName: 'memory' });
      const up = process.resourceUsage().maxRSS;
      await registry.resolve('mlflow:/memory');
      await registry.dispose();
      console.log(JSON.stringify({ up, down: process.resourceUsage().maxRSS }));`;
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', code], {
      cwd: join(root, 'integration'),
    });
    const { up, down } = JSON.parse(stdout) as { up: number; down: number };
    process.stdout.write(
      `300 MiB up: at most ${(up / 1024).toFixed(0)} MiB resident; down as well: ${(down / 1024).toFixed(0)}\n`,
    );
    expect(down / 1024).toBeLessThan(150);
  });

  it('two processes that want the same model fetch it once', async () => {
    const options = { trackingUri: server.address, cacheFolder: join(scratch, 'shared-cache') };
    const code = `
      import { createMlflowRegistry } from '@qualm/registry-mlflow';
      const registry = createMlflowRegistry(${JSON.stringify(options)});
      console.log((await registry.resolve('mlflow:/large')).root);
      await registry.dispose();`;
    const log = join(server.folder, 'server.log');
    const fetches = async (): Promise<number> => (await readFile(log, 'utf8')).split(`${model} HTTP/1.1" 20`).length;
    const before = await fetches();
    const resolving = [1, 2, 3].map(() =>
      run(process.execPath, ['--input-type=module', '-e', code], { cwd: join(root, 'integration') }),
    );
    const roots = (await Promise.all(resolving)).map(({ stdout }) => stdout.trim());
    expect(new Set(roots).size).toBe(1);
    expect(await sha256Of(join(roots[0]!, model))).toBe(large.sha256);
    expect(await fetches()).toBe(before + 1);
  });
});

describe('a server that wants to know who asks', () => {
  let server: MlflowServer;
  beforeAll(async () => {
    const env = {
      MLFLOW_FLASK_SERVER_SECRET_KEY: 'for a test',
      MLFLOW_AUTH_ADMIN_PASSWORD: 'a long password 1',
    };
    server = await startMlflow('3.17', join(scratch, 'auth'), { args: ['--app-name', 'basic-auth'], env });
  });
  afterAll(() => server?.stop());

  it('takes user and password, and refuses others with a word', async () => {
    const nobody = createMlflowRegistry({ trackingUri: server.address });
    await expect(nobody.list()).rejects.toMatchObject({
      code: 'access-denied',
      message: expect.stringContaining('401'),
    });
    const wrong = createMlflowRegistry({ trackingUri: server.address, username: 'admin', password: 'no' });
    await expect(logToys(wrong)).rejects.toMatchObject({ code: 'access-denied' });
    const cacheFolder = join(scratch, 'auth-cache');
    const admin = { trackingUri: server.address, cacheFolder, username: 'admin', password: 'a long password 1' };
    const registry = createMlflowRegistry(admin);
    await logToys(registry);
    const { spec } = await registry.resolve('mlflow:/colour@champion');
    expect(spec.description).toBe('the second');
    for (const one of [nobody, wrong, registry]) await one.dispose();
  });
});

describe('a server that keeps its files in S3', () => {
  let server: MlflowServer;
  let storage: ReturnType<typeof spawn>;
  let registry: MlflowRegistry;

  beforeAll(async () => {
    const python = await mlflowPython('3.17');
    const port = await freePort();
    storage = spawn(join(dirname(python), 'moto_server'), ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
    const endpoint = `http://127.0.0.1:${port}`;
    for (let tries = 0; !(await fetch(endpoint).catch(() => null)) && tries < 240; tries++) await sleep(250);
    const env = {
      MLFLOW_S3_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_DEFAULT_REGION: 'us-east-1',
    };
    await fetch(`${endpoint}/models`, { method: 'PUT' });
    server = await startMlflow('3.17', join(scratch, 's3'), {
      artifacts: ['--artifacts-destination', 's3://models'],
      env,
    });
    registry = createMlflowRegistry({ trackingUri: server.address, cacheFolder: join(scratch, 's3-cache') });
  });

  afterAll(async () => {
    await registry?.dispose();
    await server?.stop();
    storage?.kill();
  });

  it('takes a large file in parts, straight to S3, and gives it back', async () => {
    const large = await largeFile(150);
    const told: number[] = [];
    await registry.logModel({
      files: { [model]: large.path },
      spec: toy.spec,
      registeredModelName: 'large',
      onProgress: ({ bytes }) => told.push(bytes),
    });
    const log = await readFile(join(server.folder, 'server.log'), 'utf8');
    expect(log).toMatch(/mpu\/create\/.*200/);
    expect(log).toMatch(/mpu\/complete\/.*200/);
    expect(Math.max(...told)).toBeGreaterThan(150 * mebibyte);
    const { root: files } = await registry.resolve('mlflow:/large');
    expect(await sha256Of(join(files, model))).toBe(large.sha256);
  });
});

describe('a server that does not proxy its files', () => {
  let server: MlflowServer;
  let registry: MlflowRegistry;

  beforeAll(async () => {
    const folder = join(scratch, 'unproxied');
    server = await startMlflow('3.17', folder, {
      artifacts: ['--no-serve-artifacts', '--default-artifact-root', join(folder, 'files')],
    });
    registry = createMlflowRegistry({ trackingUri: server.address, cacheFolder: join(scratch, 'unproxied-cache') });
  });

  afterAll(async () => {
    await registry?.dispose();
    await server?.stop();
  });

  it('is read through the routes of its pages, and told why it cannot be written', async () => {
    await expect(logToys(registry)).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('--serve-artifacts'),
    });
    const local = createMlflowRegistry({ trackingUri: join(scratch, 'unproxied-source') });
    await logToys(local);
    const { root: folder } = await local.pull('mlflow:/colour');
    const models = JSON.stringify([{ folder, name: 'colour', aliases: ['champion'] }]);
    await runPython(await mlflowPython('3.17'), script('mlflow_register.py'), [server.address, models]);
    const { root: files, spec } = await registry.resolve('mlflow:/colour@champion');
    expect(spec).toEqual({ ...toy.spec });
    expect(files).not.toContain('unproxied/files');
    expect(new Uint8Array(await readFile(join(files, model)))).toEqual(toy.file);
  });
});

describe('with no server', () => {
  testRegistry({
    name: 'the SQLite file of a notebook',
    vitest,
    async open() {
      const source = createMlflowRegistry({ trackingUri: join(scratch, 'sqlite-source') });
      await logToys(source);
      const [newer, older] = await Promise.all(['mlflow:/colour/2', 'mlflow:/colour/1'].map((uri) => source.pull(uri)));
      const trackingUri = `sqlite:///${join(scratch, 'notebook.db')}`;
      const models = [
        { folder: older!.root, name: 'colour', aliases: [] },
        { folder: newer!.root, name: 'colour', aliases: ['champion'] },
      ];
      const python = await mlflowPython('3.17');
      // Its artifacts go where it runs.
      await run(python, [script('mlflow_register.py'), trackingUri, JSON.stringify(models)], { cwd: scratch });
      const registry = createMlflowRegistry({ trackingUri });
      return { registry, ...toyUris, dispose: () => registry.dispose() };
    },
  });

  it.each(['3.17', '3.6', '2'] as const)(
    'what Python %s wrote into SQLite is read as it is, and never written',
    async (mlflow) => {
      const folder = await mkdtemp(join(scratch, 'sqlite-'));
      const database = join(folder, 'mlflow.db');
      const trackingUri = `sqlite:///${database}`;
      const python = await mlflowPython(mlflow);
      await writeFile(join(folder, 'toy.onnx'), toy.file);
      await writeFile(join(folder, 'toy.json'), JSON.stringify(toy.spec));
      const args = [trackingUri, join(folder, 'toy.onnx'), join(folder, 'toy.json'), 'colour'];
      const { stdout } = await run(python, [script('mlflow_log.py'), ...args], { cwd: folder });
      const logged = JSON.parse(stdout) as { uri: string; run: string };
      const before = await sha256Of(database);
      const registry = createMlflowRegistry({ trackingUri });
      for (const uri of ['mlflow:/colour', 'mlflow:/colour@python', logged.uri, `runs:/${logged.run}/model`]) {
        const { spec, root: files } = await registry.resolve(uri);
        expect(spec).toEqual({ ...toy.spec, files: { model: 'model.onnx' } });
        expect(await readdir(files)).toContain('model.onnx');
      }
      expect(await registry.list()).toMatchObject([{ name: 'colour', latest: { version: 1 }, aliases: { python: 1 } }]);
      expect(await registry.about()).toMatch(/schema [0-9a-f]{12}$/);
      await expect(logToy(registry, toy, 'colour')).rejects.toMatchObject({
        code: 'unsupported',
        message: expect.stringContaining(`mlflow server --backend-store-uri sqlite:///${database}`),
      });
      await registry.dispose();
      expect(await sha256Of(database)).toBe(before);
    },
  );

  it('what Node wrote into a folder, Python loads with MLFLOW_ALLOW_FILE_STORE, and migrates to SQLite', async () => {
    const folder = await mkdtemp(join(scratch, 'folder-'));
    const store = join(folder, 'qualm-models');
    const registry = createMlflowRegistry({ trackingUri: store });
    await logToys(registry);
    const python = await mlflowPython('3.17');
    const input = join(folder, 'input.json');
    const ones = Array<number>(192).fill(1);
    await writeFile(input, JSON.stringify({ x: { dtype: 'float32', shape: [1, 3, 8, 8], data: ones } }));
    const env = { ...process.env, MLFLOW_ALLOW_FILE_STORE: 'true' };
    const uri = `file://${store}`;
    const predict = [script('mlflow_predict.py'), uri, input, 'models:/colour@champion'];
    const { stdout } = await run(python, predict, { env, cwd: folder });
    const [{ served }] = JSON.parse(stdout) as [{ served: { scores: number[] } }];
    for (const score of served.scores) expect(score).toBeCloseTo(1 / 3, 6);
    const database = `sqlite:///${join(folder, 'migrated.db')}`;
    await run(python, ['-m', 'mlflow', 'migrate-filestore', '--source', store, '--target', database], {
      env,
      cwd: folder,
    });
    const migrated = createMlflowRegistry({ trackingUri: database });
    const { spec, model: told } = await migrated.resolve('mlflow:/colour@champion');
    expect(spec).toEqual(toy.spec);
    expect(told.version).toMatchObject({ version: 2, aliases: ['champion'] });
    await migrated.dispose();
    await registry.dispose();
  });
});
