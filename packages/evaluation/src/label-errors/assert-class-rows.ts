import type { Column } from '@qualm/types';
import type { Matrix } from '@qualm/types/rows';
import { assertLabelled } from '../calibration/labelled-rows.ts';

/** The number of rows, once each is known to be probabilities of two classes at least, with a label
 * among them.
 * @throws RangeError that names the first row that is not; for NaN only where `nan` is `refused`.
 */
export function assertClassRows(
  where: string,
  probabilities: Matrix,
  labels: Column<number>,
  numClasses: number,
  nan: 'allowed' | 'refused',
): number {
  if (!(Number.isInteger(numClasses) && numClasses >= 2)) {
    throw new RangeError(
      `${where}: numClasses is ${numClasses}; expected a whole number of 2 or more: lay a lone confidence s out as [1 - s, s]`,
    );
  }
  const isValid = (p: number): boolean => (p >= 0 && p <= 1) || (nan === 'allowed' && Number.isNaN(p));
  return assertLabelled(where, probabilities, labels, numClasses, isValid);
}
