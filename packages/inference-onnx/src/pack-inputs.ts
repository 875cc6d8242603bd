import type { Tensor, TensorMap } from '@qualm/types';

/** The inputs as they travel to a worker: shared memory as it is, all else copied once and then transferred. */
export function packInputs(inputs: TensorMap): { readonly inputs: TensorMap; readonly transfer: ArrayBuffer[] } {
  const transfer: ArrayBuffer[] = [];
  const pack = ({ dtype, shape, data }: Tensor): Tensor => {
    if (data.buffer instanceof SharedArrayBuffer) return { dtype, shape, data };
    const copy = data.slice();
    transfer.push(copy.buffer as ArrayBuffer);
    return { dtype, shape, data: copy };
  };
  return { inputs: Object.fromEntries(Object.entries(inputs).map(([name, tensor]) => [name, pack(tensor)])), transfer };
}
