import type { Strategy } from '@qualm/types';

/** For callers without types, once for each call. Each throws a RangeError that names the function, the argument, what came and
 * what is wanted. */
export function assertStrategy(where: string, value: unknown): asserts value is Strategy {
  if (typeof (Object(value) as Partial<Strategy>).score === 'function') return;
  throw wrongArgument(where, 'the strategy', value, 'one such as margin, or what createStrategy makes');
}

/** Rows of any kind that have a length; text has one too, and is none. */
export function assertList(where: string, name: string, value: unknown): void {
  if (isObject(value) && typeof (value as { length?: unknown }).length === 'number') return;
  throw wrongArgument(where, name, value, 'an array');
}

export function assertColumn(where: string, value: unknown): void {
  const { order, values } = Object(value) as { order?: unknown; values?: unknown };
  if (!isObject(value))
    throw wrongArgument(where, 'the column', value, "{ name, order, values }, such as a strategy's scores");
  assertList(where, 'values of the column', values);
  assertOrder(where, order);
}

export function assertOrder(where: string, value: unknown): void {
  if (value === 'ascending' || value === 'descending') return;
  throw wrongArgument(where, 'order', value, "'ascending' or 'descending'");
}

export function assertOptions(where: string, value: unknown, example: string, name = 'options'): void {
  if (isObject(value)) return;
  throw wrongArgument(where, name, value, `an object, such as ${example}`);
}

export function wrongArgument(where: string, name: string, value: unknown, wanted: string): RangeError {
  return new RangeError(`${where}: ${name} is ${brief(value)}; wanted ${wanted}`);
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

function brief(value: unknown): string {
  if (typeof value === 'function') return `the function ${value.name}`;
  if (typeof value !== 'object' || value === null) return typeof value === 'string' ? `"${value}"` : String(value);
  return Array.isArray(value) ? `an array of ${value.length}` : `{ ${Object.keys(value).slice(0, 5).join(', ')} }`;
}
