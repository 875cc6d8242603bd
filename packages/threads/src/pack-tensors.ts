import { assertOptions, wrongArgument } from '@qualm/types';
import type { Tensor, TensorMap } from '@qualm/types';
import type { Parcel } from './parcel.ts';

/** Tensors as they travel to a thread: shared memory as it is, all else copied once and then
 * transferred, so that the caller's tensors stay whole.
 * @example packTensors({ x: createTensor('float32', [1, 3]) }).transfer // one ArrayBuffer of 12 bytes
 */
export function packTensors(tensors: TensorMap): Required<Parcel<TensorMap>> {
  assertOptions('packTensors', tensors, "{ x: createTensor('float32', [1, 3]) }", 'its tensors');
  const transfer: ArrayBuffer[] = [];
  const pack = (tensor: Tensor): Tensor => {
    if (!ArrayBuffer.isView(tensor?.data))
      throw wrongArgument('packTensors', 'a tensor', tensor, 'what createTensor makes');
    const { dtype, shape, data } = tensor;
    if (data.buffer instanceof SharedArrayBuffer) return { dtype, shape, data };
    const copy = data.slice();
    transfer.push(copy.buffer as ArrayBuffer);
    return { dtype, shape, data: copy };
  };
  return { value: Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, pack(tensor)])), transfer };
}
