import type { ReportVectors } from '@qualm/report';
import { squareWithin } from '../../packages/report/src/page/alike/cell-vectors.ts';
import type { CellVectors } from '../../packages/report/src/page/alike/cell-vectors.ts';

/** Of each twentieth vector: the share of its ten nearest that are among the ten nearest of the
 * short numbers, and the share whose nearest one is the nearest. */
export function recallOf(
  vectors: readonly Float32Array[],
  { numbers, dimensions }: ReportVectors,
): { readonly ten: number; readonly nearest: number } {
  let [found, same, asked] = [0, 0, 0];
  for (let own = 0; own < vectors.length; own += 20) {
    const exact = nearestTen(vectors.length, own, (other) => squareOf(vectors[own]!, vectors[other]!));
    const short = nearestTen(vectors.length, own, (other) => squareWithin(numbers, dimensions, own, other, Infinity));
    found += exact.filter((other) => short.includes(other)).length / 10;
    same += exact[0] === short[0] ? 1 : 0;
    asked++;
  }
  return { ten: round(found / asked), nearest: round(same / asked) };
}

/** Cells that are folded when all are held against all, and how many of them are not when they are
 * not. */
export function countMissed(
  packed: ReportVectors,
  far: number,
  groupsOf: (vectors: CellVectors) => Int32Array,
): { readonly folded: number; readonly missed: number } {
  const vectors = viewOf(packed);
  const { numbers, dimensions, step } = vectors;
  const firsts: number[] = [];
  const most = (far / step) ** 2;
  let folded = 0;
  for (let index = 0; index < numbers.length / dimensions; index++)
    if (firsts.some((first) => squareWithin(numbers, dimensions, index, first, most) <= most)) folded++;
    else firsts.push(index);
  const found = groupsOf(vectors).reduce((sum, first, index) => sum + (first === index ? 0 : 1), 0);
  return { folded, missed: folded - found };
}

/** As the page has them. */
function viewOf({ words, dimensions, numbers, step, near }: ReportVectors): CellVectors {
  return { words, dimensions, numbers, step, near, has: () => true, distance: () => NaN };
}

function nearestTen(count: number, own: number, squareTo: (other: number) => number): number[] {
  return Array.from({ length: count }, (_, other) => ({ other, square: other === own ? Infinity : squareTo(other) }))
    .sort((a, b) => a.square - b.square)
    .slice(0, 10)
    .map(({ other }) => other);
}

function squareOf(one: Float32Array, two: Float32Array): number {
  return one.reduce((sum, value, i) => sum + (value - two[i]!) ** 2, 0);
}

function round(share: number): number {
  return Math.round(1000 * share) / 1000;
}
