/** The accuracy of one strategy, with one seed, at so many labels. */
export interface CurvePoint {
  readonly strategy: string;
  readonly seed: number;
  readonly labels: number;
  /** 0..1. */
  readonly accuracy: number;
}

/** The mean curve of one strategy. */
export interface MeanCurve {
  readonly strategy: string;
  /** By number of labels; `error` is the standard error of the mean over the seeds that came so
   * far, 0 for one.
   */
  readonly points: readonly { readonly labels: number; readonly mean: number; readonly error: number }[];
}

/** The mean over seeds of each strategy, in the order in which strategies come.
 * @throws RangeError when there are no points, or one has no finite numbers.
 */
export function meanCurves(curves: Iterable<CurvePoint>): MeanCurve[] {
  const strategies = new Map<string, Map<number, number[]>>();
  for (const { strategy, seed, labels, accuracy } of curves) {
    if (!Number.isFinite(labels) || !Number.isFinite(accuracy)) {
      throw new RangeError(
        `learningCurves: ${strategy}, seed ${seed}: ${labels} labels, accuracy ${accuracy}; expected numbers`,
      );
    }
    const byLabels = strategies.get(strategy) ?? new Map<number, number[]>();
    strategies.set(strategy, byLabels);
    byLabels.set(labels, [...(byLabels.get(labels) ?? []), accuracy]);
  }
  if (strategies.size === 0)
    throw new RangeError('learningCurves: no curves; expected a row for each round of each run');
  return [...strategies].map(([strategy, byLabels]) => ({
    strategy,
    points: [...byLabels].sort(([a], [b]) => a - b).map(([labels, values]) => ({ labels, ...meanAndError(values) })),
  }));
}

function meanAndError(values: readonly number[]): { mean: number; error: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, error: values.length > 1 ? Math.sqrt(squares / (values.length - 1) / values.length) : 0 };
}
