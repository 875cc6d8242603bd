import type { SchemaTree } from 'hyparquet';

/** Rows are objects, in which a name has one value and `__proto__` has none.
 * @throws RangeError for columns that would be lost in them.
 */
export function assertColumnNames({ children }: SchemaTree): void {
  const names = new Set<string>();
  for (const child of children) {
    const { name } = child.element;
    if (name === '__proto__') throw new RangeError('it has a column named "__proto__"; give it another name');
    if (names.has(name)) throw new RangeError(`it has two columns named "${name}"; give one another name`);
    names.add(name);
    assertColumnNames(child);
  }
}
