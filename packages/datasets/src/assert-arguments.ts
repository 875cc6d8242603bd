import { assertColumn, assertOptions } from '@qualm/types';

/** For callers without types.   @throws RangeError that names the function, the argument, what came and what was expected. */
export function assertColumns(where: string, value: unknown): void {
  assertOptions(where, value, "{ image_id: ['a'], margin: [0.1] }", 'its columns');
  for (const [name, column] of Object.entries(value as object)) assertColumn(where, `column "${name}"`, column);
}
