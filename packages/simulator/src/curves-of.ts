import { table } from 'arquero';
import type { ColumnTable } from 'arquero';
import type { Run } from './simulate-run.ts';

/** The rounds of all runs as one table: strategy, seed, round, labels, accuracy. */
export function curvesOf(runs: readonly Run[]): ColumnTable {
  const rows = runs.flatMap(({ strategy, seed, rounds }) => rounds.map((round) => ({ strategy, seed, ...round })));
  return table({
    strategy: rows.map(({ strategy }) => strategy),
    seed: Float64Array.from(rows, ({ seed }) => seed),
    round: Uint32Array.from(rows, ({ round }) => round),
    labels: Uint32Array.from(rows, ({ labels }) => labels),
    accuracy: Float64Array.from(rows, ({ accuracy }) => accuracy),
  });
}
