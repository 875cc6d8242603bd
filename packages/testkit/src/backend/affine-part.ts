import { createTensor, QualmError } from '@qualm/types';
import type { OpenThreadPart } from '@qualm/types';

/** A part that runs the affine toy on the numbers that it is asked about, and adds its text to each result. */
export const open: OpenThreadPart<readonly number[], Float32Array> = async (data, run) => {
  const more = Number(data);
  return async (numbers) => {
    if (numbers.length === 0) throw new QualmError('shape-mismatch', 'affine part: no numbers');
    const x = createTensor('float32', [numbers.length / 3, 3], Float32Array.from(numbers));
    const { y } = await run({ inputs: { x }, outputs: ['y'] });
    const value = Float32Array.from(y!.data as Float32Array, (result) => result + more);
    return { value, transfer: [value.buffer] };
  };
};
