import type { Column } from '@qualm/types';
import { assertList } from '@qualm/types/rows';

/** Predicted classes of the same rows in the same order, a column for each round, the oldest first.
 */
export type PredictionRounds = readonly Column<number>[];

/** @throws RangeError when a round has no rows, or another number of them than the first. */
export function assertSameRows(where: string, rounds: PredictionRounds): void {
  assertList(where, 'the list of rounds', rounds);
  for (const round of rounds) assertList(where, 'the predictions of a round', round);
  rounds.forEach(({ length }, round) => {
    if (length > 0 && length === rounds[0]!.length) return;
    throw new RangeError(
      `${where}: round ${round} has ${length} predictions, round 0 has ${rounds[0]!.length}; expected the same rows in each, at least one`,
    );
  });
}

/** What `measure` says of each of the last `window` changes from one round to the next, the oldest
 * first.
 */
export function lastChanges(
  rounds: PredictionRounds,
  window: number,
  measure: (before: Column<number>, after: Column<number>) => number,
): number[] {
  const recent = rounds.slice(-window - 1);
  return recent.slice(1).map((after, change) => measure(recent[change]!, after));
}
