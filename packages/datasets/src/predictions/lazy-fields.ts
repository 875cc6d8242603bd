/** An object whose fields are made when they are first read, and kept.
 * @example lazyFields({ length: () => 3 }).length // 3
 */
export function lazyFields<T extends object>(makers: { readonly [Name in keyof T]: () => T[Name] }): T {
  const fields = {} as T;
  for (const name of Object.keys(makers) as (keyof T)[]) {
    Object.defineProperty(fields, name, {
      enumerable: true,
      configurable: true,
      get() {
        const value = makers[name]();
        Object.defineProperty(fields, name, { enumerable: true, value });
        return value;
      },
    });
  }
  return fields;
}
