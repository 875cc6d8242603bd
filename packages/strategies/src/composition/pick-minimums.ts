import { keyAt, type Key, type Keys } from './keys.ts';
import type { Limits } from './limits.ts';
import type { PassedRow, Step } from './pick-in-order.ts';
import type { Quotas } from './quotas.ts';

/** Takes rows, in order, of classes that have not got their minimum yet, until all have it, the
 * limits are reached or no row is left. */
export function pickMinimums(rows: Iterable<number>, classes: Keys, quotas: Quotas, limits: Limits): Step[] {
  const steps: Step[] = [];
  const taken = new Map<Key, number>();
  let missing = 0;
  for (const min of quotas.minimums.values()) missing += min;
  if (missing === 0 || limits.areReached()) return steps;
  let passed: PassedRow[] = [];
  for (const row of rows) {
    const key = keyAt(classes, row);
    const [min, before] = [quotas.minOf(key), taken.get(key) ?? 0];
    if (before >= min) continue;
    const obstacle = limits.obstacleOf(row);
    if (obstacle) {
      passed.push({ row, obstacle });
      continue;
    }
    limits.take(row);
    taken.set(key, before + 1);
    steps.push({ row, passed, turn: `for the minimum of class ${key} (${before + 1} of ${min})` });
    passed = [];
    missing--;
    if (missing === 0 || limits.areReached()) break;
  }
  return steps;
}
