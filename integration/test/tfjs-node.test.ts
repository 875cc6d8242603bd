import { mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vitest from 'vitest';
import { createOnnxBackend } from '@qualm/inference-onnx';
import { createTfjsBackend } from '@qualm/inference-tfjs';
import { testBackend, writeTfjsToys } from '@qualm/testkit';
import { createTensor, Image } from '@qualm/types';
import type { BackendModel, ModelSpec, Tensor } from '@qualm/types';
import { createPreprocessor } from '@qualm/vision';
import { cocoSsd } from '../../examples/setup/coco-ssd.ts';
import { demoPhotographs } from '../../examples/setup/demo-photographs.ts';
import { specs } from '../../examples/setup/folders.ts';
import { layersModel, layersWeights, loopGraph, writeToyModel } from '../../packages/inference-tfjs/test/toy-graph.ts';
import { anotherNode, printedBy } from '../src/another-node.ts';
import { root } from '../src/repository.ts';
import { tfjsNode } from '../src/tfjs-node.ts';

const { afterAll, beforeAll, describe, expect, it } = vitest;
const resolveFrom = await tfjsNode();
const scratch = await mkdtemp(join(tmpdir(), 'qualm-tfjs-node-'));
afterAll(() => rm(scratch, { recursive: true, force: true }));

const x = (shape: number[], ...values: number[]) => createTensor('float32', shape, Float32Array.from(values));

describe.skipIf(resolveFrom === null)('tfjs-node on a libtensorflow', () => {
  const options = { runtime: 'node', resolveFrom: resolveFrom! } as const;

  testBackend({
    name: "createTfjsBackend({ runtime: 'node' })",
    vitest,
    createBackend: () => createTfjsBackend(options),
    models: () => writeTfjsToys(join(scratch, 'toys')),
    program: {
      module: import.meta.resolve('@qualm/inference-tfjs'),
      factory: 'createTfjsBackend',
      options,
    },
  });

  it('runs in several threads', async () => {
    const { affine } = await writeTfjsToys(join(scratch, 'threads'));
    const model = await createTfjsBackend({ ...options, sessions: 3 }).load({ model: affine });
    expect([model.device, model.concurrency]).toEqual(['node', 3]);
    const runs = Array.from({ length: 12 }, (_, i) => model.run({ x: x([1, 3], i, 0, 0) }));
    expect((await Promise.all(runs)).map(({ y }) => y!.data[0])).toEqual(runs.map((_, i) => i + 0.5));
    await model.dispose();
  });

  it('runs control flow, and a layers model with what lies between its layers', async () => {
    const limit = { name: 'limit', shape: [], values: [100] };
    const loop = await createTfjsBackend(options).load({
      model: await writeToyModel(join(scratch, 'loop'), loopGraph, [limit]),
    });
    expect((await loop.run({ x: x([], 3) }))['y']!.data).toEqual(Float32Array.of(192));
    await loop.dispose();
    const layers = await createTfjsBackend(options).load({
      model: await writeToyModel(join(scratch, 'layers'), layersModel, layersWeights),
    });
    const { total, hidden } = await layers.run(
      { hidden_input: x([2, 2], 1, 2, -3, 4) },
      { outputs: ['total', 'hidden'] },
    );
    expect([total, hidden]).toEqual([x([2, 1], 4, 5), x([2, 2], 1, 3, 0, 5)]);
    await layers.dispose();
  });

  it("gives the SSD's scores and boxes as WASM and ONNX Runtime give them, to 1e-4", async () => {
    const { tfjs, onnx } = await cocoSsd(() => undefined);
    const models = await Promise.all([
      openSsd('coco-ssd-tfjs', tfjs, (model) => createTfjsBackend(options).load({ model })),
      openSsd('coco-ssd-tfjs', tfjs, (model) => createTfjsBackend({ runtime: 'wasm', sessions: 1 }).load({ model })),
      openSsd('coco-ssd-onnx', onnx, (model) => createOnnxBackend({ device: 'cpu', sessions: 1 }).load({ model })),
    ]);
    expect(models.map(({ device }) => device)).toEqual(['node', 'wasm', 'cpu']);
    const folder = await demoPhotographs(() => undefined);
    const worst = { wasm: 0, cpu: 0 };
    for (const name of await readdir(folder)) {
      const [found, ...others] = await Promise.all(models.map(({ read }) => read(join(folder, name))));
      for (const [at, other] of others.entries())
        for (const [output, tensor] of other.entries()) {
          const key = at === 0 ? 'wasm' : 'cpu';
          worst[key] = Math.max(worst[key], difference(found![output]!, tensor));
        }
    }
    process.stdout.write(`tfjs-node: differs by ${worst.wasm} from WASM, by ${worst.cpu} from ONNX Runtime\n`);
    expect(worst.wasm).toBeLessThan(1e-4);
    expect(worst.cpu).toBeLessThan(1e-4);
    await Promise.all(models.map(({ dispose }) => dispose()));
  });

  it('on Node 24, which lacks a function that tfjs-node calls, gives what it gives here', async () => {
    const { affine } = await writeTfjsToys(join(scratch, 'on-24'));
    const script = `
      import { createTfjsBackend } from '@qualm/inference-tfjs';
      const model = await createTfjsBackend(${JSON.stringify(options)}).load({ model: ${JSON.stringify(affine)} });
      const { y } = await model.run({ x: { dtype: 'float32', shape: [1, 3], data: Float32Array.of(1, 2, 3) } });
      await model.dispose();
      console.log(process.version, model.device, ...y.data);`;
    const program = await anotherNode('24.21.0');
    expect(await printedBy(program, script, join(root, 'integration'))).toBe('v24.21.0 node 22.5 27\n');
  });

  describe('as tfjs-node-gpu, where TensorFlow finds no GPU', () => {
    const place = join(scratch, 'gpu');
    beforeAll(async () => {
      const packages = join(place, 'node_modules/@tensorflow');
      await mkdir(packages, { recursive: true });
      await symlink(join(resolveFrom!, 'node_modules/@tensorflow/tfjs-node'), join(packages, 'tfjs-node-gpu'));
    });

    it('node-gpu is an error that says what it needs', async () => {
      const { affine } = await writeTfjsToys(join(scratch, 'no-gpu'));
      const load = createTfjsBackend({ runtime: 'node-gpu', resolveFrom: place }).load({ model: affine });
      await expect(load).rejects.toMatchObject({
        code: 'backend-unavailable',
        message: expect.stringMatching(/TensorFlow 2\.\d+\.\d+ finds no GPU.*NVIDIA driver.*CUDA 12\.5/) as string,
      });
    });

    it('auto runs on its CPU, says node, and warns', async () => {
      const { affine } = await writeTfjsToys(join(scratch, 'auto'));
      const model = await createTfjsBackend({ resolveFrom: place, sessions: 2 }).load({ model: affine });
      expect(model.device).toBe('node');
      expect(model.warnings).toEqual([
        { code: 'runtime-fallback', message: expect.stringMatching(/^TF\.js runs on node: .*finds no GPU/) as string },
      ]);
      expect((await model.run({ x: x([1, 3], 1, 0, 0) }))['y']!.data).toEqual(Float32Array.of(1.5, 1));
      await model.dispose();
    });
  });
});

interface Ssd {
  readonly device: string;
  /** Scores and boxes of a photograph. */
  read(path: string): Promise<Tensor[]>;
  dispose(): Promise<void>;
}

async function openSsd(name: string, folder: string, load: (model: string) => Promise<BackendModel>): Promise<Ssd> {
  const spec = JSON.parse(await readFile(join(specs, `${name}.json`), 'utf8')) as ModelSpec;
  const { scores, boxes } = spec.head['outputs'] as { readonly scores: string; readonly boxes: string };
  const model = await load(join(folder, spec.files.model));
  const preprocessor = createPreprocessor(spec.input, { threads: 0 });
  const batch = preprocessor.allocate(1);
  return {
    device: model.device,
    async read(path) {
      await preprocessor.fill(Image.fromUri(path), batch, 0);
      const outputs = await model.run({ [spec.input.name!]: batch }, { outputs: [scores, boxes] });
      return [outputs[scores]!, outputs[boxes]!];
    },
    dispose: () => model.dispose(),
  };
}

function difference(one: Tensor, other: Tensor): number {
  expect(one.data.length).toBe(other.data.length);
  const [found, wanted] = [one.data as Float32Array, other.data as Float32Array];
  return found.reduce((worst, value, at) => Math.max(worst, Math.abs(value - wanted[at]!)), 0);
}
