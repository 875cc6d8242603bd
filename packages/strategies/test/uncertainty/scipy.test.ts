import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createEntropy, entropy, leastConfidence, margin, ratio, type ScoreFunction } from '../../src/index.ts';

interface Case {
  readonly name: string;
  readonly scores: number[];
  readonly leastConfidence: number;
  readonly margin: number;
  readonly ratio: number;
  readonly entropy: number;
  readonly bits: number;
  readonly normalized: number;
  readonly raw: number;
  readonly rawNormalized: number;
}

const fixture = new URL('../../fixtures/scipy/scipy.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(fixture, 'utf8')) as { cases: Case[] };

const strategies: Record<Exclude<keyof Case, 'name' | 'scores'>, ScoreFunction> = {
  leastConfidence,
  margin,
  ratio,
  entropy,
  bits: createEntropy({ base: 2 }),
  normalized: createEntropy({ normalized: true }),
  raw: createEntropy({ renormalize: false }),
  rawNormalized: createEntropy({ normalized: true, renormalize: false }),
};

describe.each(Object.entries(strategies))('%s(scores) is what SciPy or NumPy gives', (key, strategy) => {
  it.each(cases)('for $name', (row) => {
    const wanted = row[key as keyof typeof strategies];
    expect(strategy(row.scores)).toBeCloseTo(wanted, 12);
    expect(strategy.scoreRows!(Float64Array.from(row.scores), row.scores.length)[0]).toBeCloseTo(wanted, 12);
  });

  it('for the float32 rows of a matrix', () => {
    for (const { name, scores, ...row } of cases) {
      const single = Float32Array.from(scores);
      const precision = scores.every((score, i) => score === single[i]) ? 12 : 6;
      const [got] = strategy.scoreRows!(single, scores.length);
      expect(got, name).toBeCloseTo(row[key as keyof typeof strategies], precision);
    }
  });
});
