import { expect, it } from 'vitest';
import { lazyFields } from '../../src/predictions/lazy-fields.ts';

it('lazyFields(makers) makes a field when it is read, once, and again only where that failed', () => {
  const made: string[] = [];
  let isBroken = true;
  const fields = lazyFields<{ first: number; second: number }>({
    first() {
      made.push('first');
      return 1;
    },
    second() {
      made.push('second');
      if (isBroken) throw new RangeError('broken');
      return 2;
    },
  });
  expect([fields.first, fields.first, made]).toEqual([1, 1, ['first']]);
  expect(() => fields.second).toThrow('broken');
  isBroken = false;
  expect({ ...fields }).toEqual({ first: 1, second: 2 });
  expect(made).toEqual(['first', 'second', 'second']);
});
