/** The error of a call with a wrong argument: a RangeError that names the function, the argument, what came and what was
 * expected. For callers without types. @example wrongArgument('score', 'its strategy', 'margin', 'a function').message // ... */
export function wrongArgument(where: string, name: string, value: unknown, wanted: string): RangeError {
  return new RangeError(`${where}: ${name} is ${brief(value)}; wanted ${wanted}`);
}

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

function brief(value: unknown): string {
  if (typeof value === 'function') return `the function ${value.name || 'without a name'}`;
  if (value instanceof Promise) return 'a promise; await it';
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === 'object' && value !== null)
    return `an object of ${Object.keys(value).slice(0, 5).join(', ') || 'nothing'}`;
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
