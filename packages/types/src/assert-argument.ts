import { wrongArgument } from './wrong-argument.ts';

/* For callers without types: each names the function, the argument, what came and what was
 * expected.
 */

/** @throws RangeError unless the value is an object; an array is none, nor is a promise. */
export function assertOptions(where: string, value: unknown, example: string, name = 'its options'): void {
  const isObject = typeof value === 'object' && value !== null;
  if (isObject && !Array.isArray(value) && !(value instanceof Promise)) return;
  throw wrongArgument(where, name, value, `an object, such as ${example}`);
}

/** @throws RangeError unless the value is a text that is not empty. */
export function assertText(where: string, name: string, value: unknown, wanted = 'a text'): asserts value is string {
  if (typeof value === 'string' && value !== '') return;
  throw wrongArgument(where, name, value, wanted);
}

/** @throws RangeError unless the value has all these functions. */
export function assertFunctions(
  where: string,
  name: string,
  value: unknown,
  functions: readonly string[],
  wanted: string,
): void {
  if (hasFunctions(value, ...functions)) return;
  throw wrongArgument(where, name, value, wanted);
}

/** Whether the value is an object or a function that has all these functions. */
export function hasFunctions(value: unknown, ...names: readonly string[]): boolean {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return false;
  return names.every((name) => typeof (value as Record<string, unknown>)[name] === 'function');
}

/** @throws RangeError unless the value is a text; the empty one is, too. */
export function assertString(where: string, name: string, value: unknown, wanted = 'a text'): asserts value is string {
  if (typeof value !== 'string') throw wrongArgument(where, name, value, wanted);
}

/** @throws RangeError unless the value is one of the texts. */
export function assertChoice(where: string, name: string, value: unknown, choices: readonly string[]): void {
  if (choices.includes(value as string)) return;
  throw wrongArgument(where, name, value, choices.map((choice) => `'${choice}'`).join(' or '));
}

/** @throws RangeError unless the value is a number; NaN is, too. */
export function assertNumber(where: string, name: string, value: unknown, wanted = 'a number'): void {
  if (typeof value !== 'number') throw wrongArgument(where, name, value, wanted);
}

/** @throws RangeError unless the value is a whole number from `least`. */
export function assertWhole(where: string, name: string, value: unknown, least: number): void {
  if (Number.isInteger(value) && (value as number) >= least) return;
  throw wrongArgument(where, name, value, `a whole number from ${least}`);
}

/** @throws RangeError unless the value is a function. */
export function assertFunction(where: string, name: string, value: unknown, wanted: string): void {
  if (typeof value !== 'function') throw wrongArgument(where, name, value, wanted);
}

/** @throws RangeError unless the value is an object; an array is one. */
export function assertObject(where: string, name: string, value: unknown, wanted: string): void {
  if (typeof value !== 'object' || value === null) throw wrongArgument(where, name, value, wanted);
}

/** @throws RangeError unless the value is an array. */
export function assertArray(where: string, name: string, value: unknown, wanted: string): void {
  if (!Array.isArray(value)) throw wrongArgument(where, name, value, wanted);
}

/** @throws RangeError unless the value is an object with a length, such as an array or a typed
 * array; text has a length too, and is none.
 */
export function assertNumbers(where: string, name: string, value: unknown, wanted = 'an array of numbers'): void {
  if (typeof value === 'object' && typeof (value as ArrayLike<number> | null)?.length === 'number') return;
  throw wrongArgument(where, name, value, wanted);
}

/** @throws RangeError unless the value is an array, a typed array, or a column of a table. */
export function assertColumn(where: string, name: string, value: unknown): void {
  if (!isColumn(value)) throw wrongArgument(where, name, value, 'an array, or a column of a table');
}

/** @throws RangeError unless the value can be gone over; text is not meant, of which each letter
 * would be an element.
 * @param kind whether what can be gone over with `for await` alone will do. */
export function assertIterable(
  where: string,
  name: string,
  value: unknown,
  wanted: string,
  kind: 'sync' | 'any' = 'sync',
): void {
  const isText = typeof value === 'string';
  if (!isText && (isIterable(value, 'iterator') || (kind === 'any' && isIterable(value, 'asyncIterator')))) return;
  throw wrongArgument(where, name, value, wanted);
}

/** Whether the value is an array, a typed array, or a column of a table. */
export function isColumn(value: unknown): boolean {
  return hasFunctions(value, 'at') && typeof (value as { length?: unknown }).length === 'number';
}

function isIterable(value: unknown, by: 'iterator' | 'asyncIterator'): boolean {
  return typeof (Object(value) as Record<symbol, unknown>)[Symbol[by]] === 'function';
}
