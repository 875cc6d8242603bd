import { serveThread } from '@qualm/threads';
import { importValue } from './importable.ts';
import type { Importable, Learner } from './learner.ts';
import type { QueryStrategy } from './query-strategy.ts';
import type { Experiment } from './run-rounds.ts';
import { simulateRun } from './simulate-run.ts';

/** What each thread starts with. */
export interface SimulationData {
  readonly experiment: Experiment;
  readonly learner: Importable;
  readonly strategies: readonly Importable[];
}

/** One run, asked of a thread. */
export interface RunRequest {
  readonly strategy: number;
  readonly seed: number;
}

await serveThread(async ({ experiment, learner, strategies }: SimulationData) => {
  const imported = await importValue<Learner>(learner);
  const candidates = await Promise.all(strategies.map((strategy) => importValue<QueryStrategy>(strategy)));
  return {
    info: null,
    answer: async ({ strategy, seed }: RunRequest) => ({
      value: await simulateRun(experiment, imported, candidates[strategy]!, seed),
    }),
  };
});
