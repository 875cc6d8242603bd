import type { Column } from '@qualm/types';
import { confusionTable } from '../label-errors/confusion-table.ts';

/** How far two predictions, or two people, agree beyond chance: n classes each -> -1..1, 1 for the
 * same, 0 for what chance gives. (o - e) / (1 - e), with o the share of rows on which they agree,
 * and e what it would be if each dealt its classes out at random. Where both name one and the same
 * class only, which leaves nothing to chance, 1. No rows give NaN.
 * @throws RangeError when the lengths differ, or one of either is not a class from 0 to below
 * `numClasses`.
 * @see Cohen 1960, A coefficient of agreement for nominal scales;
 * `sklearn.metrics.cohen_kappa_score`
 * @example cohensKappa([0, 0, 1, 1], [0, 1, 1, 1], 2) // 0.5
 */
export function cohensKappa(first: Column<number>, second: Column<number>, numClasses: number): number {
  const { counts } = confusionTable(first, second, numClasses);
  const ofFirst = new Float64Array(numClasses);
  const ofSecond = new Float64Array(numClasses);
  let agreed = 0;
  counts.forEach((count, cell) => {
    const [a, b] = [Math.floor(cell / numClasses), cell % numClasses];
    ofFirst[a]! += count;
    ofSecond[b]! += count;
    if (a === b) agreed += count;
  });
  const rows = first.length;
  if (agreed === rows) return rows === 0 ? NaN : 1;
  const expected = ofFirst.reduce((sum, count, k) => sum + count * ofSecond[k]!, 0) / rows;
  return (agreed - expected) / (rows - expected);
}
