/** Least, median and most of what rounds measured, with four digits. */
export interface Spread {
  readonly least: number;
  readonly median: number;
  readonly most: number;
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const round = (value: number): number => Number(value.toPrecision(4));
  return { least: round(sorted[0]!), median: round(sorted[sorted.length >> 1]!), most: round(sorted.at(-1)!) };
}
