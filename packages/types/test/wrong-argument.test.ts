import { describe, expect, it } from 'vitest';
import { assertFunctions, assertOptions, assertText, hasFunctions, wrongArgument } from '../src/index.ts';

describe('wrongArgument', () => {
  it.each<[unknown, string]>([
    ['margin', '"margin"'],
    [undefined, 'undefined'],
    [null, 'null'],
    [7, '7'],
    [[1, 2], 'an array of 2'],
    [{}, 'an object of nothing'],
    [{ a: 1, b: 2, c: 3, d: 4, e: 5, f: 6 }, 'an object of a, b, c, d, e'],
    [Promise.resolve(1), 'a promise; await it'],
    [() => 1, 'the function without a name'],
    [Math.max, 'the function max'],
    ['x'.repeat(99), `"${'x'.repeat(56)}...`],
  ])('says of %o that it is %s', (value, said) => {
    const error = wrongArgument('score', 'its strategy', value, 'a function');
    expect(error).toBeInstanceOf(RangeError);
    expect(error.message).toBe(`score: its strategy is ${said}; wanted a function`);
  });
});

it('assertOptions takes objects and refuses arrays, promises, null, texts and nothing', () => {
  expect(() => {
    assertOptions('rank', {}, '{ limit: 5 }');
  }).not.toThrow();
  for (const value of [[], null, 'five', undefined, Promise.resolve({})])
    expect(() => {
      assertOptions('rank', value, '{ limit: 5 }');
    }).toThrow(/^rank: its options is .*; wanted an object, such as \{ limit: 5 \}$/);
});

it('assertText refuses what is empty or no text', () => {
  for (const value of ['', 5, null])
    expect(() => {
      assertText('rank', 'by', value);
    }).toThrow(RangeError);
});

it('hasFunctions and assertFunctions look for every name', () => {
  expect(hasFunctions(new Map(), 'get', 'set')).toBe(true);
  expect(hasFunctions(null, 'get')).toBe(false);
  expect(() => {
    assertFunctions('predict', 'its model', new Map(), ['get', 'run'], 'what loadModel gives');
  }).toThrow('predict: its model is an object of nothing; wanted what loadModel gives');
});
