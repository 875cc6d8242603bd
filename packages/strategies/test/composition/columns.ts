import fc from 'fast-check';
import type { ScoredColumn } from '../../src/index.ts';

export function descending(values: ArrayLike<number>, name = 'doubt'): ScoredColumn {
  return { name, order: 'descending', values };
}

export function ascending(values: ArrayLike<number>, name = 'margin'): ScoredColumn {
  return { name, order: 'ascending', values };
}

/** Numbers of which some tie, and some are NaN or infinite. */
export const anyNumber = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: -4, max: 4 }) },
  fc.double(),
  fc.constantFrom(NaN, Infinity, -Infinity, 0, -0, 1e308, -1e308, 5e-324),
);

export const anyNumbers = fc.array(anyNumber, { maxLength: 20 });

/** What a function changes in place throws. */
export function frozen<T extends readonly unknown[]>(values: T): T {
  return Object.freeze(values);
}
