import { assertOptions } from '@qualm/types';
import type { Column } from '@qualm/types';
import { entropyOf, finishEntropy } from '@qualm/types/rows';
import type { Matrix } from '@qualm/types/rows';
import { assertClassRows } from './assert-class-rows.ts';

/** Options of `mistakenness`. */
export interface MistakennessOptions {
  /** How sure the model is: its largest probability, or e to the power of minus its entropy.
   * Default probability.
   */
  readonly confidence?: 'probability' | 'entropy';
}

/** How likely each label is a mistake: row-major [n, numClasses] and n labels -> [n], 0..1, large
 * is suspect (`descending`): (1 + c) / 2 where the likeliest class (the first of equals) is
 * another than the label, and (1 - c) / 2 where it is the label, with c how sure the model is. So
 * a sure model that disagrees gives 1, one that agrees 0, and an unsure one about a half. Unlike
 * `labelQuality`, it looks at no other probability: 0.51 against 0.49 jumps across the half. NaN
 * in a row gives NaN.
 * @throws RangeError for a number outside 0..1, fewer than two classes, a label that is not a
 * class, or an unknown confidence.
 * @see `compute_mistakenness` of FiftyOne Brain: `probability` as without logits, `entropy` as
 * with `use_logits`
 * @example mistakenness(Float64Array.of(0.9, 0.1, 0.2, 0.8), [0, 0], 2) // Float64Array [0.05, 0.9]
 */
export function mistakenness(
  probabilities: Matrix,
  labels: Column<number>,
  numClasses: number,
  options: MistakennessOptions = {},
): Float64Array {
  assertOptions('mistakenness', options, "{ confidence: 'entropy' }", 'options');
  const { confidence = 'probability' } = options;
  if (!Object.hasOwn(confidences, confidence)) {
    throw new RangeError(`mistakenness: confidence is "${confidence}"; expected probability or entropy`);
  }
  const length = assertClassRows('mistakenness', probabilities, labels, numClasses, 'allowed');
  return Float64Array.from({ length }, (_, row) => {
    const p = probabilities.subarray(row * numClasses, (row + 1) * numClasses);
    const greatest = Math.max(...p);
    return mistakennessOf(confidences[confidence](p), p.indexOf(greatest) === labels.at(row));
  });
}

const inNats = /* @__PURE__ */ finishEntropy();

const confidences = {
  probability: (row: Matrix) => Math.max(...row),
  entropy: (row: Matrix) => Math.exp(-entropyOf(row, inNats)),
} as const;

/** From how sure a model is and whether it agrees with a label. */
export function mistakennessOf(confidence: number, agrees: boolean): number {
  return ((agrees ? -1 : 1) * confidence + 1) / 2;
}
