import { wrongArgument } from '@qualm/types';
import type { ModelSpec } from '@qualm/types';
import { encodeOnnxModel } from '../onnx/encode-onnx-model.ts';

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
