import type { ReportData } from '../../report-data.ts';
import { bytesOf, vectorsOf } from '../alike/cell-vectors.ts';
import type { CellVectors } from '../alike/cell-vectors.ts';

/** Where the cells are on the map. */
export interface MapPlaces {
  /** [cells], 0..1 from the left and the top; NaN of a cell without a place. */
  readonly xs: Float32Array;
  readonly ys: Float32Array;
  /** How they were found. */
  readonly words: string;
}

/** A little room around the points. */
const margin = 0.02;

const known = new WeakMap<ReportData, MapPlaces>();

/** The map of a report, which is read once: the one that it holds, or the first two numbers of its
 * vectors; null where it has none.
 */
export function placesOf(data: ReportData): MapPlaces | null {
  const vectors = vectorsOf(data);
  if (!vectors) return null;
  if (!known.has(data)) known.set(data, mapPlaces(data, vectors));
  return known.get(data)!;
}

function mapPlaces({ vectors: stored }: ReportData, vectors: CellVectors): MapPlaces {
  const { numbers, dimensions, has } = vectors;
  const count = numbers.length / dimensions;
  const numberAt = (index: number, axis: number): number =>
    axis < dimensions ? numbers[index * dimensions + axis]! : 0;
  const view = stored?.places === undefined ? null : new DataView(bytesOf(stored.places));
  const isMap = view?.byteLength === 4 * count;
  const placeAt = (index: number, axis: number): number =>
    isMap ? view.getUint16(4 * index + 2 * axis, true) : numberAt(index, axis);
  const along = (axis: number): Float32Array =>
    Float32Array.from({ length: count }, (_, index) => (has(index) ? placeAt(index, axis) : NaN));
  const [xs, ys] = [along(0), along(1)];
  // What spreads most fills the map; the other direction is to scale.
  const [acrossX, acrossY] = [spanOf(xs), spanOf(ys)];
  const scale = (1 - 2 * margin) / Math.max(1e-9, acrossX.length, acrossY.length);
  return {
    xs: xs.map((x) => 0.5 + (x - acrossX.middle) * scale),
    ys: ys.map((y) => 0.5 - (y - acrossY.middle) * scale),
    words: isMap ? (stored?.placedBy ?? '') : 'principal components',
  };
}

function spanOf(values: Float32Array): { readonly length: number; readonly middle: number } {
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return least > most ? { length: 0, middle: 0 } : { length: most - least, middle: (least + most) / 2 };
}
