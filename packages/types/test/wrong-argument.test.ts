import { describe, expect, it } from 'vitest';
import { wrongArgument } from '../src/index.ts';

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
    expect(error.message).toBe(`score: its strategy is ${said}; expected a function`);
  });
});
