/** Writes the gradient at `point` into `gradient` and gives the value there. */
export type Objective = (point: Float64Array, gradient: Float64Array) => number;

export interface MinimizeOptions {
  /** Done when no component of the gradient is greater. */
  readonly tolerance: number;
  readonly maxIterations: number;
}

interface Pair {
  /** How the point moved, and how the gradient did. */
  readonly moved: Float64Array;
  readonly turned: Float64Array;
  readonly scale: number;
}

const remembered = 10;
const sufficientDecrease = 1e-4;

/** The point where a smooth convex function is least, from `start` on: limited-memory BFGS of ten
 * pairs, with a step that is halved until the value falls enough.
 * @see Nocedal & Wright 2006, Numerical Optimization, algorithms 7.4, 7.5 and 3.1
 */
export function minimize(
  objective: Objective,
  start: Float64Array,
  { tolerance, maxIterations }: MinimizeOptions,
): { readonly point: Float64Array; readonly iterations: number; readonly converged: boolean } {
  let point = start.slice();
  let gradient = new Float64Array(point.length);
  let value = objective(point, gradient);
  let pairs: readonly Pair[] = [];
  for (let iterations = 0; ; iterations++) {
    if (largest(gradient) <= tolerance) return { point, iterations, converged: true };
    if (iterations === maxIterations) return { point, iterations, converged: false };
    const direction = descent(gradient, pairs);
    const slope = dot(direction, gradient);
    const next = new Float64Array(point.length);
    const nextGradient = new Float64Array(point.length);
    let step = pairs.length === 0 ? 1 / Math.max(1, Math.sqrt(-slope)) : 1;
    let nextValue = Infinity;
    for (; step > 1e-20; step /= 2) {
      for (let i = 0; i < next.length; i++) next[i] = point[i]! + step * direction[i]!;
      nextValue = objective(next, nextGradient);
      if (nextValue <= value + sufficientDecrease * step * slope) break;
    }
    if (!(nextValue < value)) return { point, iterations, converged: false };
    pairs = withPair(pairs, difference(next, point), difference(nextGradient, gradient));
    [point, gradient, value] = [next, nextGradient, nextValue];
  }
}

/** The two loops that multiply the gradient by the estimate of the inverse Hessian, with its sign
 * turned.
 */
function descent(gradient: Float64Array, pairs: readonly Pair[]): Float64Array {
  const direction = gradient.map((part) => -part);
  const weights = new Float64Array(pairs.length);
  for (let index = pairs.length - 1; index >= 0; index--) {
    const { moved, turned, scale } = pairs[index]!;
    weights[index] = scale * dot(moved, direction);
    addScaled(direction, turned, -weights[index]!);
  }
  const last = pairs.at(-1);
  if (last) {
    const shrink = 1 / (last.scale * dot(last.turned, last.turned));
    for (let i = 0; i < direction.length; i++) direction[i]! *= shrink;
  }
  pairs.forEach(({ moved, turned, scale }, index) => {
    addScaled(direction, moved, weights[index]! - scale * dot(turned, direction));
  });
  return direction;
}

function withPair(pairs: readonly Pair[], moved: Float64Array, turned: Float64Array): readonly Pair[] {
  const curvature = dot(moved, turned);
  if (!(curvature > 1e-12 * dot(turned, turned))) return pairs;
  return [...pairs.slice(1 - remembered), { moved, turned, scale: 1 / curvature }];
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function addScaled(target: Float64Array, source: Float64Array, factor: number): void {
  for (let i = 0; i < target.length; i++) target[i]! += factor * source[i]!;
}

function difference(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, index) => value - b[index]!);
}

function largest(values: Float64Array): number {
  let most = 0;
  for (let i = 0; i < values.length; i++) most = Math.max(most, Math.abs(values[i]!));
  return most;
}
