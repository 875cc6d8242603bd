import type { Limits, Obstacle } from './limits.ts';

/** A row that was picked, and what is to be said about it. */
export interface Step {
  readonly row: number;
  /** Rows that would have come before it, since the pick before, and why they did not. */
  readonly passed: readonly PassedRow[];
  /** Why it was its turn, where rank alone does not say it. */
  readonly turn?: string;
  /** From the nearest labelled or picked row, where that decided. */
  readonly distance?: number;
}

export interface PassedRow {
  readonly row: number;
  readonly obstacle: Obstacle;
}

/** Takes each row that meets no obstacle, until the limits are reached. */
export function pickInOrder(rows: Iterable<number>, limits: Limits): Step[] {
  const steps: Step[] = [];
  if (limits.areReached()) return steps;
  let passed: PassedRow[] = [];
  for (const row of rows) {
    const obstacle = limits.obstacleOf(row);
    if (obstacle) {
      passed.push({ row, obstacle });
      continue;
    }
    limits.take(row);
    steps.push({ row, passed });
    passed = [];
    if (limits.areReached()) break;
  }
  return steps;
}
