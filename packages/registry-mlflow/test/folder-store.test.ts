import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { registryToys } from '@qualm/testkit';
import { createMlflowRegistry } from '../src/index.ts';
import { expectError } from './expect-error.ts';
import { folderRegistry, logToy, scratchFolder } from './folder-registry.ts';

const toys = registryToys();

describe('a registry in a folder', () => {
  it('makes nothing until something is logged', async () => {
    const { registry, folder } = await folderRegistry();
    expect(await registry.list()).toEqual([]);
    await expectError(registry.resolve('mlflow:/toy'), 'model-missing', 'toy');
    await expectError(registry.versions('toy'), 'model-missing', 'toy');
    expect(await readdir(folder)).toEqual([]);
  });

  it('logs without registering, and resolves what was logged', async () => {
    const { registry } = await folderRegistry();
    const { uri, version, modelId } = await logToy(registry, toys.newer, {
      tags: { team: 'a/b' },
      params: { lr: '1e-3' },
    });
    expect(version).toBeNull();
    const { model, spec } = await registry.resolve(uri);
    expect(spec).toEqual(toys.newer.spec);
    expect(model).toMatchObject({ uri, modelId, registered: null, params: { lr: '1e-3' } });
    expect(model.tags).toMatchObject({ team: 'a/b', 'qualm.model.type': 'classifier', 'qualm.model.classes': '3' });
    expect(await registry.list()).toEqual([]);
  });

  it('gives versions numbers, aliases and tags, and takes them away', async () => {
    const { registry } = await folderRegistry();
    await logToy(registry, toys.older, { registeredModelName: 'toy', alias: ['champion', 'old'] });
    const { version } = await logToy(registry, toys.newer, {
      registeredModelName: 'toy',
      alias: 'champion',
      description: 'd',
    });
    expect(version).toMatchObject({
      name: 'toy',
      version: 2,
      aliases: ['champion'],
      description: 'd',
      status: 'READY',
    });
    expect(await registry.list()).toMatchObject([
      { name: 'toy', latest: { version: 2 }, aliases: { champion: 2, old: 1 }, stages: { None: 2 } },
    ]);
    expect((await registry.versions('toy')).map(({ version: at, aliases }) => [at, aliases])).toEqual([
      [2, ['champion']],
      [1, ['old']],
    ]);
    await registry.deleteAlias('toy', 'old');
    await registry.deleteAlias('toy', 'old');
    await expectError(registry.resolve('mlflow:/toy@old'), 'model-missing', 'it has: champion');
    await registry.deleteVersion('toy', 2);
    await registry.deleteVersion('toy', 2);
    await expectError(registry.resolve('mlflow:/toy/2'), 'model-missing', 'no version 2');
    await expectError(registry.setAlias('toy', 'a', 2), 'model-missing', 'version 2');
    expect((await registry.resolve('mlflow:/toy')).model.version?.version).toBe(1);
    const third = await logToy(registry, toys.newer, { registeredModelName: 'toy' });
    expect(third.version?.version).toBe(3);
    await registry.deleteModel('toy');
    await registry.deleteModel('toy');
    expect(await registry.list()).toEqual([]);
  });

  it('gives fifty at once fifty numbers', async () => {
    const { registry } = await folderRegistry();
    const logged = await Promise.all(
      Array.from({ length: 50 }, () => logToy(registry, toys.newer, { registeredModelName: 'toy' })),
    );
    const numbers = logged.map(({ version }) => version!.version).sort((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
    const models = new Set((await registry.versions('toy')).map(({ modelId }) => modelId));
    expect(models.size).toBe(50);
  });

  it('is whole where a process was killed in the middle of logging', async () => {
    const { registry, folder } = await folderRegistry();
    await logToy(registry, toys.older, { registeredModelName: 'toy' });
    const root = join(folder, 'models');
    await mkdir(join(root, 'models/toy/version-2'));
    await mkdir(join(root, 'models/toy/.new-x/tags'), { recursive: true });
    await mkdir(join(root, 'models/half'));
    expect(await registry.list()).toMatchObject([{ name: 'toy', latest: { version: 1 } }]);
    const { version } = await logToy(registry, toys.newer, { registeredModelName: 'toy' });
    expect(version?.version).toBe(3);
    const half = await logToy(registry, toys.newer, { registeredModelName: 'half' });
    expect(half.version?.version).toBe(1);
  });

  it('does not register what could not be stored whole', async () => {
    const { registry } = await folderRegistry();
    const { spec } = toys.newer;
    const files = { [spec.files.model]: '/nowhere/model.onnx' };
    await expectError(
      registry.logModel({ files, spec, registeredModelName: 'toy' }),
      'model-missing',
      '/nowhere/model.onnx',
    );
    const controller = new AbortController();
    const path = join(await scratchFolder(), 'm.onnx');
    await writeFile(path, Buffer.alloc(2 ** 22));
    const onProgress = ({ bytes }: { bytes: number }): void => {
      if (bytes > 0) controller.abort();
    };
    const { signal } = controller;
    const asked = registry.logModel({
      files: { [spec.files.model]: path },
      spec,
      registeredModelName: 'toy',
      signal,
      onProgress,
    });
    await expectError(asked, 'aborted');
    expect(await registry.list()).toEqual([]);
  });

  it('works where it was moved to', async () => {
    const { registry, folder } = await folderRegistry();
    await logToy(registry, toys.newer, { registeredModelName: 'toy' });
    const moved = join(folder, 'elsewhere');
    await rename(join(folder, 'models'), moved);
    const { root } = await createMlflowRegistry({ trackingUri: moved }).resolve('mlflow:/toy');
    expect(root.startsWith(moved)).toBe(true);
  });

  it('refuses links that leave the model, files and folders', async () => {
    const { registry } = await folderRegistry();
    await logToy(registry, toys.newer, { registeredModelName: 'toy' });
    const { root } = await registry.resolve('mlflow:/toy');
    for (const [name, target] of [
      ['passwd', '/etc/passwd'],
      ['etc', '/etc'],
    ] as const) {
      await symlink(target, join(root, name));
      await expectError(registry.resolve('mlflow:/toy'), 'path-outside', name);
      await rm(join(root, name));
    }
    await symlink(join(root, 'qualm.json'), join(root, 'inside.json'));
    await registry.resolve('mlflow:/toy');
  });

  it('never makes a folder called mlruns, and uses one that is there', async () => {
    const folder = await scratchFolder();
    const trackingUri = join(folder, 'mlruns');
    const registry = createMlflowRegistry({ trackingUri });
    await expectError(logToy(registry, toys.newer), 'unsupported', 'mlruns');
    expect(await readdir(folder)).toEqual([]);
    await mkdir(trackingUri);
    await logToy(registry, toys.newer);
  });

  it('says of a model with no spec what lacks, and takes one that is given, or a tag', async () => {
    const { registry, folder } = await folderRegistry();
    await logToy(registry, toys.newer, { registeredModelName: 'toy' });
    const { root } = await registry.resolve('mlflow:/toy');
    await rm(join(root, 'qualm.json'));
    await expectError(registry.resolve('mlflow:/toy'), 'unsupported', 'no qualm.json', '--spec');
    expect(await registry.describe('mlflow:/toy')).toMatchObject({
      spec: null,
      why: expect.stringContaining('qualm.spec'),
    });
    const elsewhere = { ...toys.newer.spec, files: { model: 'trained/best.onnx' } };
    const given = await registry.resolve('mlflow:/toy', { spec: elsewhere });
    expect(given.spec).toEqual(toys.newer.spec);
    expect(given.model.specFrom).toBe('given');
    await writeFile(join(folder, 'models/models/toy/version-1/tags/qualm.spec'), JSON.stringify(elsewhere));
    expect((await registry.resolve('mlflow:/toy')).model.specFrom).toBe('tag');
    const { mlmodel } = await registry.describe('mlflow:/toy');
    expect(mlmodel?.flavors['onnx']?.['data']).toBe(toys.newer.spec.files.model);
  });

  it('refuses a signature that contradicts the spec, when logging and when resolving', async () => {
    const { registry } = await folderRegistry();
    const signature = { inputs: [{ name: 'x', dtype: 'float32', shape: [null, 8, 8, 3] }], outputs: [] };
    await expectError(logToy(registry, toys.newer, { signature }), 'spec-invalid', 'signature');
    const right = { inputs: [{ name: 'x', dtype: 'float32', shape: [null, 3, 8, 8] }], outputs: [] };
    await logToy(registry, toys.newer, { signature: right, registeredModelName: 'toy' });
    const { root } = await registry.resolve('mlflow:/toy');
    const mlmodel = await readFile(join(root, 'MLmodel'), 'utf8');
    await writeFile(join(root, 'MLmodel'), mlmodel.replaceAll('[-1,3,8,8]', '[-1,3,9,9]'));
    await expectError(registry.resolve('mlflow:/toy'), 'spec-invalid', '[?, 3, 9, 9]');
  });

  it.each([
    ['MLmodel', 'is written by qualm'],
    ['model.pkl', 'pickle'],
    ['../x', '".."'],
    ['/x', 'absolute'],
    ['a#b', '#'],
  ])('does not log a file named %s', async (path, why) => {
    const { registry } = await folderRegistry();
    const { spec } = toys.newer;
    const files = { [spec.files.model]: import.meta.filename, [path]: import.meta.filename };
    const error = await registry.logModel({ files, spec }).catch((failure: unknown) => failure);
    expect(String(error)).toContain(why);
  });

  it('wants the model among the files, and a name for an alias', async () => {
    const { registry } = await folderRegistry();
    const { spec } = toys.newer;
    await expectError(registry.logModel({ files: {}, spec }), 'spec-invalid', spec.files.model);
    await expectError(logToy(registry, toys.newer, { alias: 'a' }), 'unsupported', 'registeredModelName');
    await expectError(logToy(registry, toys.newer, { registeredModelName: 'a/b' }), 'unsupported', 'a/b');
    await expectError(logToy(registry, toys.wrong), 'spec-invalid', 'labels');
  });

  it('checksums are those of sha256sum', async () => {
    const { registry } = await folderRegistry();
    await logToy(registry, toys.newer, { registeredModelName: 'toy' });
    const { root } = await registry.pull('mlflow:/toy');
    const { stdout } = await promisify(execFile)('sha256sum', ['--check', 'qualm.sha256'], { cwd: root });
    expect(stdout).toBe(`${toys.newer.spec.files.model}: OK\n`);
  });

  it('keeps registered models in one place and files in another', async () => {
    const folder = await scratchFolder();
    const both = { trackingUri: join(folder, 'tracking'), registryUri: join(folder, 'registry') };
    const registry = createMlflowRegistry(both);
    await logToy(registry, toys.newer, { registeredModelName: 'toy' });
    expect(await readdir(join(folder, 'registry'))).toEqual(['models']);
    expect((await registry.resolve('mlflow:/toy')).root).toContain('/tracking/');
    await cp(join(folder, 'registry'), join(folder, 'copy'), { recursive: true });
    const alone = createMlflowRegistry({ trackingUri: join(folder, 'copy') });
    expect((await alone.resolve('mlflow:/toy')).root).toContain('/tracking/');
  });
});
