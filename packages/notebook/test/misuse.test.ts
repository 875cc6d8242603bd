import { describe, expect, it } from 'vitest';
import { functionsOf, misuses, place } from '@qualm/misuse';
import type { Place } from '@qualm/misuse';
import * as browser from '../src/browser.ts';
import * as node from '../src/index.ts';

const notebook = { ...browser, ...node };
const anything = [
  'undefined',
  'null',
  'number',
  'NaN',
  'true',
  'text',
  'empty',
  'array',
  'object',
  'function',
] as const;
const value = place('words', ...anything, 'promise');
const options = place({}, 'undefined', 'object');

const calls: Readonly<Record<string, readonly Place[]>> = {
  show: [value, options],
  showElement: [value, options],
};

describe.each(functionsOf(notebook))('%s called with wrong things from JavaScript', (name, call) => {
  it('throws RangeError or QualmError, never what the engine says', async () => {
    expect(await misuses(name, call, calls[name]!)).toEqual([]);
  });
});

it.each<[object, string]>([
  [{ limit: '8' }, 'show: limit is "8"; expected a number from 0'],
  [{ columns: 'image' }, "show: columns is \"image\"; expected an array, such as ['image', 'margin']"],
])('show(value, %o) says what is wanted', (wrong, message) => {
  expect(() => node.show('words', wrong as never)).toThrow(message);
});
