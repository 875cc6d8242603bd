import { QualmError } from '@qualm/types';
import { expect, it } from 'vitest';
import { unlessUnopened } from '../src/draw/unopened.ts';

const failing = (code: 'io' | 'image-missing' | 'image-invalid' | 'unsupported' | 'aborted') => (): Promise<string> =>
  Promise.reject(new QualmError(code, `${code}!`));

it('unlessUnopened(uri, drawing) is what was drawn', async () => {
  expect(await unlessUnopened('file:///a.jpg', () => Promise.resolve('drawn'))).toBe('drawn');
});

it.each([
  ['a file that is gone', 'file:///a.jpg', failing('image-missing'), 'image-missing!'],
  ['a folder', '/a.jpg', failing('image-invalid'), 'image-invalid!'],
  ['no permission', 'C:\\a.jpg', failing('io'), 'io!'],
  ['an address', 'http://example.org/a.jpg', failing('unsupported'), 'http://example.org/a.jpg is not on this machine'],
])('unlessUnopened(%s) is null, with the reason', async (_, uri, drawing, reason) => {
  const reasons: string[] = [];
  expect(await unlessUnopened(uri, drawing, (told) => void reasons.push(told))).toBeNull();
  expect(reasons).toEqual([reason]);
});

it('unlessUnopened throws what is no fault of the image: an abort, a font', async () => {
  await expect(unlessUnopened('/a.jpg', failing('aborted'))).rejects.toMatchObject({ code: 'aborted' });
  await expect(unlessUnopened('/a.jpg', failing('unsupported'))).rejects.toMatchObject({ code: 'unsupported' });
});
