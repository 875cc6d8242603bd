import { assertNumbers } from '../assert-argument.ts';
import { wrongArgument } from '../wrong-argument.ts';

/** @throws RangeError unless the value is an object with a length; text has one too, and is not a
 * list.
 */
export function assertList(where: string, name: string, value: unknown): void {
  assertNumbers(where, name, value, 'an array');
}

/** @throws RangeError unless the value is a rank order. */
export function assertOrder(where: string, value: unknown): void {
  if (value === 'ascending' || value === 'descending') return;
  throw wrongArgument(where, 'order', value, "'ascending' or 'descending'");
}

/** @throws RangeError when there is not one of `values` for each row. */
export function assertOneForEach(
  where: string,
  name: string,
  values: { readonly length: number } | undefined,
  numRows: number,
): void {
  if (values && values.length !== numRows)
    throw new RangeError(`${where}: ${values.length} ${name} for ${numRows} rows; expected one for each`);
}
