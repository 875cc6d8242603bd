import type { Slices } from '../slices.ts';
import type { CellVectors } from './cell-vectors.ts';

/** Cells up to which all are held against all. */
const fewCells = 4000;
/** Numbers of a vector that tell which pivots are near: the first ones, which differ most. */
const mostNumbers = 8;
/** Pivots near to a cell that are looked at. */
const mostProbes = 2;

/** Cells after which the work may rest. */
const atOnce = 128;

/** Some cells, and of each cell which of these are nearest to it. */
export interface NearestPivots {
  readonly numPivots: number;
  readonly probes: number;
  /** [cells, probes]: the nearest pivot first. */
  readonly places: Uint16Array;
}

/** Of each cell the nearest ones of as many pivots as the root of twice the cells; of few there is
 * one pivot, near to which all are.
 */
export function* nearestPivots({ numbers, dimensions, has }: CellVectors): Slices<NearestPivots> {
  const count = numbers.length / dimensions;
  if (count <= fewCells) return { numPivots: 1, probes: 1, places: new Uint16Array(count) };
  const used = Math.min(dimensions, mostNumbers);
  const numPivots = Math.round(Math.sqrt(mostProbes * count));
  const pivots = Array.from({ length: numPivots }, (_, pivot) => Math.floor((pivot * count) / numPivots));
  const places = new Uint16Array(count * mostProbes);
  const squares = new Float64Array(mostProbes);
  for (let from = 0; from < count; from += atOnce) {
    for (let index = from; index < Math.min(count, from + atOnce); index++) if (has(index)) find(index);
    yield;
  }
  return { numPivots, probes: mostProbes, places };

  function find(index: number): void {
    squares.fill(Infinity);
    for (let pivot = 0; pivot < numPivots; pivot++) {
      const square = firstSquare(index, pivots[pivot]!, squares[mostProbes - 1]!);
      if (square < squares[mostProbes - 1]!) insert(square, pivot, index * mostProbes);
    }
  }

  function firstSquare(a: number, b: number, most: number): number {
    let square = 0;
    const [first, second] = [a * dimensions, b * dimensions];
    for (let i = 0; i < used && square < most; i++) {
      const difference = numbers[first + i]! - numbers[second + i]!;
      square += difference * difference;
    }
    return square;
  }

  function insert(square: number, pivot: number, from: number): void {
    let at = mostProbes;
    while (at > 0 && square < squares[at - 1]!) at--;
    for (let later = mostProbes - 1; later > at; later--) {
      squares[later] = squares[later - 1]!;
      places[from + later] = places[from + later - 1]!;
    }
    if (at === mostProbes) return;
    squares[at] = square;
    places[from + at] = pivot;
  }
}
