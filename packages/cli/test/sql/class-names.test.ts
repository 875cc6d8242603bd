import { describe, expect, it } from 'vitest';
import { classNames } from '../../src/commands/sql/class-names.ts';

const pets = new Map([
  [1, 'cat'],
  [2, 'dog'],
]);
const traffic = new Map([
  [1, 'car'],
  [2, 'bus'],
]);

describe('classNames(seen, models)', () => {
  it.each<[string, Parameters<typeof classNames>, readonly (readonly [number, string])[]]>([
    ['what the result says', [[[3, 'cow']], []], [[3, 'cow']]],
    ['and what a model says that agrees', [[[1, 'cat']], [traffic, pets]], [...pets]],
    ['but not of a model that lacks a class', [[[3, 'cow']], [pets]], [[3, 'cow']]],
    ['nothing where the result has no names', [[], [pets]], []],
    [
      'nothing of a class with two names',
      [
        [
          [1, 'cat'],
          [1, 'car'],
          [3, 'cow'],
        ],
        [pets, traffic],
      ],
      [[3, 'cow']],
    ],
    [
      'nor of one that two models call differently',
      [[[1, 'cat']], [pets, new Map([...traffic, [1, 'cat']])]],
      [[1, 'cat']],
    ],
  ])('is %s', (_, parameters, names) => {
    expect([...classNames(...parameters)]).toEqual(names);
  });
});
