import type { Size } from './geometry.ts';
import type { Ring } from './polygon-runs.ts';

/** The size itself, when it is one that runs can count. */
export function assertSize(size: Size): Size {
  const { width, height } = size;
  if (Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0 && width * height < 2 ** 31) {
    return size;
  }
  throw new RangeError(`Mask: size is ${width} x ${height}; wanted positive whole numbers, under 2^31 pixels in all`);
}

/** Runs as a Uint32Array, when they are whole numbers that add up to the picture. */
export function checkedRuns(counts: ArrayLike<number>, size: Size): Uint32Array {
  if (counts instanceof Uint32Array) return assertTotal(counts, size);
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i]!;
    if (!(Number.isInteger(count) && count >= 0 && count < 2 ** 31)) {
      throw new RangeError(`Mask: count ${i} of the RLE is ${count}; wanted a whole number from 0 on`);
    }
  }
  return assertTotal(Uint32Array.from(counts), size);
}

/** The runs themselves, when they add up to the picture. */
export function assertTotal(runs: Uint32Array, { width, height }: Size): Uint32Array {
  let sum = 0;
  for (let i = 0; i < runs.length; i++) sum += runs[i]!;
  if (sum === width * height) return runs;
  throw new RangeError(`Mask: RLE counts sum to ${sum}; wanted ${width} x ${height} = ${width * height}`);
}

/** Throws for a ring that is not pairs of finite numbers. */
export function assertRings(rings: readonly Ring[]): void {
  rings.forEach((ring, index) => {
    if (ring.length % 2 !== 0) {
      throw new RangeError(`Mask: ring ${index} has ${ring.length} numbers; wanted pairs x, y`);
    }
    const broken = ring.findIndex((value) => !Number.isFinite(value));
    if (broken >= 0) throw new RangeError(`Mask: ring ${index} holds ${ring[broken]}; wanted finite numbers`);
  });
}
