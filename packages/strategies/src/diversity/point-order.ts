import type { TieOptions } from '@qualm/types/rows';

/** Which point is which row. */
export interface PointOrder {
  /** The row of each point. */
  readonly rowOf: Uint32Array;
  /** The point of each row, or -1. */
  readonly pointOf: Int32Array;
}

/** Sums of squares from here on may overflow in a distance: a row with such is no point. */
export const mostSquares: number = 2 ** 900;

/** Of these rows those that are points, in this order. */
export function pointsOf(rows: Uint32Array, isPoint: (row: number) => boolean): PointOrder {
  const rowOf = rows.filter(isPoint);
  const pointOf = new Int32Array(rows.length).fill(-1);
  rowOf.forEach((row, point) => {
    pointOf[row] = point;
  });
  return { rowOf, pointOf };
}

/** @throws RangeError when there are ids, but not one for each row. */
export function assertIds(where: string, ids: TieOptions['ids'], numRows: number): void {
  if (!ids || ids.length === numRows) return;
  throw new RangeError(`${where}: ${ids.length} ids for ${numRows} rows; expected one for each`);
}

/** The other points, in ascending order. */
export function pointsWithout(numPoints: number, some: Uint32Array): Uint32Array {
  const isSome = new Uint8Array(numPoints);
  for (const point of some) isSome[point] = 1;
  return Uint32Array.from({ length: numPoints }, (_, point) => point).filter((point) => isSome[point] === 0);
}
