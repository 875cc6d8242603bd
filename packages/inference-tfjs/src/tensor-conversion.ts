import type * as core from '@tensorflow/tfjs-core';
import { QualmError, createTensor, type DType, type Tensor, type TensorInfo } from '@qualm/types';

/** A TF.js tensor with the same numbers. Its data may lie in shared memory, which TF.js then copies
 * from.
 * @throws QualmError `shape-mismatch` for a type of element that TF.js lacks.
 */
export function toTensor(tf: typeof core, { dtype, shape, data }: Tensor): core.Tensor {
  if (dtype !== 'float32' && dtype !== 'int32' && dtype !== 'bool') {
    throw new QualmError('shape-mismatch', `TF.js has no ${dtype} tensors; give float32, int32 or bool`);
  }
  return tf.tensor(data as Float32Array, [...shape], dtype);
}

/** A tensor of ours with the numbers of TF.js's, in memory of its own.
 * @throws QualmError `unsupported` for text and complex numbers.
 */
export async function fromTensor(tensor: core.Tensor): Promise<Tensor> {
  const dtype = elementType(tensor.dtype);
  if (dtype === null)
    throw new QualmError('unsupported', `TF.js yields a ${tensor.dtype} tensor, which has no place here`);
  const data = await tensor.data();
  return createTensor(dtype, [...tensor.shape], data.slice() as Float32Array);
}

/** What TF.js says of an input or output. Where it knows no shape, ours is empty, as for a scalar.
 */
export function tensorInfo(
  name: string,
  dtype: string | undefined,
  shape: readonly (number | null)[] = [],
): TensorInfo {
  return {
    name,
    dtype: elementType(dtype ?? 'float32') ?? 'float32',
    shape: shape.map((dimension) => (dimension === null || dimension < 0 ? null : dimension)),
  };
}

function elementType(dtype: string): Extract<DType, 'float32' | 'int32' | 'bool'> | null {
  return dtype === 'float32' || dtype === 'int32' || dtype === 'bool' ? dtype : null;
}
