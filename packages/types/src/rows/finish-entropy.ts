/** How an entropy is scaled. */
export interface EntropyOptions {
  /** Base of the logarithm; e when absent. Without effect when `normalized`. */
  readonly base?: number;
  /** Divide by the entropy of k equal classes, so 0..1. */
  readonly normalized?: boolean;
  /** Scale the scores to sum 1 before, as SciPy does. Default true; else the entropy is
   * `-sum p ln p` of what came.
   */
  readonly renormalize?: boolean;
  /** The entropy of a vector that is all zeros. Default NaN, as SciPy's; without renormalising it
   * is 0 anyhow.
   */
  readonly zero?: number;
}

/** What makes an entropy of the sum of p and the sum of p ln p over `numClasses` scores. */
export type FinishEntropy = (sum: number, sumOfLogs: number, numClasses: number) => number;

/** From the sum of p and the sum of p ln p, taken in one pass, to the entropy:
 * with s the sum, `-sum (p/s) ln(p/s)` is `ln s - (sum p ln p) / s`.
 * @throws RangeError when `base` is not a positive number other than 1.
 * @example finishEntropy({ normalized: true })(1, -Math.LN2, 2) // 1
 */
export function finishEntropy(options: EntropyOptions = {}): FinishEntropy {
  const { base = Math.E, normalized = false, renormalize = true, zero = NaN } = options;
  if (!(base > 0 && base !== 1 && base < Infinity)) {
    throw new RangeError(`createEntropy: base is ${base}; expected a positive number other than 1`);
  }
  const unit = base === Math.E ? 1 : Math.log(base);
  return (sum, sumOfLogs, numClasses) => {
    if (numClasses === 0) return NaN;
    if (sum === 0 && sumOfLogs === 0) return renormalize ? zero : 0;
    const nats = renormalize ? Math.log(sum) - sumOfLogs / sum : -sumOfLogs;
    const result = nats / (normalized ? Math.log(numClasses) : unit);
    // Rounding may leave a certain row just below 0, and -0 is not an entropy.
    return result < 0 && renormalize ? 0 : result + 0;
  };
}
