import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { wrongArgument } from '@qualm/types';
import type { ModelSpec, ResolvedModel } from '@qualm/types';
import { encodeOnnxModel } from '../onnx/encode-onnx-model.ts';
import { makeToyFolder } from './make-toy-folder.ts';

/** The spec of a classifier whose scores are the softmax of an image's mean red, green and blue,
 * each 0..1. `encodeMeanColour` makes its file.
 */
export const meanColourSpec: ModelSpec = {
  specVersion: 1,
  name: 'mean-colour',
  flavor: 'onnx',
  files: { model: 'mean-colour.onnx' },
  input: {
    size: { width: 8, height: 8 },
    layout: 'nchw',
    dtype: 'float32',
    channels: 'rgb',
    resize: { mode: 'stretch' },
    mean: [0, 0, 0],
    std: [255, 255, 255],
  },
  head: { type: 'classifier', outputs: { scores: 'scores' }, activation: 'none' },
  labels: [
    { id: 1, name: 'red' },
    { id: 2, name: 'green' },
    { id: 3, name: 'blue' },
  ],
};

/** The ONNX file of `meanColourSpec`; `batch` fixes how many images it takes at once. */
export function encodeMeanColour(batch: number | null = null): Uint8Array<ArrayBuffer> {
  if (batch !== null && !(Number.isInteger(batch) && batch > 0))
    throw wrongArgument('encodeMeanColour', 'its batch', batch, 'a whole number above 0, or null');
  return encodeOnnxModel({
    name: 'mean-colour',
    opset: 17,
    inputs: [{ name: 'x', dtype: 'float32', shape: [batch, 3, 8, 8] }],
    outputs: [{ name: 'scores', dtype: 'float32', shape: [batch, 3] }],
    nodes: [
      { op: 'GlobalAveragePool', inputs: ['x'], outputs: ['mean'] },
      { op: 'Flatten', inputs: ['mean'], outputs: ['flat'] },
      { op: 'Softmax', inputs: ['flat'], outputs: ['scores'] },
    ],
  });
}

/** The classifier of mean colours as files in `folder`, which is made when it does not exist: the
 * model, and its spec as `spec.json`. `batch` fixes how many images it takes at once.
 */
export async function writeMeanColour(folder: string, batch: number | null = null): Promise<ResolvedModel> {
  await makeToyFolder('writeMeanColour', folder, {});
  await writeFile(join(folder, meanColourSpec.files.model), encodeMeanColour(batch));
  await writeFile(join(folder, 'spec.json'), JSON.stringify(meanColourSpec));
  return { spec: meanColourSpec, root: resolve(folder) };
}

/** What that classifier gives for an image of one colour, 0..255 each, in the order of its labels.
 * @example meanColourScores(0, 0, 0) // [1/3, 1/3, 1/3]
 */
export function meanColourScores(red: number, green: number, blue: number): number[] {
  const colour = [red, green, blue];
  assertColour('meanColourScores', colour);
  const powers = colour.map((value) => Math.exp(value / 255));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/** @throws RangeError unless red, green and blue are whole numbers 0..255. */
export function assertColour(where: string, colour: readonly number[]): void {
  for (const value of colour)
    if (!(Number.isInteger(value) && value >= 0 && value <= 255))
      throw wrongArgument(where, 'a colour', value, 'a whole number 0..255');
}
