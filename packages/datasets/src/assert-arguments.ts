import { assertOptions, hasFunctions, wrongArgument } from '@qualm/types';

/** For callers without types. Each throws a RangeError that names the function, the argument, what came and what was expected. */
export function assertChoice(where: string, name: string, value: unknown, choices: readonly string[]): void {
  if (choices.includes(value as string)) return;
  throw wrongArgument(where, name, value, choices.map((choice) => `'${choice}'`).join(' or '));
}

export function assertArray(where: string, name: string, value: unknown, wanted: string): void {
  if (!Array.isArray(value)) throw wrongArgument(where, name, value, wanted);
}

export function assertFunction(where: string, name: string, value: unknown, wanted: string): void {
  if (typeof value !== 'function') throw wrongArgument(where, name, value, wanted);
}

/** Anything to go over, but text, of which each letter would be an element. */
export function assertIterable(where: string, name: string, value: unknown, wanted: string): void {
  const isText = typeof value === 'string';
  if (!isText && typeof (Object(value) as Partial<Iterable<unknown>>)[Symbol.iterator] === 'function') return;
  throw wrongArgument(where, name, value, wanted);
}

/** An array, a typed array, or a column of Arquero. */
export function assertColumn(where: string, name: string, value: unknown): void {
  if (hasFunctions(value, 'at') && typeof (value as { length?: unknown }).length === 'number') return;
  throw wrongArgument(where, `column "${name}"`, value, 'an array, or a column of a table');
}

export function assertColumns(where: string, value: unknown): void {
  assertOptions(where, value, "{ image_id: ['a'], margin: [0.1] }", 'its columns');
  for (const [name, column] of Object.entries(value as object)) assertColumn(where, name, column);
}
