import { createTensor } from './tensor.ts';
import type { Tensor } from './tensor.ts';
import { wrongArgument } from './wrong-argument.ts';

const bits = new Uint32Array(1);
const single = new Float32Array(bits.buffer);

/** Numbers as the bits of float16, each rounded to float32 and then to the nearest, ties to even;
 * from 65520 on they are infinite, NaN stays NaN.
 * @see NumPy's `astype('float32').astype('float16')`, which gives the same bits
 * @example toFloat16([1, -2, 65504]) // Uint16Array [0x3c00, 0xc000, 0x7bff]
 */
export function toFloat16(numbers: ArrayLike<number>): Uint16Array<ArrayBuffer> {
  if (!Array.isArray(numbers) && !ArrayBuffer.isView(numbers))
    throw wrongArgument('toFloat16', 'its numbers', numbers, 'an array of numbers');
  return Uint16Array.from(numbers, halfOf);
}

/** The numbers of float16 bits, exactly.
 * @example fromFloat16(Uint16Array.of(0x3c00, 0x7bff)) // Float32Array [1, 65504]
 */
export function fromFloat16(halves: Uint16Array): Float32Array<ArrayBuffer> {
  if (!(halves instanceof Uint16Array))
    throw wrongArgument('fromFloat16', 'its numbers', halves, 'a Uint16Array of float16 bits');
  const numberOf = (table ??= allHalves());
  const numbers = new Float32Array(halves.length);
  for (let at = 0; at < halves.length; at++) numbers[at] = numberOf[halves[at]!]!;
  return numbers;
}

/** A tensor of float16 as one of float32 with the same numbers; any other as it is. */
export function widenFloat16(tensor: Tensor): Tensor {
  const { dtype, shape, data } = tensor;
  if (dtype !== 'float16' || !(data instanceof Uint16Array)) return tensor;
  return createTensor('float32', shape, fromFloat16(data));
}

let table: Float32Array | null = null;

/** What each of the 65536 halves is. */
function allHalves(): Float32Array {
  return Float32Array.from({ length: 2 ** 16 }, (_, half) => {
    const sign = half & 0x8000 ? -1 : 1;
    const exponent = (half >> 10) & 31;
    const fraction = half & 1023;
    if (exponent === 31) return fraction ? NaN : sign * Infinity;
    if (exponent === 0) return sign * fraction * 2 ** -24;
    return sign * (1024 + fraction) * 2 ** (exponent - 25);
  });
}

/* Bits of float32: a sign, 8 of the exponent (127 is 2^0), 23 of the fraction. Of float16: a sign,
 * 5 (15 is 2^0), 10. Adding to the fraction carries into the exponent, as rounding up should. */
const infinite = 0x7f800000;
const overflow = 0x477ff000; // 65520, halfway to what would come after 65504
const leastNormal = 0x38800000; // 2^-14
const exponentShift = (127 - 15) << 23;

function halfOf(number: number): number {
  single[0] = number;
  const sign = (bits[0]! >>> 16) & 0x8000;
  const magnitude = bits[0]! & 0x7fffffff;
  if (magnitude > infinite) return sign | 0x7e00;
  if (magnitude >= overflow) return sign | 0x7c00;
  if (magnitude >= leastNormal) return sign | toEven(magnitude - exponentShift, 13);
  const exponent = magnitude >>> 23;
  // Less than half of the least float16, 2^-24.
  if (exponent < 102) return sign;
  return sign | toEven((magnitude & 0x7fffff) | 0x800000, 126 - exponent);
}

/** `value` without its lowest bits, rounded to the nearest, ties to even. */
function toEven(value: number, lowest: number): number {
  const odd = (value >>> lowest) & 1;
  return (value + (1 << (lowest - 1)) - 1 + odd) >>> lowest;
}
