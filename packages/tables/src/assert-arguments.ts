import { assertFunctions, hasFunctions, wrongArgument } from '@qualm/types';

/** For callers without types. Each throws a RangeError that names the function, the argument, what
 * came and what is wanted.
 */
export function assertTable(where: string, value: unknown): void {
  const wanted = 'a table of Arquero, such as aq.table({ image: paths })';
  assertFunctions(where, 'its table', value, ['column', 'columnNames', 'indices'], wanted);
}

export function assertModel(where: string, value: unknown): void {
  assertFunctions(where, 'its model', value, ['run', 'dispose'], 'what loadModel gives: await loadModel(...)');
}

export function assertStrategy(where: string, value: unknown): void {
  if (typeof value === 'function' || hasFunctions(value, 'score')) return;
  const wanted = 'a strategy or a function of scores, such as margin of @qualm/strategies';
  throw wrongArgument(
    where,
    'its strategy',
    value,
    typeof value === 'string' ? `${wanted}: import { ${value} }` : wanted,
  );
}

/** A column by its name, or a strategy. */
export function assertBy(where: string, value: unknown): void {
  if (typeof value !== 'string') assertStrategy(`${where}: by`, value);
}

export function assertAggregation(where: string, value: unknown): void {
  if (hasFunctions(value, 'reduce') && !Array.isArray(value)) return;
  throw wrongArgument(where, 'how', value, 'an aggregation, such as leastSure or topKMean(3) of @qualm/strategies');
}
