import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createTensor, fromFloat16, toFloat16, widenFloat16 } from '../src/index.ts';

const numpy = JSON.parse(readFileSync(new URL('../fixtures/float16/numpy.json', import.meta.url), 'utf8')) as {
  readonly step: number;
  readonly widened: string;
  readonly ties: string;
  readonly swept: string;
  readonly edges: readonly (readonly [number, number])[];
};
const all = Uint16Array.from({ length: 2 ** 16 }, (_, half) => half);

function sha256(data: Uint8Array | Uint16Array | Float32Array): string {
  return createHash('sha256').update(data).digest('hex');
}

/** The float32 before or after a positive one. */
function neighbour(numbers: Float32Array, step: number): Float32Array {
  const bits = new Uint32Array(numbers.slice().buffer);
  return new Float32Array(bits.map((value) => value + step).buffer);
}

describe('fromFloat16(halves)', () => {
  it('is what NumPy makes of every half', () => {
    expect(sha256(fromFloat16(all).filter((number) => !Number.isNaN(number)))).toBe(numpy.widened);
  });

  it('is NaN for NaN', () => {
    expect([...fromFloat16(Uint16Array.of(0x7e00, 0x7c01, 0xffff))]).toEqual([NaN, NaN, NaN]);
  });
});

describe('toFloat16(numbers)', () => {
  it.each(numpy.edges)('%d', (number, half) => {
    expect([...toFloat16([number])]).toEqual([half]);
  });

  it('gives every half back', () => {
    const numbers = fromFloat16(all);
    expect([...toFloat16(numbers)]).toEqual(
      [...all].map((half, at) => (Number.isNaN(numbers[at]) ? expect.any(Number) : half)),
    );
    expect(fromFloat16(toFloat16([NaN]))).toEqual(Float32Array.of(NaN));
  });

  it('rounds what lies halfway to even, and its neighbours to theirs, as NumPy does', () => {
    const positive = [...fromFloat16(all.subarray(0, 0x7c00))];
    const ties = Float32Array.from(positive.slice(1), (number, at) => (number + positive[at]!) / 2);
    const near = [ties, neighbour(ties, -1), neighbour(ties, 1)].flatMap((numbers) => [...numbers]);
    expect(sha256(toFloat16(near))).toBe(numpy.ties);
  });

  it('is what NumPy makes of one float32 in 65521', () => {
    const bits = Uint32Array.from({ length: Math.ceil(2 ** 32 / numpy.step) }, (_, at) => at * numpy.step);
    const numbers = new Float32Array(bits.buffer).filter((number) => !Number.isNaN(number));
    expect(sha256(toFloat16(numbers))).toBe(numpy.swept);
  });

  it.each<[string, () => unknown, string]>([
    ['toFloat16', () => toFloat16(5 as never), 'toFloat16: its numbers is 5; expected an array of numbers'],
    [
      'fromFloat16',
      () => fromFloat16([1] as never),
      'fromFloat16: its numbers is an array of 1; expected a Uint16Array',
    ],
  ])('%s refuses what is no array of its kind', (_, call, message) => {
    expect(call).toThrow(message);
  });
});

describe('widenFloat16(tensor)', () => {
  it('makes float32 of float16, and leaves all else as it is', () => {
    const tensor = createTensor('float16', [1, 2], Uint16Array.of(0x3c00, 0xc000));
    expect(widenFloat16(tensor)).toEqual(createTensor('float32', [1, 2], Float32Array.of(1, -2)));
    const other = createTensor('uint16', [2], Uint16Array.of(1, 2));
    expect(widenFloat16(other)).toBe(other);
  });
});
