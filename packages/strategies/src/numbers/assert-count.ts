/** @throws RangeError when `value` is not a whole number from `least`. */
export function assertCount(where: string, value: number, name = 'count', least = 0): void {
  if (Number.isInteger(value) && value >= least) return;
  throw new RangeError(`${where}: ${name} is ${value}; expected a whole number of ${least} or more`);
}
