import { availableParallelism } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import type { Matrix } from '@qualm/strategies';
import { createThreadPool } from '@qualm/threads';
import { assertArray, assertFunction, assertOptions, assertWhole, QualmError } from '@qualm/types';
import type { Column, Strategy } from '@qualm/types';
import type { ColumnTable } from 'arquero';
import { assertGiven, assertOracle, assertPool } from './assert-arguments.ts';
import { curvesOf } from './curves-of.ts';
import { importableOf, importValue } from './importable.ts';
import type { ValueOrImport } from './importable.ts';
import type { Importable, Learner } from './learner.ts';
import { random } from './query-strategy.ts';
import type { QueryStrategy } from './query-strategy.ts';
import type { Experiment } from './run-rounds.ts';
import { simulateRun } from './simulate-run.ts';
import type { Run } from './simulate-run.ts';
import type { RunRequest, SimulationData } from './simulation-worker.ts';

/** Rows to replay, with the features that the learner learns from. */
export interface Pool {
  /** Row-major [n, numFeatures]. */
  readonly features: Matrix;
  readonly numFeatures: number;
}

/** The class of each row, from 0: a column, or what says it when asked, once for each row. */
export type Oracle = Column<number> | ((row: number) => number);

/** Options of `simulate`. */
export interface SimulateOptions {
  /** One run of each strategy for each of them: the split, the first labels and all chance come
   * from it.
   */
  readonly seeds: readonly number[];
  /** Labels at the start, drawn by chance. Default 10. */
  readonly initial?: number;
  /** Labels added in each round. Default 10. */
  readonly batchSize?: number;
  /** Labels at the end. Default initial + 30 batches, or all there are. */
  readonly budget?: number;
  /** Share of the rows that is kept aside to measure accuracy on. Default .3. */
  readonly testShare?: number;
  /** Worker threads: 0 runs all on the calling thread, as do parts that a thread can't import.
   * Default one for each core.
   */
  readonly threads?: number;
  /** Called after each run. */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
  readonly signal?: AbortSignal;
}

/** What came of a simulation. */
export interface Simulation {
  /** strategy, seed, round, labels, accuracy: a row for each round of each run, in the order of
   * strategies and seeds.
   */
  readonly curves: ColumnTable;
  /** Runs that a learner or a strategy ended early; their rounds are in `curves` as far as they
   * came.
   */
  readonly failures: readonly { readonly strategy: string; readonly seed: number; readonly error: string }[];
}

/** Learning curves of strategies on rows whose labels are known, always beside `random`. For a seed
 * all strategies have the same test rows and the same first labels. The same seeds give the same
 * curves, however many threads there are.
 * @throws RangeError for labels that are not classes, a budget below the initial labels, no seeds,
 * or two strategies of one name; QualmError `aborted` by the signal.
 * @example const { curves } = await simulate({ features, numFeatures: 64 }, labels, logisticRegression(), [margin], { seeds: [1, 2, 3] })
 */
export async function simulate(
  pool: Pool,
  oracle: Oracle,
  learner: ValueOrImport<Learner>,
  strategies: readonly ValueOrImport<Strategy | QueryStrategy>[],
  options: SimulateOptions,
): Promise<Simulation> {
  assertPool('simulate', pool);
  assertOracle('simulate', oracle);
  assertParts(learner, strategies);
  assertSimulateOptions(options);
  const { seeds, threads = availableParallelism(), onProgress, signal } = options;
  const experiment = experimentOf(pool, oracle, options);
  const all = [random, ...strategies.filter((strategy) => strategy !== random)];
  const tasks = all.flatMap((_, strategy) => seeds.map((seed) => ({ strategy, seed })));
  const portable = [learner, ...all].map(importableOf);
  const isPortable = portable.every((part) => part !== null);
  let done = 0;
  const report = (run: Run): Run => {
    onProgress?.({ done: ++done, total: tasks.length });
    return run;
  };
  const runs =
    threads > 0 && isPortable
      ? await runInThreads(experiment, portable as Importable[], tasks, threads, report, signal)
      : await runHere(experiment, learner, all, tasks, report, signal);
  return {
    curves: curvesOf(runs),
    failures: runs.flatMap(({ strategy, seed, error }) => (error === null ? [] : [{ strategy, seed, error }])),
  };
}

function assertParts(learner: unknown, strategies: unknown): void {
  assertGiven('simulate', 'its learner', learner, ['fit'], 'a learner, such as logisticRegression()');
  assertArray('simulate', 'its strategies', strategies, 'an array of strategies, such as [margin]');
  for (const strategy of strategies as unknown[])
    assertGiven('simulate', 'a strategy', strategy, ['score', 'select'], 'one such as margin of @qualm/strategies');
}

function assertSimulateOptions(options: SimulateOptions): void {
  assertOptions('simulate', options, '{ seeds: [1, 2, 3] }');
  const { seeds, threads = 0, onProgress } = options;
  assertArray('simulate', 'seeds', seeds, 'an array, such as [1, 2, 3]');
  assertWhole('simulate', 'threads', threads, 0);
  if (onProgress !== undefined)
    assertFunction('simulate', 'onProgress', onProgress, 'a function, such as ({ done }) => console.log(done)');
}

function experimentOf({ features, numFeatures }: Pool, oracle: Oracle, options: SimulateOptions): Experiment {
  const numRows = features.length / numFeatures;
  if (!Number.isInteger(numFeatures) || numFeatures < 1 || !Number.isInteger(numRows)) {
    throw new RangeError(
      `simulate: ${features.length} features are not whole rows of numFeatures ${String(numFeatures)}`,
    );
  }
  if (typeof oracle !== 'function' && oracle.length !== numRows) {
    throw new RangeError(`simulate: ${oracle.length} labels for ${numRows} rows; expected one for each`);
  }
  const labelOf = typeof oracle === 'function' ? oracle : (row: number): number => oracle.at(row)!;
  const labels = new Int32Array(new SharedArrayBuffer(4 * numRows));
  let numClasses = 0;
  for (let row = 0; row < numRows; row++) {
    const label = labelOf(row);
    if (!Number.isInteger(label) || label < 0) {
      throw new RangeError(`simulate: the label of row ${row} is ${label}; expected a whole number from 0`);
    }
    labels[row] = label;
    numClasses = Math.max(numClasses, label + 1);
  }
  const { seeds, initial = 10, batchSize = 10, testShare = 0.3 } = options;
  const poolSize = numRows - Math.round(numRows * testShare);
  const budget = Math.min(options.budget ?? initial + 30 * batchSize, poolSize);
  const isCount = (value: number): boolean => Number.isInteger(value) && value >= 1;
  if (!(testShare > 0 && testShare < 1))
    throw new RangeError(`simulate: testShare is ${testShare}; expected 0 < share < 1`);
  if (!isCount(initial) || !isCount(batchSize) || !(budget >= initial)) {
    throw new RangeError(
      `simulate: initial ${initial}, batchSize ${batchSize}, budget ${budget} of ${poolSize} rows; expected counts, and a budget from initial on`,
    );
  }
  if (seeds.length === 0) throw new RangeError('simulate: no seeds; expected at least one');
  return { features: shared(features), numFeatures, labels, numClasses, testShare, initial, batchSize, budget };
}

function shared(features: Matrix): Matrix {
  const memory = new SharedArrayBuffer(features.byteLength);
  const copy = features instanceof Float32Array ? new Float32Array(memory) : new Float64Array(memory);
  copy.set(features);
  // Views of shared memory are what all readers of a Matrix take, whatever the type of its buffer.
  return copy as Float32Array | Float64Array as Matrix;
}

type Report = (run: Run) => Run;

async function runInThreads(
  experiment: Experiment,
  [learner, ...strategies]: readonly Importable[],
  tasks: readonly RunRequest[],
  threads: number,
  report: Report,
  signal: AbortSignal | undefined,
): Promise<Run[]> {
  const data: SimulationData = { experiment, learner: learner!, strategies };
  const pool = await createThreadPool<RunRequest, Run>({
    entry: new URL('../dist/simulation-worker.js', import.meta.url),
    entryAdvice: 'run on the calling thread with { threads: 0 }',
    name: 'simulate',
    threads: Math.min(threads, tasks.length),
    workerData: () => data,
    signal,
  });
  try {
    const runs: Run[] = [];
    let next = 0;
    // As many at a time as there are threads, so that no more of them listen to the signal.
    const work = async (): Promise<void> => {
      for (let place = next++; place < tasks.length; place = next++) {
        runs[place] = report(await pool.run(tasks[place]!, { signal }));
      }
    };
    await Promise.all(Array.from({ length: threads }, work));
    return runs;
  } finally {
    await pool.dispose();
  }
}

async function runHere(
  experiment: Experiment,
  learner: ValueOrImport<Learner>,
  strategies: readonly ValueOrImport<Strategy | QueryStrategy>[],
  tasks: readonly RunRequest[],
  report: Report,
  signal: AbortSignal | undefined,
): Promise<Run[]> {
  const imported = await importValue(learner);
  const candidates = await Promise.all(strategies.map((strategy) => importValue(strategy)));
  const runs: Run[] = [];
  for (const { strategy, seed } of tasks) {
    await setImmediate();
    if (signal?.aborted) throw new QualmError('aborted', 'simulate: aborted by the signal', { cause: signal.reason });
    runs.push(report(await simulateRun(experiment, imported, candidates[strategy]!, seed)));
  }
  return runs;
}
