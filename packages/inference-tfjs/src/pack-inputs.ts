import type { Tensor, TensorMap } from '@qualm/types';

/** The inputs as they travel to a worker thread: shared memory as it is, all else copied once and then transferred. */
export function packInputs(inputs: TensorMap): { readonly inputs: TensorMap; readonly transfer: ArrayBuffer[] } {
  const transfer: ArrayBuffer[] = [];
  const pack = (tensor: Tensor): Tensor => {
    if (tensor.data.buffer instanceof SharedArrayBuffer) return tensor;
    const data = tensor.data.slice();
    transfer.push(data.buffer as ArrayBuffer);
    return { ...tensor, data } as Tensor;
  };
  return { inputs: Object.fromEntries(Object.entries(inputs).map(([name, tensor]) => [name, pack(tensor)])), transfer };
}
