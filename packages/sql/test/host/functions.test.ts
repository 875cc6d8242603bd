import { createStrategy, margin } from '@qualm/strategies';
import { expect, test } from 'vitest';
import { createFunctions } from '../../src/host/functions.ts';

test('a strategy is asked for the scores of a chunk, a function for its values', () => {
  const functions = createFunctions();
  expect(functions.add('sure', margin)).toEqual({
    name: 'sure',
    ask: 'score',
    parameters: ['FLOAT[]'],
    returns: 'DOUBLE',
  });
  const scores = Float64Array.of(0.5, 0.25, 1, 0.75, 0.5);
  expect(functions.score({ name: 'sure', scores, offsets: Uint32Array.of(0, 2, 3, 5) })).toEqual(
    Float64Array.of(0.25, 1, 0.25),
  );
  const twice = { parameters: ['INTEGER'], returns: 'INTEGER', call: (x: number) => 2 * x };
  expect(functions.add('twice', twice)).toMatchObject({ ask: 'call' });
  expect(functions.call('twice', [[1, null, 3]])).toEqual([2, null, 6]);
});

test('an async function, and an async strategy, are refused', () => {
  const functions = createFunctions();
  const later = { parameters: ['INTEGER'], returns: 'INTEGER', call: async (x: number) => Promise.resolve(x) };
  expect(() => functions.add('later', later as never)).toThrow(/"later" is async; DuckDB does not wait for promises/);
  const score = (async () => Promise.resolve(1)) as never;
  expect(() => functions.add('later', { name: 'later', order: 'ascending', score })).toThrow(/"later" is async/);
});

test('the error of a function names it, and the values of the row', () => {
  const functions = createFunctions();
  const fails = (): never => {
    throw new Error('no luck');
  };
  functions.add('fails', { parameters: ['INTEGER', 'VARCHAR'], returns: 'INTEGER', call: fails });
  expect(() => functions.call('fails', [[1], ['a']])).toThrow('fails(1, "a"): no luck');
  functions.add('promises', { parameters: ['INTEGER'], returns: 'INTEGER', call: (() => Promise.resolve(1)) as never });
  expect(() => functions.call('promises', [[1]])).toThrow('promises(1): it returned a promise; expected a value');
  functions.add('spread', createStrategy('spread', 'ascending', fails));
  const request = { name: 'spread', scores: Float32Array.of(0.5, 0.25), offsets: Uint32Array.of(0, 2) };
  expect(() => functions.score(request)).toThrow('strategy "spread" of [0.5, 0.25]: no luck');
});
