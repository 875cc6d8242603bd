/** A number in so many digits as are kept; null for what is not one. */
export function finite(value: number | undefined, digits: number): number | null {
  return value === undefined || !Number.isFinite(value) ? null : Number(value.toPrecision(digits));
}
