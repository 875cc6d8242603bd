/** The error of a call with a wrong argument: a RangeError that names the function, the argument,
 * what came and what was
 * expected. For callers without types. @example wrongArgument('score', 'its strategy', 'margin', 'a function').message // ...
 */
export function wrongArgument(where: string, name: string, value: unknown, wanted: string): RangeError {
  return new RangeError(`${where}: ${name} is ${brief(value)}; expected ${wanted}`);
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
