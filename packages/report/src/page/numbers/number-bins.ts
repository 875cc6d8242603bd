import type { PageNumber } from './page-number.ts';

/** Stretches of a number, next to one another: bin i holds what is `edges[i]` or more, and less
 * than `edges[i + 1]`; the last one its end too.
 */
export interface NumberBins {
  /** [bins + 1], rising. */
  readonly edges: Float64Array;
  /** [cells]: the bin of each; `noBin` for a cell without a number. */
  readonly binOf: Uint8Array;
  /** The least and the largest number of all. */
  readonly least: number;
  readonly largest: number;
}

export const noBin = 255;
const most = 40;

/** Null where no cell has a number. */
export function numberBins(
  { isWhole, scale }: Pick<PageNumber, 'isWhole' | 'scale'>,
  values: Float64Array,
): NumberBins | null {
  const [least, largest] = rangeOf(values);
  if (least > largest) return null;
  const edges = isWhole ? wholeEdges(least, largest) : spreadEdges(values, { least, largest, scale });
  const binOf = new Uint8Array(values.length);
  values.forEach((value, index) => (binOf[index] = Number.isNaN(value) ? noBin : placeIn(edges, value)));
  return { edges, binOf, least, largest };
}

/** The bin of a number within the edges. */
function placeIn(edges: Float64Array, value: number): number {
  let [low, high] = [0, edges.length - 2];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (value >= edges[middle]!) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Halfway between whole numbers, so that each is wholly in a bin. */
function wholeEdges(least: number, largest: number): Float64Array {
  const width = Math.ceil((largest - least + 1) / most);
  const count = Math.ceil((largest - least + 1) / width);
  return Float64Array.from({ length: count + 1 }, (_, at) => least - 0.5 + at * width);
}

function spreadEdges(
  values: Float64Array,
  { least, largest, scale }: { readonly least: number; readonly largest: number; readonly scale: PageNumber['scale'] },
): Float64Array {
  // What is 0 has no logarithm, and is in the first bin.
  const positive = values.reduce((found, value) => (value > 0 && value < found ? value : found), Infinity);
  const isLog = scale === 'log' && positive < largest;
  const low = isLog ? positive : least;
  const [to, back] = isLog ? [Math.log, Math.exp] : [same, same];
  const [from, until] = [to(low), to(largest > low ? largest : low + 1)];
  const exact = Array.from({ length: most + 1 }, (_, at) => back(from + (at * (until - from)) / most));
  // Short ones are easier to read, and to have in an address.
  const short = exact.map((edge) => Number(edge.toPrecision(4)));
  const rising = risingOf(short).length === short.length ? short : risingOf(exact);
  return Float64Array.from(rising.length > 1 ? rising : [low, low + 1]);
}

/** Without those that are not above the one before: numbers may be next to one another. */
function risingOf(edges: readonly number[]): number[] {
  return edges.filter((edge, at) => at === 0 || edge > edges[at - 1]!);
}

const same = (value: number): number => value;

function rangeOf(values: Float64Array): [number, number] {
  let [least, largest] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < least) least = value;
    if (value > largest) largest = value;
  }
  return [least, largest];
}
