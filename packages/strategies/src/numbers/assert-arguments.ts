import { wrongArgument } from '@qualm/types';
import type { Strategy } from '@qualm/types';
import { assertList, assertOrder } from '@qualm/types/rows';

/** For callers without types, once for each call. Each throws a RangeError that names the
 * function, the argument, what came and what is wanted. */
export function assertStrategy(where: string, value: unknown): asserts value is Strategy {
  if (typeof (Object(value) as Partial<Strategy>).score === 'function') return;
  throw wrongArgument(where, 'the strategy', value, 'one such as margin, or what createStrategy makes');
}

export function assertColumn(where: string, value: unknown): void {
  const { order, values } = Object(value) as { order?: unknown; values?: unknown };
  if (!isObject(value))
    throw wrongArgument(where, 'the column', value, "{ name, order, values }, such as a strategy's scores");
  assertList(where, 'values of the column', values);
  assertOrder(where, order);
}

export function assertOptions(where: string, value: unknown, example: string, name = 'options'): void {
  if (isObject(value)) return;
  throw wrongArgument(where, name, value, `an object, such as ${example}`);
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
