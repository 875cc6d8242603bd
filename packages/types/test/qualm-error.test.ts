import { createContext, runInContext } from 'node:vm';
import { expect, expectTypeOf, it, vi } from 'vitest';
import { QualmError } from '../src/index.ts';
import type { QualmErrorCode } from '../src/index.ts';

it('a QualmError is an Error with a code, a message and its cause', () => {
  const cause = new Error('ENOENT');
  const error = new QualmError('image-missing', 'decode: "a.jpg" does not exist', { cause });
  expect(error).toBeInstanceOf(Error);
  expect(error).toMatchObject({ name: 'QualmError', code: 'image-missing', cause });
  expect(String(error)).toBe('QualmError: decode: "a.jpg" does not exist');
  expect(error.stack).toContain('qualm-error.test.ts');
  expectTypeOf(error.code).toEqualTypeOf<QualmErrorCode>();
});

it('QualmError.is(error, code) is true for that code alone', () => {
  const error: unknown = new QualmError('io', 'disk full');
  expect(QualmError.is(error)).toBe(true);
  expect(QualmError.is(error, 'io')).toBe(true);
  expect(QualmError.is(error, 'aborted')).toBe(false);
  if (QualmError.is(error)) expectTypeOf(error).toEqualTypeOf<QualmError>();
  // @ts-expect-error no such code
  expect(QualmError.is(error, 'typo')).toBe(false);
});

it.each([undefined, null, 'io', 1, new Error('io'), { code: 'io' }, Object.assign(new Error('io'), { code: 'io' })])(
  'QualmError.is(%s) is false for anything else',
  (value) => {
    expect(QualmError.is(value)).toBe(false);
  },
);

it('QualmError.is knows the errors of another copy of the package', async () => {
  vi.resetModules();
  const copy = await import('../src/index.ts');
  const error = new copy.QualmError('io', 'disk full');
  expect(copy.QualmError).not.toBe(QualmError);
  expect(error).not.toBeInstanceOf(QualmError);
  expect(QualmError.is(error, 'io')).toBe(true);
  expect(copy.QualmError.is(new QualmError('io', 'disk full'), 'io')).toBe(true);
});

it('QualmError.is knows the errors of another realm', () => {
  const source = `Object.defineProperty(new Error('disk full'), Symbol.for('qualm.error'), { value: true })`;
  const error: unknown = runInContext(source, createContext());
  expect(error).not.toBeInstanceOf(Error);
  expect(QualmError.is(error)).toBe(true);
});

it('what marks an error is not seen when it is printed or copied', () => {
  const error = new QualmError('io', 'disk full');
  expect(Object.getOwnPropertyNames(error).sort()).toEqual(['code', 'message', 'name', 'stack']);
  expect(JSON.parse(JSON.stringify(error))).toEqual({ name: 'QualmError', code: 'io' });
});
