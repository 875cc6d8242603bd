import type { ScoredColumn } from './scored-column.ts';

/** One number for each column: those given, or 1 each.
 * @throws RangeError when there are not as many, or one is negative or not finite.
 */
export function coefficientsOf(
  where: string,
  name: string,
  columns: readonly ScoredColumn[],
  given: readonly number[] | undefined,
): readonly number[] {
  if (!given) return columns.map(() => 1);
  if (given.length !== columns.length)
    throw new RangeError(`${where}: ${given.length} ${name} for ${columns.length} columns; expected one for each`);
  given.forEach((value, place) => {
    if (value >= 0 && value < Infinity) return;
    throw new RangeError(
      `${where}: ${name}[${place}], of '${columns[place]!.name}', is ${value}; expected a number of 0 or more: turn the column instead, with orientColumn or rescale`,
    );
  });
  return given;
}

/** The name of a column within a longer one: in brackets where it is a combination itself. */
export function termOf(name: string): string {
  return name.includes(' ') ? `(${name})` : name;
}
