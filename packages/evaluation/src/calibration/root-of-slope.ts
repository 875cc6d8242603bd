import type { ScaledLikelihood } from './scaled-likelihood.ts';

/** Where a convex function of one positive number is least between `low` and `high`, by the root of
 * its slope: Newton steps, and halving (of the logarithm) wherever such a step leaves the bracket
 * or is more than half of the last one. A function that is flat has its least value at 1.
 */
export function rootOfSlope(
  evaluate: (at: number) => Pick<ScaledLikelihood, 'slope' | 'curvature'>,
  low: number,
  high: number,
): { readonly root: number; readonly atBound: boolean; readonly iterations: number } {
  const [atLow, atHigh] = [evaluate(low).slope, evaluate(high).slope];
  let at = Math.min(Math.max(1, low), high);
  if (atLow === 0 && atHigh === 0) return { root: at, atBound: false, iterations: 2 };
  if (atHigh <= 0) return { root: high, atBound: true, iterations: 2 };
  if (atLow >= 0) return { root: low, atBound: true, iterations: 2 };
  let [from, to] = [low, high];
  let step = Infinity;
  for (let iterations = 3; ; iterations++) {
    const { slope, curvature } = evaluate(at);
    if (slope < 0) from = at;
    else to = at;
    const newton = at - slope / curvature;
    const isFound = Math.abs(newton - at) <= 1e-13 * at || to - from <= 1e-13 * at;
    if (isFound || iterations === 200) return { root: isFound ? newton : at, atBound: false, iterations };
    const isGood = newton > from && newton < to && Math.abs(newton - at) <= step / 2;
    const next = isGood ? newton : Math.sqrt(from * to);
    step = Math.abs(next - at);
    at = next;
  }
}
