import { QualmError, tensorStorage, toFloat16 } from '@qualm/types';
import type { InputSpec } from '@qualm/types';
import { elementBits } from './element-bits.ts';
import type { ElementBits } from './element-bits.ts';

/** What each of 256 byte values becomes, for each channel of the input in its order. */
export type ChannelTables = readonly [ElementBits, ElementBits, ElementBits];

/** Three tables of `(value - mean) / std` in the input's element type.
 * @throws QualmError `spec-invalid` for a std of 0, or for mean or std with whole-number inputs.
 */
export function channelTables(input: Pick<InputSpec, 'dtype' | 'mean' | 'std'>): ChannelTables {
  const { dtype, mean = [0, 0, 0], std = [1, 1, 1] } = input;
  if (!Object.hasOwn(tensorStorage, dtype))
    throw new QualmError('spec-invalid', `input: dtype is ${dtype}; expected float32, float16, uint8 or int32`);
  if (![...mean, ...std].every(Number.isFinite) || std.includes(0)) {
    throw new QualmError('spec-invalid', `input: mean [${mean}], std [${std}]; expected finite numbers, std not 0`);
  }
  const isWhole = dtype !== 'float32' && dtype !== 'float16';
  if (isWhole && (mean.some((value) => value !== 0) || std.some((value) => value !== 1))) {
    throw new QualmError(
      'spec-invalid',
      `input: mean and std with dtype ${dtype}; only float32 and float16 can hold the result`,
    );
  }
  const table = (channel: 0 | 1 | 2): ElementBits => {
    const values = Array.from({ length: 256 }, (_, value) => (value - mean[channel]) / std[channel]);
    if (dtype === 'float16') {
      if (!values.every((value) => Math.abs(value) < beyondFloat16)) throw tooLarge(mean[channel], std[channel]);
      return toFloat16(values);
    }
    const elements = new tensorStorage[dtype](256);
    elements.set(values);
    return elementBits(elements);
  };
  return [table(0), table(1), table(2)];
}

/** What rounds to infinity in float16. */
const beyondFloat16 = 65520;

function tooLarge(mean: number, std: number): QualmError {
  return new QualmError(
    'spec-invalid',
    `input: with mean ${mean} and std ${std} values pass 65504, the most that float16 can hold; check mean and std`,
  );
}
