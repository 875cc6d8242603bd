import { tensorSize } from '@qualm/types';

/** Constant numbers of the graph. TF's integers of 32 bits stay so here; in ONNX they become 64
 * bits wide.
 */
export interface Weight {
  readonly dtype: 'float32' | 'int32';
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array;
}

interface WeightEntry {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly quantization?: object;
}

/** The weights of a `model.json` by name, cut out of its shards' joined bytes.
 * @throws Error for quantised weights, and for types other than float32 and int32.
 */
export function readWeights(modelJson: object, bytes: Uint8Array): ReadonlyMap<string, Weight> {
  const { weightsManifest = [] } = modelJson as { weightsManifest?: { weights: WeightEntry[] }[] };
  const weights = new Map<string, Weight>();
  let offset = 0;
  for (const entry of weightsManifest.flatMap((group) => group.weights)) {
    const size = 4 * tensorSize(entry.shape);
    weights.set(entry.name, readWeight(entry, new Uint8Array(bytes.subarray(offset, offset + size))));
    offset += size;
  }
  if (offset !== bytes.length) throw new Error(`the weights need ${offset} bytes, ${bytes.length} were given`);
  return weights;
}

function readWeight({ name, dtype, shape, quantization }: WeightEntry, bytes: Uint8Array<ArrayBuffer>): Weight {
  if (quantization !== undefined || (dtype !== 'float32' && dtype !== 'int32')) {
    throw new Error(
      `weight "${name}" is ${quantization ? 'quantised' : dtype}; only plain float32 and int32 can be converted`,
    );
  }
  return { dtype, shape, data: dtype === 'float32' ? new Float32Array(bytes.buffer) : new Int32Array(bytes.buffer) };
}
