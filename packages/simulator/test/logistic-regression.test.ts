import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { logisticRegression } from '../src/index.ts';
import { readData } from './data.ts';

interface Case {
  readonly name: string;
  readonly data: 'digits' | 'iris';
  readonly rows: readonly number[];
  readonly strength: number;
  readonly classes: readonly number[];
  readonly probabilities: readonly number[];
}

const fixture = new URL('../fixtures/logistic-regression/logistic-regression.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(fixture, 'utf8')) as { cases: Case[] };
const random = (): number => 0.5;

it.each(cases)(
  "logisticRegression() gives scikit-learn's probabilities: $name",
  async ({ data, rows, strength, ...wanted }) => {
    const { features, numFeatures, labels } = readData(data);
    const numClasses = data === 'digits' ? 10 : 3;
    const learnt = {
      features: Float64Array.from(
        rows.flatMap((row) => [...features.subarray(row * numFeatures, (row + 1) * numFeatures)]),
      ),
      labels: Int32Array.from(rows, (row) => labels[row]!),
      ...{ numFeatures, numClasses, random },
    };
    const classifier = await logisticRegression({ strength, tolerance: 1e-8, maxIterations: 5000 }).fit(learnt);
    const got = await classifier.predict(features.subarray(-5 * numFeatures), numFeatures);
    const expected = new Float64Array(5 * numClasses);
    wanted.probabilities.forEach((p, i) => {
      const width = wanted.classes.length;
      expected[Math.floor(i / width) * numClasses + wanted.classes[i % width]!] = p;
    });
    got.forEach((p, i) => expect(p).toBeCloseTo(expected[i]!, 4));
  },
);

it('logisticRegression() gives a lone class 1, and classes without a row 0', async () => {
  const rows = { features: Float64Array.of(1, 2), numFeatures: 1, labels: Int32Array.of(2, 2), numClasses: 4, random };
  const classifier = await logisticRegression().fit(rows);
  expect([...(await classifier.predict(Float64Array.of(9), 1))]).toEqual([0, 0, 1, 0]);
  expect(() => classifier.predict(Float64Array.of(9, 9), 2)).toThrow('rows have 2 features; expected 1, as in fit');
});

it.each([{ strength: 0 }, { tolerance: NaN }, { maxIterations: -1 }])('logisticRegression(%o) throws', (options) => {
  expect(() => logisticRegression(options)).toThrow(RangeError);
});
