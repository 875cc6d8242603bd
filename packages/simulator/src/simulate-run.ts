import type { Strategy } from '@qualm/types';
import type { Learner } from './learner.ts';
import { toQueryStrategy } from './query-strategy.ts';
import type { QueryStrategy } from './query-strategy.ts';
import { runRounds } from './run-rounds.ts';
import type { Experiment, Round } from './run-rounds.ts';

/** All rounds of one strategy with one seed, as far as they came. */
export interface Run {
  readonly strategy: string;
  readonly seed: number;
  readonly rounds: readonly Round[];
  /** Why the run ended early; null for one that did not. */
  readonly error: string | null;
}

/** One strategy replayed with one seed; what the learner or the strategy throws ends this run
 * alone.
 */
export async function simulateRun(
  experiment: Experiment,
  learner: Learner,
  strategy: Strategy | QueryStrategy,
  seed: number,
): Promise<Run> {
  const rounds: Round[] = [];
  const done = (error: string | null): Run => ({ strategy: strategy.name, seed, rounds, error });
  try {
    for await (const round of runRounds(experiment, learner, toQueryStrategy(strategy), seed)) rounds.push(round);
    return done(null);
  } catch (error) {
    return done(String(error));
  }
}
