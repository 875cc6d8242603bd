import { assertOptions, hasFunctions, isColumn, wrongArgument } from '@qualm/types';

/** For callers without types. Each throws a RangeError that names the function, the argument, what
 * came and what was expected.
 */
export function assertPool(where: string, value: unknown): void {
  assertOptions(where, value, '{ features, numFeatures: 64 }', 'its pool');
  const { features } = value as { features?: unknown };
  if (features instanceof Float32Array || features instanceof Float64Array) return;
  throw wrongArgument(where, 'features', features, 'a Float32Array or a Float64Array');
}

/** A column, or a function of a row. */
export function assertOracle(where: string, value: unknown): void {
  if (isColumn(value) || typeof value === 'function') return;
  throw wrongArgument(where, 'its labels', value, 'an array or a function of the row');
}

/** The thing itself, by one of its functions, or where to import it. */
export function assertGiven(where: string, name: string, value: unknown, functions: string[], wanted: string): void {
  const { module, export: exported } = Object(value) as { module?: unknown; export?: unknown };
  if (typeof module === 'string' && typeof exported === 'string') return;
  if (functions.some((one) => hasFunctions(value, one))) return;
  throw wrongArgument(where, name, value, wanted);
}
