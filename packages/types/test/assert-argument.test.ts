import { expect, it } from 'vitest';
import {
  assertArray,
  assertChoice,
  assertColumn,
  assertFunction,
  assertFunctions,
  assertIterable,
  assertNumber,
  assertNumbers,
  assertObject,
  assertOptions,
  assertString,
  assertText,
  assertWhole,
  hasFunctions,
  isColumn,
} from '../src/index.ts';

async function* slowly(): AsyncGenerator<number> {
  yield Promise.resolve(1);
}

const values: Readonly<Record<string, unknown>> = {
  undefined,
  null: null,
  text: 'text',
  'the empty text': '',
  'a whole number': 7,
  'a fraction': 0.5,
  NaN,
  'an array': [1],
  'a typed array': Float32Array.of(1),
  'a set': new Set([1]),
  'an async iterable': slowly(),
  'an object': {},
  'an object with a length': { length: 1 },
  'a function': () => 1,
};

it.each<[string, (value: unknown) => void, string[]]>([
  ['assertString', (value) => assertString('f', 'x', value), ['text', 'the empty text']],
  ['assertText', (value) => assertText('f', 'x', value), ['text']],
  ['assertChoice', (value) => assertChoice('f', 'x', value, ['text', 'other']), ['text']],
  ['assertNumber', (value) => assertNumber('f', 'x', value), ['a whole number', 'a fraction', 'NaN']],
  ['assertWhole', (value) => assertWhole('f', 'x', value, 7), ['a whole number']],
  ['assertWhole from 8', (value) => assertWhole('f', 'x', value, 8), []],
  ['assertFunction', (value) => assertFunction('f', 'x', value, 'a function'), ['a function']],
  [
    'assertObject',
    (value) => assertObject('f', 'x', value, 'an object'),
    ['an array', 'a typed array', 'a set', 'an async iterable', 'an object', 'an object with a length'],
  ],
  [
    'assertOptions',
    (value) => assertOptions('f', value, '{ limit: 5 }', 'x'),
    ['a typed array', 'a set', 'an async iterable', 'an object', 'an object with a length'],
  ],
  ['assertArray', (value) => assertArray('f', 'x', value, 'an array'), ['an array']],
  [
    'assertNumbers',
    (value) => assertNumbers('f', 'x', value),
    ['an array', 'a typed array', 'an object with a length'],
  ],
  ['assertColumn', (value) => assertColumn('f', 'x', value), ['an array', 'a typed array']],
  ['assertIterable', (value) => assertIterable('f', 'x', value, 'a list'), ['an array', 'a typed array', 'a set']],
  [
    'assertIterable of any kind',
    (value) => assertIterable('f', 'x', value, 'a list', 'any'),
    ['an array', 'a typed array', 'a set', 'an async iterable'],
  ],
])('%s takes what it names, and says what came otherwise', (_, assert, taken) => {
  const refused: string[] = [];
  for (const [name, value] of Object.entries(values)) {
    try {
      assert(value);
    } catch (error) {
      expect(error).toBeInstanceOf(RangeError);
      expect((error as RangeError).message).toMatch(/^f: x is .*; expected .+/);
      refused.push(name);
    }
  }
  expect(refused).toEqual(Object.keys(values).filter((name) => !taken.includes(name)));
});

it('messages name what is wanted', () => {
  expect(() => assertChoice('f', 'x', 'c', ['a', 'b'])).toThrow(`f: x is "c"; expected 'a' or 'b'`);
  expect(() => assertWhole('f', 'x', 0, 1)).toThrow('f: x is 0; expected a whole number from 1');
  expect(() => assertOptions('rank', [], '{ limit: 5 }')).toThrow(
    'rank: its options is an array of 0; expected an object, such as { limit: 5 }',
  );
  expect(() => assertOptions('rank', Promise.resolve({}), '{ limit: 5 }')).toThrow('a promise; await it');
});

it('hasFunctions and assertFunctions look for every name', () => {
  expect(hasFunctions(new Map(), 'get', 'set')).toBe(true);
  expect(hasFunctions(null, 'get')).toBe(false);
  expect(() => {
    assertFunctions('predict', 'its model', new Map(), ['get', 'run'], 'what loadModel gives');
  }).toThrow('predict: its model is an object of nothing; expected what loadModel gives');
});

it('isColumn(value) is true for arrays and what has length and at', () => {
  expect([[], Float32Array.of(1), { length: 0, at: () => null }].map(isColumn)).toEqual([true, true, true]);
  expect(['text', { at: () => null }, null].map(isColumn)).toEqual([false, false, false]);
});
