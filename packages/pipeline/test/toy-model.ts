import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createOnnxBackend } from '@qualm/inference-onnx';
import { encodeOnnxModel, writeMeanColour } from '@qualm/testkit';
import type { OutputForm, ResolvedModel, Vision } from '@qualm/types';
import * as vision from '@qualm/vision';
import { loadModel, type ImageModel, type LoadModelOptions } from '../src/index.ts';

export { meanColourScores as toyScores, meanColourSpec as toySpec, solidImage as solid } from '@qualm/testkit';

/** The toy as files in a new folder; `batch` fixes how many images it takes. */
export async function writeToy(batch: number | null = null): Promise<ResolvedModel> {
  return writeMeanColour(await mkdtemp(join(tmpdir(), 'qualm-pipeline-')), batch);
}

/** A model whose scores are the softmax of an image's mean colours plus three numbers, float32, in
 * a file of its own.
 */
export function encodeBeside(location: string): Uint8Array {
  return encodeOnnxModel({
    name: 'beside',
    opset: 17,
    inputs: [{ name: 'x', dtype: 'float32', shape: [null, 3, 8, 8] }],
    outputs: [{ name: 'scores', dtype: 'float32', shape: [null, 3] }],
    initializers: [{ name: 'w', dtype: 'float32', shape: [3], external: { location } }],
    nodes: [
      { op: 'GlobalAveragePool', inputs: ['x'], outputs: ['mean'] },
      { op: 'Flatten', inputs: ['mean'], outputs: ['flat'] },
      { op: 'Add', inputs: ['flat', 'w'], outputs: ['sum'] },
      { op: 'Softmax', inputs: ['sum'], outputs: ['scores'] },
    ],
  });
}

/** The toy by a model that takes one image of 8 x 8, though it says that all sizes are free.
 */
export function encodeHiddenSize(): Uint8Array {
  return encodeOnnxModel({
    name: 'hidden-size',
    opset: 17,
    inputs: [{ name: 'x', dtype: 'float32', shape: [null, 3, null, null] }],
    outputs: [{ name: 'scores', dtype: 'float32', shape: [null, 3] }],
    initializers: [{ name: 'shape', dtype: 'int64', shape: [3], data: BigInt64Array.of(1n, 3n, 64n) }],
    nodes: [
      { op: 'Reshape', inputs: ['x', 'shape'], outputs: ['flat'] },
      {
        op: 'ReduceMean',
        inputs: ['flat'],
        outputs: ['mean'],
        attributes: { axes: { ints: [2] }, keepdims: { int: 0 } },
      },
      { op: 'Softmax', inputs: ['mean'], outputs: ['scores'] },
    ],
  });
}

/** The toy in memory, in two worker threads. */
export async function loadToy<Form extends OutputForm = 'class_scores'>(
  resolved: ResolvedModel,
  options: Partial<LoadModelOptions<Form>> = {},
): Promise<ImageModel<Form>> {
  const backends = { onnx: createOnnxBackend({ device: 'cpu', sessions: 2, threads: 1 }) };
  return loadModel(resolved, { backends, vision, ...options });
}

/** The built package, whose two functions are those that threads import: with it images go all the
 * way in a session's thread.
 */
export async function builtVision(): Promise<Vision> {
  return (await import(vision.module)) as Vision;
}
