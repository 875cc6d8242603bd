import fc from 'fast-check';
import type { Embeddings } from '../../src/index.ts';

/** A few rows on a coarse grid, so that duplicates and ties abound. */
export const gridRows = fc.integer({ min: 1, max: 6 }).chain((dimensions) =>
  fc.array(fc.array(fc.integer({ min: -3, max: 3 }), { minLength: dimensions, maxLength: dimensions }), {
    minLength: 1,
    maxLength: 24,
  }),
);

/** The same, some rows of which have no vector. */
export const holedRows = gridRows.chain((rows) =>
  fc
    .array(fc.nat(rows.length - 1), { maxLength: 3 })
    .map((holes) => rows.map((row, place) => (holes.includes(place) ? row.map(() => NaN) : row))),
);

export function float32Of(rows: readonly (readonly number[])[]): Embeddings {
  return { matrix: Float32Array.from(rows.flat()), dimensions: rows[0]!.length };
}

/** Rows, and an order to put them into. */
export const orders = holedRows.chain((rows) =>
  fc.tuple(fc.constant(rows), fc.shuffledSubarray([...rows.keys()], { minLength: rows.length })),
);

export function hasVector(row: readonly number[]): boolean {
  return !row.includes(NaN);
}

/** By the definition; exact on the grid. */
export function squaredDistance(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) ** 2;
  return sum;
}
