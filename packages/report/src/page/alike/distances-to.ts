import type { CellVectors } from './cell-vectors.ts';
import { squareWithin } from './cell-vectors.ts';

/** How far each cell is from the nearest of some cells; Infinity for one without a vector. */
export function distancesTo(vectors: CellVectors, others: readonly number[]): Float64Array {
  const { numbers, dimensions, step, has } = vectors;
  const squares = new Float64Array(numbers.length / dimensions).fill(Infinity);
  for (const other of others.filter(has))
    for (let index = 0; index < squares.length; index++)
      if (has(index)) {
        const square = squareWithin(numbers, dimensions, index, other, squares[index]!);
        if (square < squares[index]!) squares[index] = square;
      }
  return squares.map((square) => step * Math.sqrt(square));
}
