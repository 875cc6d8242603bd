import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as strategies from '../../src/index.ts';

const keys = [
  'bald',
  'consensusEntropy',
  'expectedEntropy',
  'meanKullbackLeibler',
  'maxKullbackLeibler',
  'predictiveVariance',
  'voteEntropy',
  'variationRatio',
] as const;
type Key = (typeof keys)[number];
type Case = { readonly name: string; readonly members: number[][] } & Readonly<Record<Key, number>>;

const fixture = new URL('../../fixtures/committee/committee.json', import.meta.url);
const { cases, sources } = JSON.parse(readFileSync(fixture, 'utf8')) as { cases: Case[]; sources: Record<Key, string> };

describe.each(keys)('%s(members)', (key) => {
  const strategy = strategies[key];
  it.each(cases)(`of $name is what ${sources[key]} gives`, (row) => {
    expect(strategy(row.members)).toBeCloseTo(row[key], 12);
    const numClasses = row.members[0]!.length;
    const matrices = row.members.map((scores) => Float64Array.from([...scores, ...scores]));
    const got = strategy.scoreRows(matrices, numClasses);
    expect(got[0]).toBeCloseTo(row[key], 12);
    expect(got[1]).toBe(got[0]);
    const singles = matrices.map((matrix) => Float32Array.from(matrix));
    expect(strategy.scoreRows(singles, numClasses)[0]).toBeCloseTo(row[key], 6);
  });
});

it('entropyOfVotes(votes, members, classes) is what modAL vote_entropy gives in its own test', () => {
  const votes = [0, 1, 0, 1, 1, 2, 0, 1, 2, 2, 2, 2, 1, 2, 2];
  const wanted = [0.6365141682948128, 0.6365141682948128, 1.0986122886681096, 0, 0.6365141682948128];
  const got = strategies.entropyOfVotes(votes, 3, 3);
  wanted.forEach((value, row) => {
    expect(got[row]).toBeCloseTo(value, 14);
  });
  expect(strategies.entropyOfVotes([0, 1], 2, 4, { normalized: true })[0]).toBeCloseTo(0.5, 14);
  expect(strategies.entropyOfVotes([0, 1], 2, 4, { base: 2 })[0]).toBeCloseTo(1, 14);
});
