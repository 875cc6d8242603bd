import { QualmError } from '@qualm/types';
import type { ImageGeometry, ModelSpec, TensorMap } from '@qualm/types';

/** How the positions of a map become one vector. */
export type Pool = 'mean' | 'max' | 'first' | 'none';

/** How the numbers of one image lie: `channels` at each of so many positions, with these steps
 * between them.
 */
interface Extent {
  readonly channels: number;
  readonly positions: number;
  readonly channelStep: number;
  readonly positionStep: number;
}

/** Reads one vector for each image from a raw output [n, ...]: pooled over the positions of a map
 * or of tokens.
 * @throws QualmError `shape-mismatch` when the output is missing, no float32, or of a rank without
 * channels.
 */
export function createVectorReader(
  name: string,
  pool: Pool,
  layout: ModelSpec['input']['layout'],
): (outputs: TensorMap, geometries: readonly ImageGeometry[]) => Float32Array[] {
  return (outputs, geometries) => {
    const output = outputs[name];
    if (!output) throw new QualmError('shape-mismatch', `there is no output "${name}"`);
    const { dtype, shape, data } = output;
    if (!(data instanceof Float32Array)) {
      throw new QualmError('shape-mismatch', `output "${name}" is ${dtype}; expected float32`);
    }
    const extent = extentOf(name, shape, layout);
    const size = extent.channels * extent.positions;
    return geometries.map((_, image) => {
      const own = data.subarray(image * size, (image + 1) * size);
      return pool === 'none' ? own.slice() : pooled(own, extent, pool);
    });
  };
}

function extentOf(name: string, shape: readonly number[], layout: ModelSpec['input']['layout']): Extent {
  const [, a = 1, b = 1, c = 1] = shape;
  if (shape.length === 2) return { channels: a, positions: 1, channelStep: 1, positionStep: 0 };
  if (shape.length === 3) return { channels: b, positions: a, channelStep: 1, positionStep: b };
  if (shape.length === 4 && layout === 'nchw') {
    return { channels: a, positions: b * c, channelStep: b * c, positionStep: 1 };
  }
  if (shape.length === 4) return { channels: c, positions: a * b, channelStep: 1, positionStep: c };
  throw new QualmError(
    'shape-mismatch',
    `output "${name}" is [${shape}]; expected [n, channels], [n, tokens, channels] or a map of rank 4`,
  );
}

function pooled(
  data: Float32Array,
  { channels, positions, channelStep, positionStep }: Extent,
  pool: Exclude<Pool, 'none'>,
): Float32Array {
  const vector = new Float32Array(channels);
  for (let channel = 0; channel < channels; channel++) {
    let result = data[channel * channelStep]!;
    const last = pool === 'first' ? 1 : positions;
    for (let position = 1; position < last; position++) {
      const value = data[channel * channelStep + position * positionStep]!;
      result = pool === 'max' ? Math.max(result, value) : result + value;
    }
    vector[channel] = pool === 'mean' ? result / positions : result;
  }
  return vector;
}
