import { execFile } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as vitest from 'vitest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOnnxBackend } from '@qualm/inference-onnx';
import { createMlflowRegistry } from '@qualm/registry-mlflow';
import type { MlflowRegistry, MlflowResolvedModel, Signature } from '@qualm/registry-mlflow';
import { registryToys, testRegistry } from '@qualm/testkit';
import { createTensor } from '@qualm/types';
import { demoPhotographs } from '../../examples/setup/demo-photographs.ts';
import { logToy, logToys, toyUris } from '../src/log-toys.ts';
import { mlflowPython, mlflowVersions, startMlflow } from '../src/mlflow-server.ts';
import type { MlflowServer } from '../src/mlflow-server.ts';
import { runPython } from '../src/python-environment.ts';
import { root } from '../src/repository.ts';

const run = promisify(execFile);
const toy = registryToys().newer;
const model = toy.spec.files.model;
const signature: Signature = {
  inputs: [{ name: 'x', dtype: 'float32', shape: [null, 3, 8, 8] }],
  outputs: [{ name: 'scores', dtype: 'float32', shape: [null, 3] }],
};
/** 4 images of numbers that Python and Node both know. */
const pixels = Float32Array.from({ length: 4 * 3 * 64 }, (_, i) => ((i * 7919) % 1009) / 1009);

const script = (name: string): string => join(root, 'integration/python', name);

interface Prediction {
  readonly direct: { readonly scores: readonly number[] };
  readonly served: { readonly scores: readonly number[] };
  readonly inputs: readonly { readonly name: string }[];
  readonly metadata: { readonly qualm?: unknown } | null;
  readonly flavors: readonly string[];
}

describe.each(mlflowVersions)('MLflow %s', (mlflow) => {
  let folder: string;
  let python: string;
  let server: MlflowServer;
  let registry: MlflowRegistry;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'qualm-mlflow-'));
    python = await mlflowPython(mlflow);
    server = await startMlflow(mlflow, join(folder, 'server'));
    registry = createMlflowRegistry({ trackingUri: server.address, cacheFolder: join(folder, 'cache') });
  });

  afterAll(async () => {
    await registry?.dispose();
    await server?.stop();
  });

  /** What the model in a folder gives for `pixels`, computed in this process. */
  async function scoresOf(file: string): Promise<number[]> {
    const backend = createOnnxBackend({ device: 'cpu', sessions: 1 });
    const loaded = await backend.load({ model: file });
    const { scores } = await loaded.run({ x: createTensor('float32', [4, 3, 8, 8], pixels.slice()) });
    await loaded.dispose();
    return Array.from(scores!.data as Float32Array);
  }

  function expectClose(scores: readonly number[], expected: readonly number[]): void {
    expect(scores).toHaveLength(12);
    const apart = scores.map((score, at) => Math.abs(score - expected[at]!));
    expect(Math.max(...apart)).toBeLessThan(1e-6);
  }

  async function inputFile(): Promise<string> {
    const path = join(folder, 'input.json');
    await writeFile(path, JSON.stringify({ x: { dtype: 'float32', shape: [4, 3, 8, 8], data: Array.from(pixels) } }));
    return path;
  }

  /** What Python says by each name of a model, in one process: to import MLflow takes seconds. */
  async function predictions(uris: readonly string[], input: string): Promise<readonly Prediction[]> {
    const predicted = await runPython(python, script('mlflow_predict.py'), [server.address, input, ...uris]);
    return predicted as readonly Prediction[];
  }

  testRegistry({
    name: `a server of MLflow ${mlflow}`,
    vitest,
    async open() {
      await logToys(registry);
      await logToy(registry, toy, 'wrong');
      const value = JSON.stringify(registryToys().wrong.spec);
      await fetch(`${server.address}/api/2.0/mlflow/model-versions/set-tag`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ name: 'wrong', version: '1', key: 'qualm.spec', value }),
      });
      return { registry, ...toyUris, wrong: 'mlflow:/wrong', dispose: async () => undefined };
    },
  });

  it('what Python logged, Node resolves and runs', async () => {
    const onnx = join(folder, 'python.onnx');
    const spec = join(folder, 'python.json');
    await writeFile(onnx, toy.file);
    await writeFile(spec, JSON.stringify({ ...toy.spec, files: { model: 'elsewhere.onnx' } }));
    const logged = (await runPython(python, script('mlflow_log.py'), [server.address, onnx, spec, 'from-python'])) as {
      uri: string;
      run: string;
      version: number;
    };
    expect(logged.version).toBe(1);
    const input = await inputFile();
    const [predicted] = await predictions([logged.uri], input);
    const { direct } = predicted!;
    const uris = ['mlflow:/from-python', 'models:/from-python@python', logged.uri, `runs:/${logged.run}/model`];
    for (const uri of uris) {
      const { spec: resolved, root: files, model: told } = await registry.resolve(uri);
      expect(resolved.files.model).toBe('model.onnx');
      expect(told).toMatchObject({ specFrom: 'MLmodel', runId: logged.run, params: { lr: '0.1' } });
      expect(told.mlmodel?.signature).toEqual(signature);
      expectClose(await scoresOf(join(files, resolved.files.model)), direct.scores);
    }
  });

  it('what Python logged with a signature of tensors without names, Node resolves', async () => {
    const onnx = join(folder, 'unnamed.onnx');
    const spec = join(folder, 'unnamed.json');
    await writeFile(onnx, toy.file);
    await writeFile(spec, JSON.stringify({ ...toy.spec, input: { ...toy.spec.input, name: 'x' } }));
    await runPython(python, script('mlflow_log.py'), [server.address, onnx, spec, 'unnamed', '--infer']);
    const { spec: resolved, model: told } = await registry.resolve('mlflow:/unnamed');
    expect(told.mlmodel?.signature?.inputs).toEqual([{ name: '', dtype: 'float32', shape: [null, 3, 8, 8] }]);
    expect(resolved.input.name).toBe('x');
  });

  it('what Node logged, Python loads, and predicts the same numbers', async () => {
    const file = join(folder, 'node.onnx');
    await writeFile(file, toy.file);
    const { uri, version } = await registry.logModel({
      files: { [model]: file },
      spec: toy.spec,
      signature,
      registeredModelName: 'from-node',
      alias: ['champion', 'prod'],
      tags: { team: 'vision' },
      params: { lr: '0.1' },
      description: 'colours',
    });
    expect(version).toMatchObject({ version: 1, aliases: ['champion', 'prod'], status: 'READY' });
    const input = await inputFile();
    const expected = await scoresOf(file);
    const all = await predictions([uri, 'models:/from-node/1', 'models:/from-node@champion'], input);
    expect(all).toHaveLength(3);
    for (const { direct, served, inputs, flavors } of all) {
      expect(flavors).toEqual(['onnx', 'python_function']);
      expect(inputs).toMatchObject([{ name: 'x' }]);
      expectClose(direct.scores, expected);
      expectClose(served.scores, expected);
    }
  });

  it('Python sees what Node registered, and Node what Python did', async () => {
    const models = (await runPython(python, script('mlflow_view.py'), [server.address])) as {
      name: string;
      aliases: Record<string, number>;
      versions: { version: number; tags: Record<string, string>; description: string | null }[];
    }[];
    const listed = await registry.list();
    expect(listed.map(({ name, aliases }) => ({ name, aliases }))).toEqual(
      models.map(({ name, aliases }) => ({ name, aliases })),
    );
    for (const { name, versions } of models) {
      const ours = await registry.versions(name);
      expect(ours.map(({ version, tags, description }) => ({ version, tags, description })).reverse()).toEqual(
        versions.map(({ version, tags, description }) => ({ version, tags, description: description || null })),
      );
    }
    const node = models.find(({ name }) => name === 'from-node')!.versions[0]!;
    expect(node).toMatchObject({ description: 'colours', tags: { team: 'vision', 'qualm.model.type': 'classifier' } });
  });

  it('aliases and versions go, for Python too', async () => {
    await registry.setAlias('from-node', 'moved', 1);
    await registry.deleteAlias('from-node', 'prod');
    const file = join(folder, 'node.onnx');
    await registry.logModel({ files: { [model]: file }, spec: toy.spec, registeredModelName: 'from-node' });
    await registry.deleteVersion('from-node', 2);
    await registry.deleteModel('from-python');
    const models = (await runPython(python, script('mlflow_view.py'), [server.address])) as {
      name: string;
      aliases: object;
      versions: object[];
    }[];
    expect(models.map(({ name }) => name)).not.toContain('from-python');
    const [left] = models.filter(({ name }) => name === 'from-node');
    expect(left!.aliases).toEqual({ champion: 1, moved: 1 });
    expect(left!.versions).toHaveLength(1);
  });

  it('Python and Node register fifty versions each at once: every one has a number of its own', async () => {
    const path = join(folder, 'many.onnx');
    await writeFile(path, toy.file);
    const first = await registry.logModel({ files: { [model]: path }, spec: toy.spec, registeredModelName: 'many' });
    const [byPython, byNode] = await Promise.all([
      runPython(python, script('mlflow_many.py'), [server.address, 'many', '50']) as Promise<number[]>,
      Promise.all(
        Array.from({ length: 50 }, () =>
          registry.logModel({ files: { [model]: path }, spec: toy.spec, registeredModelName: 'many' }),
        ),
      ),
    ]);
    const numbers = [first, ...byNode].map(({ version }) => version!.version);
    expect(new Set([...numbers, ...byPython]).size).toBe(101);
    const listed = await registry.versions('many');
    expect(listed).toHaveLength(101);
    const nonces = listed.flatMap(({ tags }) => tags['qualm.nonce'] ?? []);
    expect(new Set(nonces).size).toBe(51);
  });

  it('files are the same byte for byte, and are what sha256sum says', async () => {
    const { root: files } = await registry.pull('mlflow:/from-node/1');
    expect(new Uint8Array(await readFile(join(files, model)))).toEqual(toy.file);
    expect(await readFile(join(files, 'qualm.sha256'), 'utf8')).toMatch(/^[0-9a-f]{64} {2}mean-colour\.onnx\n$/);
  });

  it('says which MLflow it is, and what Rikai registered', async () => {
    expect(await registry.about()).toMatch(new RegExp(`^MLflow ${mlflow}`));
    const tags = {
      'rikai.spec.version': '1',
      'rikai.model.flavor': 'pytorch',
      'rikai.model.type': 'ssd',
      'rikai.output.schema': 'array<struct<box:box2d, score:float, label_id:int>>',
      'rikai.option.min_score': '0.3',
    };
    for (const [key, value] of Object.entries(tags))
      await fetch(`${server.address}/api/2.0/mlflow/model-versions/set-tag`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ name: 'from-node', version: '1', key, value }),
      });
    const { rikai } = await registry.describe('mlflow:/from-node/1');
    expect(rikai).toMatchObject({
      modelType: 'ssd',
      flavor: 'pytorch',
      schema: tags['rikai.output.schema'],
      options: { min_score: '0.3' },
    });
  });

  it('what is asked for wrongly is told', async () => {
    await expect(registry.resolve('mlflow:/from-node@nobody')).rejects.toMatchObject({ code: 'model-missing' });
    await expect(registry.resolve(`models:/m-${'0'.repeat(32)}`)).rejects.toMatchObject({ code: 'model-missing' });
    await expect(registry.resolve(`runs:/${'0'.repeat(32)}/model`)).rejects.toMatchObject({ code: 'model-missing' });
    const file = join(folder, 'node.onnx');
    const tags = { long: 'x'.repeat(8001) };
    await expect(registry.logModel({ files: { [model]: file }, spec: toy.spec, tags })).rejects.toMatchObject({
      code: 'unsupported',
    });
  });
});

describe('the notebook of this field, from Node', () => {
  it('registers an SSD and its twin, runs both by their names, and Python loads them', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'qualm-mlflow-'));
    const server = await startMlflow('3.17', join(folder, 'server'));
    const env = { ...process.env, MLFLOW_TRACKING_URI: server.address, QUALM_CACHE: join(folder, 'cache') };
    const options = { cwd: folder, env, maxBuffer: 64 * 2 ** 20 };
    try {
      const tsx = join(root, 'node_modules/tsx/dist/cli.mjs');
      const { stdout } = await run(process.execPath, [tsx, join(root, 'examples/mlflow.ts')], options);
      expect(stdout).toMatch(/registered mlflow:\/ssd\/1 \(models:\/m-.*label_id:int/);
      expect(stdout).toMatch(/registered mlflow:\/class_scores\/1 \(models:\/m-.*scores:array<float>/);
      expect(stdout).toContain('  class_scores 1 {"champion":1}\n  ssd 1 {"champion":1}\n');
      expect(stdout).toMatch(/mlflow:\/ssd finds \d\d+ boxes/);
      expect(stdout.match(/ or .*, margin 0\.0\d+$/gm)).toHaveLength(3);

      const qualm = [
        join(root, 'packages/cli/dist/main.js'),
        'select',
        '--images',
        await demoPhotographs(() => undefined),
      ];
      await run(process.execPath, [...qualm, '--model', 'mlflow:/class_scores', '--out', 'out', '--top', '2'], options);
      const images = await readFile(join(folder, 'out/images.csv'), 'utf8');
      expect(images.trim().split('\r\n')).toHaveLength(19);

      const python = await mlflowPython('3.17');
      const { root: files, spec, model: told } = await resolveOnce(server.address, join(folder, 'cache'));
      const { name, dtype, shape: sizes } = told.mlmodel!.signature!.inputs[0]!;
      const shape = sizes.map((size) => size ?? 1);
      const data = Array.from({ length: shape.reduce((all, size) => all * size) }, (_, i) => (i * 7919) % 256);
      const input = join(folder, 'image.json');
      await writeFile(input, JSON.stringify({ [name]: { dtype, shape, data } }));
      const args = [server.address, input, 'models:/ssd@champion'];
      const [predicted] = (await runPython(python, script('mlflow_predict.py'), args)) as [
        { direct: Record<string, number[]>; served: Record<string, number[]> },
      ];
      const backend = createOnnxBackend({ device: 'cpu', sessions: 1 });
      const loaded = await backend.load({ model: join(files, spec.files.model) });
      const ours = await loaded.run({ [name]: createTensor('float32', shape, Float32Array.from(data)) });
      await loaded.dispose();
      for (const output of Object.values(spec.head.outputs as Record<string, string>)) {
        const expected = Array.from(ours[output]!.data as Float32Array);
        for (const numbers of [predicted.direct[output]!, predicted.served[output]!]) {
          expect(numbers).toHaveLength(expected.length);
          const apart = numbers.reduce((most, value, at) => Math.max(most, Math.abs(value - expected[at]!)), 0);
          expect(apart).toBeLessThan(1e-3);
        }
      }
    } finally {
      await server.stop();
    }
  });
});

async function resolveOnce(trackingUri: string, cacheFolder: string): Promise<MlflowResolvedModel> {
  const registry = createMlflowRegistry({ trackingUri, cacheFolder });
  try {
    return await registry.resolve('mlflow:/ssd@champion');
  } finally {
    await registry.dispose();
  }
}
