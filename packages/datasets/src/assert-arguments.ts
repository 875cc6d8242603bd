import { assertColumn, assertOptions, wrongArgument } from '@qualm/types';

/** What comes one by one. */
export function assertAsyncIterable(where: string, name: string, value: unknown, wanted: string): void {
  const found = Object(value) as Partial<AsyncIterable<unknown>>;
  if (typeof found[Symbol.asyncIterator] !== 'function') throw wrongArgument(where, name, value, wanted);
}

/** For callers without types. @throws RangeError that names the function, the argument, what came
 * and what was expected.
 */
export function assertColumns(where: string, value: unknown): void {
  assertOptions(where, value, "{ image_id: ['a'], margin: [0.1] }", 'its columns');
  for (const [name, column] of Object.entries(value as object)) assertColumn(where, `column "${name}"`, column);
}
