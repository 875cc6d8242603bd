import { margin } from '@qualm/strategies';
import { expect, it } from 'vitest';
import { logisticRegression, random, simulate } from '../src/index.ts';
import type { Learner, QueryStrategy } from '../src/index.ts';
import { readData } from './data.ts';

const { features, numFeatures, labels } = readData('iris');
const pool = { features, numFeatures };
const short = { seeds: [1, 2], initial: 5, batchSize: 5, budget: 20, threads: 0 };

it('simulate(...) has a row for each round of each run, random first', async () => {
  const { curves, failures } = await simulate(pool, labels, logisticRegression(), [margin], short);
  const rows = curves.objects() as {
    strategy: string;
    seed: number;
    round: number;
    labels: number;
    accuracy: number;
  }[];
  expect(failures).toEqual([]);
  expect(rows.map(({ strategy, seed, labels }) => `${strategy} ${seed} ${labels}`)).toEqual(
    ['random 1', 'random 2', 'margin 1', 'margin 2'].flatMap((run) => [5, 10, 15, 20].map((n) => `${run} ${n}`)),
  );
  for (const { accuracy } of rows) expect(accuracy).toBeGreaterThan(0.1);
});

it('simulate(...) starts all strategies of a seed alike, and gives the same curves again', async () => {
  const { curves } = await simulate(pool, labels, logisticRegression(), [margin], short);
  const accuracy = curves.array('accuracy') as ArrayLike<number>;
  expect(accuracy[0]).toBe(accuracy[8]);
  const again = await simulate(pool, (row) => labels[row]!, logisticRegression(), [margin], short);
  expect([...(again.curves.array('accuracy') as Float64Array)]).toEqual([...(accuracy as Float64Array)]);
});

it('simulate(...) gives the same curves in threads, and reports each run', async () => {
  const done: number[] = [];
  const here = await simulate(pool, labels, logisticRegression({ strength: 2 }), [margin], short);
  const inThreads = await simulate(pool, labels, logisticRegression({ strength: 2 }), [margin], {
    ...short,
    threads: 2,
    onProgress: ({ done: count, total }) => done.push(count / total),
  });
  expect(inThreads.curves.objects()).toEqual(here.curves.objects());
  expect(done).toEqual([0.25, 0.5, 0.75, 1]);
}, 30_000);

it('simulate(...) asks a query strategy for rows without a label, and gives it what it may look at', async () => {
  const counts: number[] = [];
  const last: QueryStrategy = {
    name: 'last',
    select: ({ unlabelled, labelled, probabilities, numClasses, count, features: all, seed }) => {
      expect(probabilities.length).toBe(unlabelled.length * numClasses);
      expect(all.length).toBe(features.length);
      expect(seed).toBeLessThan(1);
      expect(new Set([...labelled, ...unlabelled]).size).toBe(105);
      counts.push(count);
      return unlabelled.slice(-count);
    },
  };
  await simulate(pool, labels, logisticRegression(), [last], { ...short, seeds: [1], budget: 18 });
  expect(counts).toEqual([5, 5, 3]);
});

it('simulate(...) ends one run alone when its strategy or the learner fails', async () => {
  const twice: QueryStrategy = {
    name: 'twice',
    select: ({ unlabelled, count }) => new Uint32Array(count).fill(unlabelled[0]!),
  };
  const few: QueryStrategy = { name: 'few', select: () => [] };
  const { curves, failures } = await simulate(pool, labels, logisticRegression(), [twice, few], short);
  expect(curves.filter((row: { strategy: string }) => row.strategy === 'random').numRows()).toBe(8);
  expect(failures.map(({ strategy, seed }) => `${strategy} ${seed}`)).toEqual(['twice 1', 'twice 2', 'few 1', 'few 2']);
  expect(failures[0]!.error).toContain('which has a label or was picked before');
  expect(failures[2]!.error).toContain('picked 0 rows of 100; expected 5');
  const broken: Learner = { name: 'broken', fit: () => Promise.reject(new Error('no memory')) };
  const none = await simulate(pool, labels, broken, [random], short);
  expect([none.curves.numRows(), none.failures.length, none.failures[0]!.error]).toEqual([0, 2, 'Error: no memory']);
});

it('simulate(...) stops when its signal aborts', async () => {
  const controller = new AbortController();
  const run = simulate(pool, labels, logisticRegression(), [margin], {
    ...short,
    signal: controller.signal,
    onProgress: () => controller.abort(),
  });
  await expect(run).rejects.toMatchObject({ code: 'aborted' });
});

it.each([
  ['labels for', [0, 1], short],
  ['the label of row 0 is -1', () => -1, short],
  ['no seeds', labels, { ...short, seeds: [] }],
  ['testShare is 1', labels, { ...short, testShare: 1 }],
  ['a budget from initial on', labels, { ...short, budget: 4 }],
])('simulate(...) refuses: %s', async (message, oracle, options) => {
  await expect(simulate(pool, oracle, logisticRegression(), [], options)).rejects.toThrow(message);
});
