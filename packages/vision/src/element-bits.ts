import type { InputSpec, TensorStorage } from '@qualm/types';

/** Elements of a tensor that are only copied; those of float32 are seen as their bits. */
export type ElementBits = Exclude<TensorStorage[InputSpec['dtype']], Float32Array>;

/** The same memory, float32 as the int32 of the same bits: V8 widens and narrows every float32 that
 * it copies, which costs a third more time.
 */
export function elementBits(data: TensorStorage[InputSpec['dtype']]): ElementBits {
  return data instanceof Float32Array ? new Int32Array(data.buffer, data.byteOffset, data.length) : data;
}
