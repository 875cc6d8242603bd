import type { PointOrder } from './point-order.ts';

export interface LabelledOptions {
  /** Numbers of the rows that have labels already: these are never chosen, and what lies near them
   * is covered.
   */
  readonly labelled?: ArrayLike<number>;
}

/** The points of labelled rows, each once, in ascending order. A labelled row without a vector has
 * none.
 * @throws RangeError that names the first number that is not a row.
 */
export function labelledPoints(where: string, { pointOf }: PointOrder, labelled: ArrayLike<number>): Uint32Array {
  const points = new Set<number>();
  for (let i = 0; i < labelled.length; i++) {
    const point = pointOf[labelled[i]!];
    if (point === undefined)
      throw new RangeError(`${where}: labelled row ${labelled[i]}; expected one of 0 to ${pointOf.length - 1}`);
    if (point >= 0) points.add(point);
  }
  return Uint32Array.from(points).sort();
}
