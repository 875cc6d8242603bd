import type { Column } from '@qualm/types';
import type { Matrix } from '@qualm/types/rows';
import { confidentThresholds } from './confident-thresholds.ts';

/** Rounding of a mean must not keep a row from reaching it. */
const tolerance = 1e-6;

/** The class that each row is confidently of, -1 for none: the one whose threshold it reaches,
 * and where it reaches several, its likeliest class (the first of equals). */
export function confidentClasses(probabilities: Matrix, labels: Column<number>, numClasses: number): Int32Array {
  const thresholds = confidentThresholds(probabilities, labels, numClasses);
  return Int32Array.from({ length: labels.length }, (_, row) => {
    let reached = 0;
    let only = -1;
    let likeliest = 0;
    for (let k = 0; k < numClasses; k++) {
      const p = probabilities[row * numClasses + k]!;
      if (p > probabilities[row * numClasses + likeliest]!) likeliest = k;
      if (p < thresholds[k]! - tolerance) continue;
      reached++;
      only = k;
    }
    return reached > 1 ? likeliest : only;
  });
}
