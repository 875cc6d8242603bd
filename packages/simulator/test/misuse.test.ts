import { describe, expect, it } from 'vitest';
import { functionsOf, misuses, place } from '@qualm/misuse';
import type { Place } from '@qualm/misuse';
import * as aq from 'arquero';
import { margin } from '@qualm/strategies';
import * as simulator from '../src/index.ts';

const features = Float64Array.from({ length: 20 }, (_, row) => row % 2);
const pool = place({ features, numFeatures: 1 });
const labels = place(Int32Array.from(features), 'function');
const options = place({}, 'undefined', 'object');
const run = place({ seeds: [1], threads: 0, initial: 2, batchSize: 4 });
const curves = aq.table({ strategy: ['random'], seed: [1], labels: [10], accuracy: [0.5] });

const calls: Readonly<Record<string, readonly Place[]>> = {
  compareWithRandom: [place(curves), place(0.5, 'number', 'NaN')],
  logisticRegression: [options],
  simulate: [pool, labels, place(simulator.logisticRegression()), place([margin], 'array'), run],
  standardize: [pool],
};

describe.each(functionsOf(simulator))('%s called with wrong things from JavaScript', (name, call) => {
  it('throws RangeError or QualmError, never what the engine says', async () => {
    expect(await misuses(name, call, calls[name]!)).toEqual([]);
  });
});

it.each<[string, () => unknown, string]>([
  [
    'simulate with the name of a strategy',
    () =>
      simulator.simulate(
        pool.right as never,
        labels.right as never,
        simulator.logisticRegression(),
        ['margin'] as never,
        run.right as never,
      ),
    'simulate: a strategy is "margin"; expected one such as margin of @qualm/strategies',
  ],
  [
    'simulate with a plain array of features',
    () =>
      simulator.simulate(
        { features: [1, 2], numFeatures: 1 } as never,
        labels.right as never,
        simulator.logisticRegression(),
        [],
        run.right as never,
      ),
    'simulate: features is an array of 2; expected a Float32Array or a Float64Array',
  ],
  [
    'logisticRegression with a text',
    () => simulator.logisticRegression({ strength: '1' as never }),
    'logisticRegression: strength is 1; expected a positive number',
  ],
])('%s says what is wanted', async (_, call, message) => {
  await expect(Promise.resolve().then(call)).rejects.toThrow(message);
});
