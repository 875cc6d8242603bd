/** The exported functions of a module by name, classes left out.
 * @example describe.each(functionsOf(vision))('%s', (name, call) => ...)
 */
export function functionsOf(module: object): [name: string, call: (...args: never[]) => unknown][] {
  return Object.entries(module).filter(([, value]) => typeof value === 'function' && !isClass(value));
}

function isClass(value: object): boolean {
  return String(value).startsWith('class ');
}
