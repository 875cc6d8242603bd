import { expect, it } from 'vitest';
import { QualmError } from '@qualm/types';
import { misuses, place } from '../src/index.ts';

function half(value: number, options: { readonly digits?: number } = {}): string {
  if (typeof value !== 'number') throw new RangeError('half: its value is not a number');
  return (value / 2).toFixed(options.digits);
}

it('misuses names the places where a wrong value brings an error of the engine or none', async () => {
  const found = await misuses('half', half, [place(3, 'number', 'NaN'), place({}, 'undefined', 'object')]);
  expect(found).toContain("half(..., null): TypeError: Cannot read properties of null (reading 'digits')");
  expect(found).toContain('half(..., number): no error');
  expect(found.filter((line) => !line.startsWith('half(..., '))).toEqual([]);
});

it('misuses is empty for a function that refuses all but what is allowed', async () => {
  const refuse = (value: unknown): void => {
    if (value !== 7) throw new QualmError('unsupported', 'refuse: only 7');
  };
  expect(await misuses('refuse', refuse, [place(7, 'number')])).toEqual([]);
});

it('misuses takes what V8 says as a RangeError for no error of ours', async () => {
  const zeros = (length: number): Float32Array => {
    if (typeof length !== 'string') throw new RangeError('zeros: no number');
    return new Float32Array(Number(length) - 1);
  };
  expect(await misuses('zeros', zeros, [place(2)])).toEqual([
    'zeros(text): no error',
    'zeros(empty): RangeError: Invalid typed array length: -1',
  ]);
});

it('misuses asks a generator for its first row', async () => {
  async function* rows(path: string): AsyncGenerator<string> {
    yield await Promise.resolve(path.trim());
  }
  expect(await misuses('rows', rows, [place('a', 'text', 'empty')])).toContain(
    "rows(undefined): TypeError: Cannot read properties of undefined (reading 'trim')",
  );
});
