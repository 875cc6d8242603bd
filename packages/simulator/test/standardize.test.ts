import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { standardize } from '../src/index.ts';

interface Fixture {
  readonly source: string;
  readonly numFeatures: number;
  readonly features: number[];
  readonly expected: number[];
}

const file = new URL('../fixtures/standardize/standardize.json', import.meta.url);
const { source, numFeatures, features, expected } = JSON.parse(readFileSync(file, 'utf8')) as Fixture;

it(`standardize(pool) gives what ${source} gives, a feature that never changes included`, () => {
  const pool = { features: Float64Array.from(features), numFeatures };
  const got = standardize(pool);
  expect(got.numFeatures).toBe(numFeatures);
  expected.forEach((value, i) => expect(got.features[i]).toBeCloseTo(value, 10));
  expect([...pool.features]).toEqual(features);
});

it('standardize(pool) refuses rows that are not whole', () => {
  expect(() => standardize({ features: new Float64Array(3), numFeatures: 2 })).toThrow(
    '3 features are not whole rows of numFeatures 2',
  );
});
