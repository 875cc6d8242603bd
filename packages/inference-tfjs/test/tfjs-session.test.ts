import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { writeTfjsToys } from '@qualm/testkit';
import { createTensor } from '@qualm/types';
import { openTfjsSession, type TfjsSession } from '../src/tfjs-session.ts';
import { layersModel, layersWeights, loopGraph, writeToyModel } from './toy-graph.ts';

const folder = await mkdtemp(join(tmpdir(), 'qualm-tfjs-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

const toys = await writeTfjsToys(folder);
const loop = await writeToyModel(join(folder, 'loop'), loopGraph, [{ name: 'limit', shape: [], values: [100] }]);
const layers = await writeToyModel(join(folder, 'layers'), layersModel, layersWeights);
const x = (shape: number[], ...values: number[]) => createTensor('float32', shape, Float32Array.from(values));

function open(model: string, outputs?: string[]): Promise<TfjsSession> {
  return openTfjsSession({ model, runtime: 'wasm', resolveFrom: import.meta.dirname, ...(outputs && { outputs }) });
}

describe('openTfjsSession', () => {
  it('runs a loop, which TF.js does by executeAsync alone', async () => {
    const session = await open(loop);
    expect((await session.run({ x: x([], 3) }, ['y']))['y']!.data).toEqual(Float32Array.of(192));
    session.dispose();
  });

  it.each([
    ['no manifest', { weightsManifest: undefined }],
    ['a manifest of nothing', { weightsManifest: [] }],
  ])('refuses a graph that has %s for its constants', async (name, more) => {
    const model = await writeToyModel(join(folder, name), { ...loopGraph, ...more });
    await expect(open(model)).rejects.toMatchObject({
      code: 'model-invalid',
      message: expect.stringContaining('has no numbers for 1 of its 1 constants ("limit"); convert') as string,
    });
  });

  it('runs a layers model', async () => {
    const session = await open(layers);
    expect(session.info.inputs).toEqual([{ name: 'hidden_input', dtype: 'float32', shape: [null, 2] }]);
    expect(session.info.outputs).toEqual([{ name: 'total', dtype: 'float32', shape: [null, 1] }]);
    const { total } = await session.run({ hidden_input: x([2, 2], 1, 2, -3, 4) }, ['total']);
    expect(total).toEqual(x([2, 1], 4, 5));
    session.dispose();
  });

  it('gives what lies between layers by their names, and several at once', async () => {
    const session = await open(layers, ['hidden']);
    const feeds = { hidden_input: x([1, 2], -1, 2) };
    expect(session.info.outputs).toEqual([{ name: 'hidden', dtype: 'float32', shape: [null, 2] }]);
    expect((await session.run(feeds, ['hidden']))['hidden']).toEqual(x([1, 2], 0, 3));
    const both = await session.run(feeds, ['total', 'hidden']);
    expect([both['total']!.data, both['hidden']!.data]).toEqual([Float32Array.of(3), Float32Array.of(0, 3)]);
    session.dispose();
  });

  it('gives any node of a graph by its name', async () => {
    const session = await open(toys.affine, ['xw']);
    expect(session.info.outputs[0]!.name).toBe('xw');
    expect((await session.run({ x: x([1, 3], 1, 0, 0) }, ['xw']))['xw']!.data).toEqual(Float32Array.of(1, 2));
    await expect(session.run({ x: x([1, 3], 1, 0, 0) }, ['nope'])).rejects.toMatchObject({ code: 'shape-mismatch' });
    session.dispose();
  });

  it.each([
    ['a graph', toys.affine, { x: x([1, 3], 1, 2, 3) }, ['y'], 100],
    ['a graph that fails', toys.failing, { x: x([5], 1, 2, 3, 4, 5) }, ['y'], 0],
    ['a node that is not there', toys.affine, { x: x([1, 3], 1, 2, 3) }, ['nope'], 0],
    ['a loop', loop, { x: x([], 1) }, ['y'], 100],
    ['a loop that fails', loop, { x: x([2], 1, 1) }, ['y', 'nope'], 0],
    ['a layers model', layers, { hidden_input: x([1, 2], 1, 2) }, ['total', 'hidden'], 100],
  ])('holds as many tensors after 100 runs of %s as before', async (_, model, inputs, outputs, succeed) => {
    const session = await open(model);
    await session.run(inputs, outputs).catch(() => undefined);
    const before = session.numTensors();
    const results = [];
    for (let i = 0; i < 100; i++) results.push(await session.run(inputs, outputs).catch(() => null));
    expect(results.filter((result) => result !== null)).toHaveLength(succeed);
    expect(session.numTensors()).toBe(before);
    session.dispose();
  });

  it.each([
    ['graph', toys.affine],
    ['layers', layers],
  ])('holds no tensor more after a %s model is disposed of', async (_, model) => {
    const other = await open(toys.pair);
    const before = other.numTensors();
    const session = await open(model);
    session.dispose();
    expect(other.numTensors()).toBe(before);
    other.dispose();
  });

  it.each(['cpu', 'wasm'] as const)('runs on %s', async (runtime) => {
    const session = await openTfjsSession({ model: toys.pair, runtime, resolveFrom: import.meta.dirname });
    expect(session.info.device).toBe(runtime);
    const { sum } = await session.run({ a: x([1, 2], 1, 2), b: x([1, 2], 3, 4) }, ['sum']);
    expect(sum).toEqual(x([1, 2], 4, 6));
    session.dispose();
  });
});
