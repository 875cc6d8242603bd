import { describe, expect, it } from 'vitest';
import { aggregationNamed, margin, strategyNamed, toStrategy } from '../../src/index.ts';
import { namesModule, parseAggregation, strategyNames } from '../../src/named/names.ts';

describe('strategyNamed(name)', () => {
  it('has a strategy for every name, and null for all else', () => {
    expect(strategyNames.map((name) => strategyNamed(name)?.score([0.75, 0.25]))).not.toContain(undefined);
    expect(strategyNamed('margin')).toBe(margin);
    expect(['doubt', 'toString', '', null].map((name) => strategyNamed(name as string))).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });
});

describe('aggregationNamed(text)', () => {
  it.each([
    ['least-sure', 'leastSure'],
    ['max', 'maximum'],
    ['sum', 'sum'],
    ['top-mean:3', 'top3Mean'],
    ['quantile:0.9', 'quantile0.9'],
  ])('%j is %s', (text, name) => expect(aggregationNamed(text)?.name).toBe(name));

  it.each(['', 'most', 'max:1', 'top-mean', 'top-mean:0', 'top-mean:1.5', 'quantile:2', 'top-mean:1:2'])(
    '%j is none',
    (text) => expect([aggregationNamed(text), parseAggregation(text)]).toEqual([null, null]),
  );
});

describe('toStrategy(value, place)', () => {
  const place = { where: '--strategy', text: './mine.js#doubt', name: 'doubt' };

  it('takes a function, which ranks large numbers first, and reads a lone s as [s, 1 - s]', () => {
    const { name, order, score } = toStrategy((scores: number[]) => scores.length, place);
    expect([name === '' ? place.name : name, order, score([0.5, 0.25, 0.25]), score([0.5])]).toEqual([
      'doubt',
      'descending',
      3,
      2,
    ]);
  });

  it('names what a strategy threw later', () => {
    const { score } = toStrategy((scores: number[]) => {
      if (scores[0] === 0) throw new Error('no zeros');
      return 1;
    }, place);
    expect(() => score([0, 1])).toThrow('score of ./mine.js#doubt threw Error: no zeros');
  });

  it.each([
    [7, 'is neither a function nor a { name, order, score }'],
    [{ order: 'up', score: () => 1 }, 'has the order "up"'],
    [() => 'one', 'gives "one" for the scores [0.75, 0.25]'],
    [() => () => 1, 'it may make a strategy instead of being one'],
    [() => JSON.parse('junk') as number, 'does not take the scores'],
  ])('refuses %s', (value, message) => {
    expect(() => toStrategy(value, place)).toThrow(expect.objectContaining({ code: 'options-invalid' }));
    expect(() => toStrategy(value, place)).toThrow(message);
  });
});

it.each([
  ['./mine.js', true],
  ['mine#score', true],
  ['/mine.js#score', true],
  ['C:\\mine.js', true],
  ['margin', false],
  ['entropy:max', false],
])('namesModule(%j) is %s', (text, is) => expect(namesModule(text)).toBe(is));
