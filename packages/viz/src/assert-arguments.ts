import { hasFunctions, wrongArgument } from '@qualm/types';

/** For callers without types. Each throws a RangeError that names the function, the argument, what came and what was expected. */
export function assertArray(where: string, name: string, value: unknown, wanted: string): void {
  if (!Array.isArray(value)) throw wrongArgument(where, name, value, wanted);
}

export function assertFunction(where: string, name: string, value: unknown, wanted: string): void {
  if (typeof value !== 'function') throw wrongArgument(where, name, value, wanted);
}

/** Any number, NaN too. */
export function assertNumber(where: string, name: string, value: unknown, wanted = 'a number'): void {
  if (typeof value !== 'number') throw wrongArgument(where, name, value, wanted);
}

/** Any text, the empty one too. */
export function assertString(where: string, name: string, value: unknown, wanted = 'a text'): void {
  if (typeof value !== 'string') throw wrongArgument(where, name, value, wanted);
}

export function assertWhole(where: string, name: string, value: unknown, least: number): void {
  if (Number.isInteger(value) && (value as number) >= least) return;
  throw wrongArgument(where, name, value, `a whole number from ${least}`);
}

export function assertChoice(where: string, name: string, value: unknown, choices: readonly string[]): void {
  if (choices.includes(value as string)) return;
  throw wrongArgument(where, name, value, choices.map((choice) => `'${choice}'`).join(' or '));
}

/** An array or a typed array; text has a length too, and is none. */
export function assertNumbers(where: string, name: string, value: unknown, wanted = 'an array of numbers'): void {
  if (typeof value === 'object' && typeof (value as ArrayLike<number> | null)?.length === 'number') return;
  throw wrongArgument(where, name, value, wanted);
}

/** An array, a typed array, or a column of Arquero. */
export function assertColumn(where: string, name: string, value: unknown): void {
  if (hasFunctions(value, 'at') && typeof (value as { length?: unknown }).length === 'number') return;
  throw wrongArgument(where, name, value, 'an array, or a column of a table');
}

/** Anything to go over, but text, of which each letter would be an element. */
export function assertIterable(where: string, name: string, value: unknown, wanted: string): void {
  const found = Object(value) as Partial<Iterable<unknown> & AsyncIterable<unknown>>;
  const goes = typeof found[Symbol.iterator] === 'function' || typeof found[Symbol.asyncIterator] === 'function';
  if (!goes || typeof value === 'string') throw wrongArgument(where, name, value, wanted);
}

/** The words for axes. */
export function assertNames(where: string, value: unknown): void {
  assertArray(where, 'its names', value, "an array, such as ['cat', 'dog']");
  for (const name of value as unknown[]) assertString(where, 'one of its names', name, "a text, such as 'cat'");
}
