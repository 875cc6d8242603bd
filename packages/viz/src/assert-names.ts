import { assertArray, assertString } from '@qualm/types';

/** @throws RangeError unless these are the words for axes. */
export function assertNames(where: string, value: unknown): void {
  assertArray(where, 'its names', value, "an array, such as ['cat', 'dog']");
  for (const name of value as unknown[]) assertString(where, 'one of its names', name, "a text, such as 'cat'");
}
