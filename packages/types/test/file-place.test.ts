import { expect, it } from 'vitest';
import { filePlace } from '../src/index.ts';

it.each([
  [new URL('file:///a%20b/worker.js'), new URL('file:///a%20b/worker.js')],
  ['file:///a%20b/worker.js', new URL('file:///a%20b/worker.js')],
  ['/a%20b/worker.js', '/a%20b/worker.js'],
  ['C:\\app\\worker.js', 'C:\\app\\worker.js'],
])('filePlace(%s) is what Node opens', (place, wanted) => {
  expect(filePlace('load', 'worker', place)).toEqual(wanted);
});

it.each([5, null, '', { href: 'file:///a.js' }, 'worker.js', './worker.js', 'file://[', 'https://a.org/w.js'])(
  'filePlace(%j) is refused by name',
  (place) => {
    expect(() => filePlace('load', 'worker', place as unknown as string)).toThrow(
      /^load: worker is .*; expected a URL or an absolute path$/,
    );
  },
);
