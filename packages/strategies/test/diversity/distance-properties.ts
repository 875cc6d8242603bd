import fc from 'fast-check';
import { expect } from 'vitest';
import type { Distances } from '../../src/diversity/distances.ts';
import { createPlainDistances } from '../../src/diversity/plain-distances.ts';
import { createWasmDistances } from '../../src/diversity/wasm-distances.ts';
import { createRandom } from '../../src/index.ts';

const numRows = 30;

/** Rows of every size of number, near each other and far apart, with duplicates. */
function fill({ rows, stride }: Distances, dimensions: number, seed: number, scale: number): void {
  const random = createRandom(seed);
  for (let row = 0; row < numRows; row++) {
    const spread = scale * 10 ** Math.floor(-6 * random());
    for (let i = 0; i < dimensions; i++) {
      const near = row > 0 && random() < 0.9 ? rows[(row - 1) * stride + i]! : 0;
      rows[row * stride + i] = row % 7 === 3 ? near : near + spread * (random() - 0.5);
    }
  }
}

const dimensions = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.constantFrom(63, 64, 65, 128, 255, 256, 1000, 2048));
const scale = fc.constantFrom(1, 1, 1e-30, 1e-21, 1e-18, 1e17, 1e19, 3e37);

/** Distances in WebAssembly have the bits of the plain form, whatever the bound. */
export function expectSameDistances(Storage: Float32ArrayConstructor | Float64ArrayConstructor, numRuns: number): void {
  fc.assert(
    fc.property(fc.nat(), dimensions, scale, fc.boolean(), (seed, width, size, isBounded) => {
      const shape = { Storage, numRows, dimensions: width, numCentres: numRows };
      const both = [createPlainDistances(shape), createWasmDistances(shape)!] as const;
      for (const distances of both) {
        fill(distances, width, seed, size);
        distances.centres.set(Array.from({ length: numRows }, (_, row) => (row * 11) % numRows));
      }
      const [plain, wasm] = both;
      // Asked of the plain form, so that both have the same ones.
      const bounds = Array.from({ length: numRows }, (_, row) =>
        isBounded ? plain.nearest(row, row % 5, (row % 5) + 1, Infinity) : Infinity,
      );
      expect(answersOf(wasm, bounds)).toEqual(answersOf(plain, bounds));
    }),
    { numRuns },
  );
}

/** All that can be asked of distances, for each row and several stretches of centres. */
function answersOf(distances: Distances, bounds: readonly number[]): readonly number[] {
  const answers: number[] = [];
  bounds.forEach((bound, row) => {
    for (const [from, to] of [
      [0, numRows],
      [row, row + 1],
      [3, 9],
      [4, 4],
    ] as const) {
      distances.found[0] = 99;
      answers.push(distances.nearest(row, from, to, bound), distances.found[0]!);
      const count = distances.within(row, from, to, bound);
      answers.push(count, ...distances.found.subarray(0, count), ...distances.squares.subarray(0, count));
    }
  });
  return answers;
}
