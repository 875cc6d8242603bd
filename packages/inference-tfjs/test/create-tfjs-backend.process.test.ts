import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { writeTfjsToys } from '@qualm/testkit';
import { createTensor } from '@qualm/types';
import { createTfjsBackend } from '../src/create-tfjs-backend.ts';

const folder = await mkdtemp(join(tmpdir(), 'qualm-tfjs-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

const toys = await writeTfjsToys(join(folder, 'toys'));
const x = createTensor('float32', [1, 3], Float32Array.of(1, 0, 0));

/** A folder from which only `@tensorflow/tfjs-node`, or another, is found, with this text. */
async function withTfjsNode(name: string, text: string, packageName = 'tfjs-node'): Promise<string> {
  const place = join(folder, name);
  const module = join(place, 'node_modules/@tensorflow', packageName);
  await mkdir(module, { recursive: true });
  await writeFile(join(module, 'package.json'), `{"name":"@tensorflow/${packageName}","version":"0.0.0"}`);
  await writeFile(join(module, 'index.js'), text);
  return place;
}

describe('createTfjsBackend', () => {
  it('says where the file of its worker is not, and which option names it; a spec names none', async () => {
    const worker = 'file:///not-here/tfjs-worker.mjs';
    await expect(createTfjsBackend({ worker }).load({ model: toys.affine })).rejects.toMatchObject({
      code: 'backend-unavailable',
      message: expect.stringMatching(
        /not at "file:.*not-here\/tfjs-worker\.mjs".*createTfjsBackend\(\{ worker \}\)/,
      ) as string,
    });
    const model = await createTfjsBackend({ sessions: 1 }).load({ model: toys.affine, backendOptions: { worker } });
    expect(model.device).toBe('wasm');
    await model.dispose();
    expect(() => createTfjsBackend({ worker: '' })).toThrow('createTfjsBackend: worker is ""; expected');
  });

  it('takes wasm where nothing faster is installed, and says so in one warning', async () => {
    const model = await createTfjsBackend({ sessions: 1 }).load({ model: toys.affine });
    expect(model.device).toBe('wasm');
    expect(model.warnings).toEqual([
      { code: 'runtime-fallback', message: expect.stringContaining('npm install @tensorflow/tfjs-node') },
    ]);
    await model.dispose();
  });

  it('has no warning for the runtime that was asked for', async () => {
    const model = await createTfjsBackend({ runtime: 'wasm', sessions: 1 }).load({ model: toys.affine });
    expect(model.warnings).toEqual([]);
    await model.dispose();
  });

  it.each([
    ['node', /npm install @tensorflow\/tfjs-node$/],
    ['node-gpu', /npm install @tensorflow\/tfjs-node-gpu$/],
    ['wasm', /npm install @tensorflow\/tfjs-core @tensorflow\/tfjs-converter @tensorflow\/tfjs-backend-wasm$/],
    ['auto', /tfjs-node-gpu[^]*tfjs-node[^]*tfjs-backend-wasm$/],
  ] as const)('names the packages to install where %s has none', async (runtime, message) => {
    const load = createTfjsBackend({ runtime, resolveFrom: folder }).load({ model: toys.affine });
    await expect(load).rejects.toMatchObject({ code: 'backend-unavailable', message: expect.stringMatching(message) });
  });

  it('says why a package that is installed does not start', async () => {
    const resolveFrom = await withTfjsNode('broken', 'throw new Error("libtensorflow.so.2 is missing")');
    const load = createTfjsBackend({ runtime: 'node', resolveFrom }).load({ model: toys.affine });
    await expect(load).rejects.toThrow('libtensorflow.so.2 is missing');
  });

  it('runs one session on tfjs-node, found from another folder', async () => {
    const require = createRequire(import.meta.url);
    const core = JSON.stringify(require.resolve('@tensorflow/tfjs-core'));
    const cpu = JSON.stringify(require.resolve('@tensorflow/tfjs-backend-cpu'));
    const converter = JSON.stringify(require.resolve('@tensorflow/tfjs-converter'));
    const resolveFrom = await withTfjsNode(
      'stand-in',
      `const core = require(${core}); require(${cpu});
       module.exports = { ...core, ...require(${converter}), setBackend: () => core.setBackend('cpu') };`,
    );
    const model = await createTfjsBackend({ resolveFrom }).load({ model: toys.affine });
    expect([model.device, model.concurrency]).toEqual(['node', 1]);
    expect((await model.run({ x }))['y']!.data).toEqual(Float32Array.of(1.5, 1));
    await model.dispose();
  });

  // No GPU is at hand; that TensorFlow finds none is tested on TensorFlow itself.
  it('says node-gpu where the runtime says that it uses a GPU', async () => {
    const require = createRequire(import.meta.url);
    const [core, cpu, converter] = ['tfjs-core', 'tfjs-backend-cpu', 'tfjs-converter'].map((name) =>
      JSON.stringify(require.resolve(`@tensorflow/${name}`)),
    );
    const resolveFrom = await withTfjsNode(
      'with-gpu',
      `const core = require(${core}); require(${cpu});
       const backend = () => ({ isUsingGpuDevice: true });
       module.exports = { ...core, ...require(${converter}), backend, setBackend: () => core.setBackend('cpu') };`,
      'tfjs-node-gpu',
    );
    for (const runtime of ['node-gpu', 'auto'] as const) {
      const model = await createTfjsBackend({ runtime, resolveFrom }).load({ model: toys.affine });
      expect([model.device, model.warnings]).toEqual(['node-gpu', []]);
      await model.dispose();
    }
  });

  it('fails the run of a lost thread only, and replaces the thread', async () => {
    const require = createRequire(import.meta.url);
    const [core, cpu, converter] = ['tfjs-core', 'tfjs-backend-cpu', 'tfjs-converter'].map((name) =>
      JSON.stringify(require.resolve(`@tensorflow/${name}`)),
    );
    // A run with a negative first value ends its thread, as a native fault would.
    const resolveFrom = await withTfjsNode(
      'crashing',
      `const core = require(${core}); require(${cpu});
       const loadGraphModel = async (handler) => {
         const model = await require(${converter}).loadGraphModel(handler);
         const execute = model.execute.bind(model);
         model.execute = (feeds, names) => (feeds.x.dataSync()[0] < 0 ? process.exit(7) : execute(feeds, names));
         return model;
       };
       module.exports = { ...core, loadGraphModel, setBackend: () => core.setBackend('cpu') };`,
    );
    const model = await createTfjsBackend({ runtime: 'node', resolveFrom }).load({ model: toys.affine });
    const lost = model.run({ x: createTensor('float32', [1, 3], Float32Array.of(-1, 0, 0)) });
    const others = [model.run({ x }), model.run({ x })];
    await expect(lost).rejects.toMatchObject({
      code: 'machine-trouble',
      message: expect.stringContaining('exit code 7'),
    });
    for (const { y } of await Promise.all(others)) expect(y!.data).toEqual(Float32Array.of(1.5, 1));
    await model.dispose();
  });

  it('puts nodes that the spec names in the place of the outputs', async () => {
    const files = { model: toys.affine, backendOptions: { outputs: ['xw'] } };
    const model = await createTfjsBackend({ runtime: 'wasm', sessions: 1 }).load(files);
    expect(Object.keys(await model.run({ x }))).toEqual(['xw']);
    await model.dispose();
  });

  it.each([{ outputs: 'y' }, { outputs: [] }, { outputs: [1] }])(
    'refuses backendOptions %o',
    async (backendOptions) => {
      const load = createTfjsBackend().load({ model: toys.affine, backendOptions });
      await expect(load).rejects.toMatchObject({ code: 'spec-invalid' });
    },
  );

  it('refuses an output that the graph does not have, when it loads', async () => {
    const load = createTfjsBackend({ runtime: 'wasm' }).load({
      model: toys.affine,
      backendOptions: { outputs: ['nope'] },
    });
    await expect(load).rejects.toMatchObject({ code: 'shape-mismatch' });
  });

  it.each([0, -1, 1.5, NaN])('throws RangeError for %d sessions', (sessions) => {
    expect(() => createTfjsBackend({ sessions })).toThrow(RangeError);
  });
});
