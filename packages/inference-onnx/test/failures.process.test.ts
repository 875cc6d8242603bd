import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encodeOnnxModel, toyAffine, writeOnnxToys } from '@qualm/testkit';
import type { OnnxGraph, ToyModels } from '@qualm/testkit';
import { createTensor, QualmError } from '@qualm/types';
import type { TensorMap } from '@qualm/types';
import { createOnnxBackend } from '../src/index.ts';

let folder = '';
let toys: ToyModels;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'qualm-onnx-failures-'));
  toys = await writeOnnxToys(folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function input(x: readonly number[]): TensorMap {
  return { x: createTensor('float32', [1, 3], Float32Array.from(x)) };
}

function codeOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'fulfilled',
    (error: unknown) => (QualmError.is(error) ? error.code : String(error)),
  );
}

describe('createOnnxBackend({ runtime })', () => {
  const runtime = fileURLToPath(new URL('crashing-runtime.mjs', import.meta.url));

  test('a lost thread fails its own run only, and is replaced', async () => {
    const model = await createOnnxBackend({ device: 'cpu', sessions: 2, threads: 1, runtime }).load({
      model: toys.affine,
    });
    const rows = Array.from({ length: 12 }, (_, i) => (i === 3 || i === 4 ? [-1, 0, 0] : [i, 1, 2]));
    const runs = rows.map((x) => model.run(input(x)));
    expect(await Promise.all(runs.map(codeOf))).toEqual(
      rows.map(([x]) => (x === -1 ? 'machine-trouble' : 'fulfilled')),
    );
    expect((await runs[11]!)['y']!.data).toEqual(toyAffine(rows[11]!));
    await model.dispose();
  });

  test('the only thread is replaced, and dispose() ends', async () => {
    const model = await createOnnxBackend({ device: 'cpu', sessions: 1, runtime }).load({ model: toys.affine });
    await expect(model.run(input([-1, 0, 0]))).rejects.toThrow(/exit code 7/);
    expect((await model.run(input([1, 0, 0])))['y']!.data).toEqual(toyAffine([1, 0, 0]));
    await expect(model.run(input([-1, 0, 0]))).rejects.toThrow(/exit code 7/);
    await model.dispose();
  });

  test('load(files) throws backend-unavailable, naming what to install, without the runtime', async () => {
    const loading = createOnnxBackend({ runtime: 'no-such-runtime' }).load({ model: toys.affine });
    expect(await codeOf(loading)).toBe('backend-unavailable');
    await expect(loading).rejects.toThrow(/"no-such-runtime".*npm install onnxruntime-node/s);
  });
});

describe.runIf(process.platform === 'linux')('createOnnxBackend({ device })', () => {
  // No CUDA library lies beside this one, whatever the machine has installed.
  const runtime = fileURLToPath(new URL('crashing-runtime.mjs', import.meta.url));

  test('cuda throws backend-unavailable, saying what to install, without its library', async () => {
    const loading = createOnnxBackend({ device: 'cuda', runtime }).load({ model: toys.affine });
    expect(await codeOf(loading)).toBe('backend-unavailable');
    await expect(loading).rejects.toThrow(
      /libonnxruntime_providers_cuda\.so.*an NVIDIA driver, the CUDA that it was built for with cuDNN 9/s,
    );
  });

  test('auto runs on CPU without it, and says so in a warning', async () => {
    const model = await createOnnxBackend({ device: 'auto', sessions: 1, runtime }).load({ model: toys.affine });
    expect(model.device).toBe('cpu');
    expect(model.warnings.map(({ code }) => code)).toEqual(['cuda-unavailable']);
    await model.dispose();
  });
});

describe('createOnnxBackend().load(files)', () => {
  const graph: OnnxGraph = {
    name: 'odd',
    opset: 17,
    inputs: [{ name: 'x', dtype: 'float32', shape: [2] }],
    outputs: [{ name: 'list', dtype: 'float32', shape: [2], kind: 'sequence' }],
    nodes: [{ op: 'SequenceConstruct', inputs: ['x'], outputs: ['list'] }],
  };

  test('throws unsupported, naming the output, for a model that gives a sequence', async () => {
    const model = path.join(folder, 'odd.onnx');
    await writeFile(model, encodeOnnxModel(graph));
    const loading = createOnnxBackend({ device: 'cpu', sessions: 1 }).load({ model });
    expect(await codeOf(loading)).toBe('unsupported');
    await expect(loading).rejects.toThrow(/output "list".*sequence/);
  });

  test.each([
    [{ sessions: 0 }, /sessions is 0/],
    [{ optimizedModelFilePath: '/tmp/x' }, /optimizedModelFilePath/],
    [{ graphOptimization: 'most' }, /expected one of/],
  ])('throws spec-invalid for backendOptions %j', async (backendOptions, said) => {
    const loading = createOnnxBackend({ device: 'cpu' }).load({ model: toys.affine, backendOptions });
    expect(await codeOf(loading)).toBe('spec-invalid');
    await expect(loading).rejects.toThrow(said);
  });

  test('throws aborted when its signal is aborted on the way', async () => {
    const controller = new AbortController();
    const loading = createOnnxBackend({ device: 'cpu', sessions: 1 }).load({ model: toys.affine }, controller);
    setImmediate(() => controller.abort());
    expect(await codeOf(loading)).toBe('aborted');
  });
});

describe('a process that uses createOnnxBackend()', () => {
  const program = async (end: string): Promise<{ stdout: string; stderr: string }> => {
    const script = `
      import { createOnnxBackend } from ${JSON.stringify(new URL('../dist/index.js', import.meta.url).href)};
      const model = await createOnnxBackend({ sessions: 2 }).load({ model: ${JSON.stringify(toys.slow)} });
      const x = { dtype: 'float32', shape: [1, 256], data: new Float32Array(256) };
      ${end}`;
    return promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { timeout: 60_000 });
  };

  test('ends by process.exit() in the middle of runs without a native abort', async () => {
    const end = 'for (let i = 0; i < 8; i++) model.run({ x }).catch(() => {}); setTimeout(() => process.exit(0), 30);';
    expect(await program(end)).toEqual({ stdout: '', stderr: '' });
  });

  test('ends by itself when nobody disposed of the idle model', async () => {
    expect(await program('await model.run({ x }); console.log("done");')).toEqual({ stdout: 'done\n', stderr: '' });
  });
});
