import { assertFunctions, assertNumber } from '@qualm/types';
import type { ColumnTable } from 'arquero';

/** A strategy over all its seeds, and beside random. */
export interface Comparison {
  readonly strategy: string;
  readonly seeds: number;
  /** The mean accuracy over all rounds and seeds: the area under the learning curve, on a scale of
   * 0..1.
   */
  readonly meanAccuracy: number;
  /** Its mean difference to random's over the seeds that both have. */
  readonly difference: number;
  /** The standard error of that mean; NaN for one seed. */
  readonly standardError: number;
  /** In how many seeds it was above random. */
  readonly wins: number;
  /** Labels at which the mean curve reaches the target, straight between rounds; null where it
   * never does.
   */
  readonly labelsToTarget: number | null;
}

/** Each strategy of `simulate(...).curves` beside random, in their order.
 * @param target the accuracy that `labelsToTarget` is about.
 * @throws RangeError when the table has no rows of random.
 * @example compareWithRandom(curves, 0.9)[1]?.difference
 */
export function compareWithRandom(curves: ColumnTable, target: number): readonly Comparison[] {
  assertFunctions('compareWithRandom', 'its curves', curves, ['objects'], 'the curves of simulate, a table of Arquero');
  assertNumber('compareWithRandom', 'its target', target, 'an accuracy, such as 0.9');
  const runs = new Map<string, Map<number, Point[]>>();
  for (const row of curves.objects() as CurveRow[]) {
    const ofStrategy = runs.get(row.strategy) ?? new Map<number, Point[]>();
    runs.set(row.strategy, ofStrategy);
    ofStrategy.set(row.seed, [...(ofStrategy.get(row.seed) ?? []), row]);
  }
  const random = runs.get('random');
  if (!random) throw new RangeError('compareWithRandom: no rows of random; expected the curves of simulate');
  const byChance = meansOf(random);
  return [...runs].map(([strategy, ofStrategy]) => {
    const means = meansOf(ofStrategy);
    const differences = [...means].filter(([seed]) => byChance.has(seed)).map(([seed, a]) => a - byChance.get(seed)!);
    const difference = mean(differences);
    const squares = differences.reduce((sum, value) => sum + (value - difference) ** 2, 0);
    return {
      strategy,
      seeds: means.size,
      meanAccuracy: mean([...means.values()]),
      difference,
      standardError: Math.sqrt(squares / (differences.length - 1) / differences.length),
      wins: differences.filter((value) => value > 0).length,
      labelsToTarget: labelsTo(target, [...ofStrategy.values()]),
    };
  });
}

interface Point {
  readonly labels: number;
  readonly accuracy: number;
}

interface CurveRow extends Point {
  readonly strategy: string;
  readonly seed: number;
}

function meansOf(runs: ReadonlyMap<number, readonly Point[]>): Map<number, number> {
  return new Map([...runs].map(([seed, points]) => [seed, mean(points.map(({ accuracy }) => accuracy))]));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function labelsTo(target: number, runs: readonly (readonly Point[])[]): number | null {
  const length = Math.min(...runs.map((points) => points.length));
  const curve = Array.from({ length }, (_, round) => ({
    labels: runs[0]![round]!.labels,
    accuracy: mean(runs.map((points) => points[round]!.accuracy)),
  }));
  const reached = curve.findIndex(({ accuracy }) => accuracy >= target);
  if (reached <= 0) return reached < 0 ? null : curve[0]!.labels;
  const [before, after] = [curve[reached - 1]!, curve[reached]!];
  const part = (target - before.accuracy) / (after.accuracy - before.accuracy);
  return before.labels + part * (after.labels - before.labels);
}
