import type { ReportData } from '../../report-data.ts';

/** The vectors of the cells, as the page computes with them. */
export interface CellVectors {
  readonly words: string;
  readonly dimensions: number;
  /** [cells, dimensions] */
  readonly numbers: Int8Array;
  /** Distances of these numbers times this are those of the vectors. */
  readonly step: number;
  /** How far apart cells may be that are folded, where nobody says. */
  readonly near: number;
  /** Whether a cell has one. */
  has(index: number): boolean;
  /** How far apart two cells are; Infinity where one has no vector. */
  distance(a: number, b: number): number;
}

const known = new WeakMap<ReportData, CellVectors | null>();

/** The vectors of a report, which are read once; null where it has none. */
export function vectorsOf(data: ReportData): CellVectors | null {
  if (!known.has(data)) known.set(data, readVectors(data));
  return known.get(data)!;
}

function readVectors({ vectors, cells }: ReportData): CellVectors | null {
  if (!vectors) return null;
  const { words, dimensions, step, near } = vectors;
  const numbers = new Int8Array(bytesOf(vectors.numbers));
  if (numbers.length !== dimensions * cells.id.length) return null;
  const has = (index: number): boolean => numbers[index * dimensions] !== -128;
  return {
    ...{ words, dimensions, numbers, step, near, has },
    distance(a, b) {
      if (!has(a) || !has(b)) return Infinity;
      return step * Math.sqrt(squareWithin(numbers, dimensions, a, b, Infinity));
    },
  };
}

/** The square of the distance between the numbers of two cells; more than `most` as soon as that is
 * certain.
 */
export function squareWithin(numbers: Int8Array, dimensions: number, a: number, b: number, most: number): number {
  let square = 0;
  const [first, second] = [a * dimensions, b * dimensions];
  for (let i = 0; i < dimensions; i++) {
    const difference = numbers[first + i]! - numbers[second + i]!;
    square += difference * difference;
    // The first numbers are the ones that differ most.
    if (square > most) break;
  }
  return square;
}

/** The bytes of Base64, in a buffer of their own. */
export function bytesOf(base64: string): ArrayBuffer {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes.buffer;
}
