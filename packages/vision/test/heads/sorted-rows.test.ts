import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { createPlainSortedRows } from '../../src/heads/plain-sorted-rows.ts';
import { createSortedRows } from '../../src/heads/sorted-rows.ts';

const score = fc.oneof(
  fc.float({ min: 0, max: 1, noNaN: true }),
  fc.constantFrom(0, -0, 1, NaN, Infinity, -Infinity, -0.25, 1.5, 0.5, 1e-45),
);
const rows = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constantFrom(80, 255, 256, 257)).chain((numClasses) =>
  fc.record({
    numClasses: fc.constant(numClasses),
    topK: fc.integer({ min: 1, max: numClasses }),
    // Of few rows, repeated, since WebAssembly takes 8,192 scores at a time.
    rows: fc.array(fc.array(score, { minLength: numClasses, maxLength: numClasses }), { minLength: 1, maxLength: 4 }),
    count: fc.constantFrom(0, 1, 5, 900),
  }),
);

/** By the language's own stable sort. */
function expected(row: readonly number[], topK: number): { score: number; id: number }[] {
  return row
    .map((value, c) => ({
      score: Number.isNaN(value) ? NaN : Math.min(Math.max(Math.fround(value), 0), 1),
      id: 100 - c,
    }))
    .sort((a, b) => Number(Number.isNaN(a.score)) - Number(Number.isNaN(b.score)) || b.score - a.score || 0)
    .slice(0, topK);
}

it.each([
  ['by WebAssembly', createSortedRows],
  ['in plain', createPlainSortedRows],
] as const)('sorted rows, %s, are each descending, with the ids of their labels', (_, createSorter) => {
  fc.assert(
    fc.property(rows, ({ numClasses, topK, rows, count }) => {
      const labels = Array.from({ length: numClasses }, (_, c) => ({ id: 100 - c, name: `class ${c}` }));
      const scores = new Float32Array(count * topK);
      const labelIds = new Int32Array(count * topK);
      const readRows = (first: number, many: number, out: Float32Array): void => {
        for (let row = 0; row < many; row++) out.set(rows[(first + row) % rows.length]!, row * numClasses);
      };
      createSorter(labels, topK)(readRows, scores, labelIds);
      const wanted = rows.map((row) => expected(row, topK));
      const differing = [...scores.keys()].filter((place) => {
        const { score, id } = wanted[Math.floor(place / topK) % rows.length]![place % topK]!;
        const isScore = scores[place] === score || (Number.isNaN(scores[place]) && Number.isNaN(score));
        return !isScore || labelIds[place] !== id;
      });
      expect(differing).toEqual([]);
    }),
    { numRuns: 40 },
  );
});
