import type { Strategy } from '@qualm/types';

/** The number that a strategy gives each row of scores that lie behind each other: row i is
 * `scores[offsets[i]]` to `scores[offsets[i + 1] - 1]`. Rows of one length are scored together
 * where the strategy has `scoreRows`, and the number of a row does not depend on its neighbours. A
 * row without scores is what the strategy says of no scores.
 * @param offsets [n + 1], not falling.
 * @returns float64 [n].
 * @throws RangeError where the strategy throws, or gives something else than a number.
 * @example scoreRows(margin, Float32Array.of(0.5, 0.25, 1), Uint32Array.of(0, 2, 3)) // Float64Array [0.25, 1]
 */
export function scoreRows(strategy: Strategy, scores: Float32Array | Float64Array, offsets: Uint32Array): Float64Array {
  const result = new Float64Array(offsets.length - 1);
  for (let from = 0; from < result.length;) {
    const to = endOfRun(offsets, from);
    const numClasses = offsets[from + 1]! - offsets[from]!;
    const matrix = scores.subarray(offsets[from]!, offsets[to]!);
    scoreMatrix(strategy, matrix, numClasses, result.subarray(from, to));
    from = to;
  }
  return result;
}

/** The first row from there on that has another length. */
function endOfRun(offsets: Uint32Array, from: number): number {
  const length = offsets[from + 1]! - offsets[from]!;
  let to = from + 1;
  while (to < offsets.length - 1 && offsets[to + 1]! - offsets[to]! === length) to++;
  return to;
}

function scoreMatrix(
  strategy: Strategy,
  matrix: Float32Array | Float64Array,
  numClasses: number,
  result: Float64Array,
): void {
  if (strategy.scoreRows && numClasses > 0) {
    result.set(strategy.scoreRows(matrix, numClasses));
    return;
  }
  for (let row = 0; row < result.length; row++) {
    result[row] = scoreOne(strategy, matrix.subarray(row * numClasses, (row + 1) * numClasses));
  }
}

function scoreOne(strategy: Strategy, scores: Float32Array | Float64Array): number {
  let value: unknown;
  try {
    value = strategy.score(scores);
  } catch (cause) {
    throw new RangeError(`${placeOf(strategy, scores)}: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  }
  if (typeof value === 'number') return value;
  const what = value instanceof Promise ? 'a promise' : typeof value;
  throw new RangeError(`${placeOf(strategy, scores)}: it gave ${what}; expected a number`);
}

function placeOf({ name }: Strategy, scores: Float32Array | Float64Array): string {
  const first = Array.from(scores.subarray(0, 5), (score) => Number(score.toPrecision(7)));
  return `strategy "${name}" of [${first.join(', ')}${scores.length > 5 ? `, ... ${scores.length} in all` : ''}]`;
}
