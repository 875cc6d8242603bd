import type { WrongKind } from './wrong-values.ts';

/** One argument of a function. */
export interface Place {
  readonly right: unknown;
  /** Values of `wrongValues` that are allowed here. */
  readonly allowed: readonly WrongKind[];
}

/** An argument that is right, and which of the wrong values are allowed in its place.
 * @example place({ threshold: 0.5 }, 'undefined', 'object') // options
 */
export function place(right: unknown, ...allowed: readonly WrongKind[]): Place {
  return { right, allowed };
}
